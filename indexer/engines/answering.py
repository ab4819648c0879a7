"""Answers a request from a snapshot: match, narrow, count, rank, and read what is shown."""

from msgspec import structs

from indexer.engine import Hit, SearchRequest, SearchResponse
from indexer.engines.evaluation import Matches, evaluate
from indexer.engines.facets import Narrowing
from indexer.engines.ranking import Ranked, rank_articles, rank_paragraphs
from indexer.engines.snapshot import Snapshot
from indexer.engines.timeline import timeline
from indexer.settings import SearchSettings


def answer(request: SearchRequest, snapshot: Snapshot, settings: SearchSettings) -> SearchResponse:
    """Answer a question the same way whatever keeps the index.

    Only the paragraphs that are shown are read from the store.
    """
    found = evaluate(request.query, snapshot, k1=settings.k1, b=settings.b)
    columns = snapshot.columns
    narrowing = Narrowing(found.documents, columns, request.filters)
    kept = Matches(found.documents[narrowing.kept], found.scores[narrowing.kept])
    if request.group == "article":
        articles, ranked = rank_articles(
            kept,
            columns,
            sort=request.sort,
            share=settings.paragraph_share,
            offset=request.offset,
            limit=request.limit,
        )
    else:
        articles, ranked = rank_paragraphs(
            kept, columns, sort=request.sort, offset=request.offset, limit=request.limit
        )
    return SearchResponse(
        total=len(kept.documents),
        total_articles=articles,
        hits=[_hit(snapshot, kept, result, request.more) for result in ranked],
        facets={name: narrowing.counts(name, request.facet_size) for name in request.facets},
        timeline=timeline(columns.date[kept.documents], request.timeline),
    )


def _hit(snapshot: Snapshot, matches: Matches, ranked: Ranked, more: int) -> Hit:
    hits = []
    for place in ranked.places[: more + 1]:
        document = snapshot.stored(int(matches.documents[place]))
        hits.append(
            Hit(
                article_id=document.article_id,
                number=document.number,
                score=float(matches.scores[place]),
                document=document,
            )
        )
    return structs.replace(hits[0], more=hits[1:], matching=len(ranked.places))
