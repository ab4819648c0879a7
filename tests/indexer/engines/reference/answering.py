"""Answers a request from a snapshot: match, narrow, count, rank everything, and read what is shown."""

from msgspec import structs

from indexer.engine import Hit, SearchRequest, SearchResponse
from indexer.settings import SearchSettings

from .evaluation import Matches, evaluate
from .evidence import Evidence
from .facets import Narrowing
from .ranking import Ranked, rank_articles, rank_paragraphs
from .snapshot import WhooshSnapshot
from .timeline import timeline


def rank(request: SearchRequest, snapshot: WhooshSnapshot, settings: SearchSettings) -> list[Ranked]:
    """Order everything that matches, as if there were one endless page."""
    kept = _kept(request, snapshot, settings)[0]
    if request.group == "paragraph":
        return rank_paragraphs(kept, snapshot.columns, sort=request.sort)
    evidence = Evidence(snapshot, settings).weigh(request.query) if request.sort == "relevance" else {}
    return rank_articles(kept, snapshot.columns, evidence, sort=request.sort, share=settings.paragraph_share)


def answer(request: SearchRequest, snapshot: WhooshSnapshot, settings: SearchSettings) -> SearchResponse:
    """Answer a question without any short cut."""
    kept, narrowing = _kept(request, snapshot, settings)
    ranked = rank(request, snapshot, settings) if request.limit else []
    columns = snapshot.columns
    return SearchResponse(
        total=len(kept.documents),
        total_articles=len(set(columns.article[kept.documents].tolist())),
        hits=[
            _hit(snapshot, result, request.more)
            for result in ranked[request.offset : request.offset + request.limit]
        ],
        facets={name: narrowing.counts(name, request.facet_size) for name in request.facets},
        timeline=timeline(columns.date[kept.documents], request.timeline),
    )


def _kept(
    request: SearchRequest, snapshot: WhooshSnapshot, settings: SearchSettings
) -> tuple[Matches, Narrowing]:
    found = evaluate(request.query, snapshot, k1=settings.k1, b=settings.b)
    narrowing = Narrowing(found.documents, snapshot.columns, request.filters)
    return Matches(found.documents[narrowing.kept], found.scores[narrowing.kept]), narrowing


def _hit(snapshot: WhooshSnapshot, ranked: Ranked, more: int) -> Hit:
    hits = []
    for number, score in zip(ranked.documents[: more + 1], ranked.scores, strict=False):
        document = snapshot.stored(number)
        hits.append(
            Hit(
                article_id=document.article_id,
                number=document.number,
                score=score,
                document=document,
            )
        )
    return structs.replace(hits[0], more=hits[1:], matching=len(ranked.documents))
