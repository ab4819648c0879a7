"""Answers a request from a state of the columnar index; the same answer as the shared arithmetic gives."""

from collections.abc import Sequence

from msgspec import structs

from indexer.engine import FACETS, Hit, SearchRequest, SearchResponse, StoredParagraph
from indexer.engines.evaluation import Matches
from indexer.engines.ranking import Ranked
from indexer.settings import SearchSettings

from .evaluation import find
from .evidence import article_scores
from .facets import Narrowing
from .ranking import top_articles, top_paragraphs
from .scoring import Bm25
from .snapshot import ColumnarSnapshot


def answer(
    request: SearchRequest,
    snapshot: ColumnarSnapshot,
    settings: SearchSettings,
    time_limit: float | None = None,
) -> SearchResponse:
    """Match, narrow, count, rank, and read what is shown."""
    scoring = Bm25(settings.k1, settings.b, frozenset(FACETS))
    found = find(request.query, snapshot, scoring, time_limit)
    columns = snapshot.columns
    used = {*request.facets, *request.filters.include, *request.filters.exclude}
    narrowing = Narrowing(
        found.mask, columns.date, {name: columns.facet_values(name) for name in used}, request.filters
    )
    documents = narrowing.documents
    kept = Matches(documents, found.scores[documents])
    offset, limit = request.offset, request.limit
    if request.group == "article":
        evidence = article_scores(request.query, snapshot, scoring) if request.sort == "relevance" else None
        share = settings.paragraph_share
        articles, ranked = top_articles(
            kept, columns, sort=request.sort, evidence=evidence, share=share, offset=offset, limit=limit
        )
    else:
        articles, ranked = top_paragraphs(kept, columns, sort=request.sort, offset=offset, limit=limit)
    return SearchResponse(
        total=len(documents),
        total_articles=articles,
        hits=_hits(snapshot, kept, ranked, request.more),
        facets={name: narrowing.counts(name, request.facet_size) for name in request.facets},
        timeline=columns.periods(request.timeline).counts(documents),
    )


def _hits(snapshot: ColumnarSnapshot, matches: Matches, ranked: Sequence[Ranked], more: int) -> list[Hit]:
    shown = [result.places[: more + 1].tolist() for result in ranked]
    documents = [int(matches.documents[place]) for places in shown for place in places]
    stored = dict(zip(documents, snapshot.stored_paragraphs(documents), strict=True))
    hits = []
    for result, places in zip(ranked, shown, strict=True):
        first, *others = [
            _hit(stored[int(matches.documents[place])], float(matches.scores[place])) for place in places
        ]
        hits.append(structs.replace(first, more=others, matching=len(result.places)))
    return hits


def _hit(document: StoredParagraph, score: float) -> Hit:
    return Hit(article_id=document.article_id, number=document.number, score=score, document=document)
