"""Answers a request from a snapshot: match, narrow, count, rank everything, and read what is shown."""

import numpy as np
from msgspec import structs

from indexer.engine import Hit, SearchRequest, SearchResponse
from indexer.settings import SearchSettings

from .evaluation import Matches, evaluate
from .evidence import Evidence
from .facets import Narrowing
from .proximity import raised
from .ranking import Ranked, folded, rank_articles, rank_paragraphs
from .snapshot import WhooshSnapshot
from .timeline import timeline


def rank(request: SearchRequest, snapshot: WhooshSnapshot, settings: SearchSettings) -> list[Ranked]:
    """Order everything that matches, as if there were one endless page."""
    kept = _kept(request, snapshot, settings)[0]
    sort, words = request.sort, request.words
    if request.group == "paragraph":
        ranked = rank_paragraphs(kept, snapshot.columns, sort=sort)
        return raised(ranked, words, snapshot, settings, sort=sort, share=1.0)
    share = settings.paragraph_share
    evidence = Evidence(snapshot, settings).weigh(request.query) if sort == "relevance" else {}
    ranked = rank_articles(kept, snapshot.columns, evidence, sort=sort, share=share)
    ranked = folded(ranked, snapshot.columns, snapshot.groups) if request.fold else ranked
    return raised(ranked, words, snapshot, settings, sort=sort, share=share)


def answer(request: SearchRequest, snapshot: WhooshSnapshot, settings: SearchSettings) -> SearchResponse:
    """Answer a question without any short cut."""
    kept, narrowing = _kept(request, snapshot, settings)
    ranked = rank(request, snapshot, settings) if request.limit else []
    columns = snapshot.columns
    articles = columns.article[kept.documents]
    return SearchResponse(
        total=len(kept.documents),
        total_articles=len(set(articles.tolist())),
        total_distinct=len(set(snapshot.groups.first[articles].tolist())),
        hits=[
            _hit(snapshot, result, request)
            for result in ranked[request.offset : request.offset + request.limit]
        ],
        facets={name: narrowing.counts(name, request.facet_size) for name in request.facets},
        timeline=timeline(columns.date[kept.documents], request.timeline),
    )


def _kept(
    request: SearchRequest, snapshot: WhooshSnapshot, settings: SearchSettings
) -> tuple[Matches, Narrowing]:
    found = evaluate(request.query, snapshot, k1=settings.k1, b=settings.b)
    if request.filters.similar_to:
        found = _among(found, _copies_of(request.filters.similar_to, snapshot), snapshot)
    narrowing = Narrowing(found.documents, snapshot.columns, request.filters)
    return Matches(found.documents[narrowing.kept], found.scores[narrowing.kept]), narrowing


def _copies_of(article_id: str, snapshot: WhooshSnapshot) -> list[int]:
    """An article and its copies; none when the index does not hold it."""
    documents = snapshot.postings("article_id", article_id).documents
    if not len(documents):
        return []
    return snapshot.groups.group(int(snapshot.columns.article[documents[0]])).tolist()


def _among(matches: Matches, articles: list[int], snapshot: WhooshSnapshot) -> Matches:
    kept = np.isin(snapshot.columns.article[matches.documents], articles)
    return Matches(matches.documents[kept], matches.scores[kept])


def _hit(snapshot: WhooshSnapshot, ranked: Ranked, request: SearchRequest) -> Hit:
    shown = zip(ranked.documents[: request.more + 1], ranked.scores, strict=False)
    first, *more = [_shown(snapshot, number, score) for number, score in shown]
    copies = ranked.similar[: request.similar]
    return structs.replace(
        first,
        more=more,
        matching=len(ranked.documents),
        similar=[_shown(snapshot, copy.documents[0], copy.scores[0]) for copy in copies],
        copies=len(ranked.similar),
    )


def _shown(snapshot: WhooshSnapshot, number: int, score: float) -> Hit:
    document = snapshot.stored(number)
    return Hit(article_id=document.article_id, number=document.number, score=score, document=document)
