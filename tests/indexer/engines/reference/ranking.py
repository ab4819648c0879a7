"""Orders what matches, all of it: paragraphs under their article, articles by what they say or by date."""

import math
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from indexer.similarity import Groups

from .evaluation import Matches
from .snapshot import WhooshColumns

Sort = Literal["relevance", "newest", "oldest"]


class Ranked(NamedTuple):
    """One result: its paragraphs, the best first, with their scores, what it is ranked by, and its copies."""

    documents: Sequence[int]
    scores: Sequence[float]
    total: float
    day: int
    similar: Sequence["Ranked"] = ()


def rank_articles(
    matches: Matches, columns: WhooshColumns, evidence: Mapping[int, float], *, sort: Sort, share: float
) -> list[Ranked]:
    """Group matches under articles; one scores its evidence and a share of its best paragraph."""
    held: dict[int, list[tuple[float, int]]] = {}
    for document, score in zip(matches.documents.tolist(), matches.scores.tolist(), strict=True):
        held.setdefault(int(columns.article[document]), []).append((-score, document))
    ranked = []
    for article, own in held.items():
        scores, documents = zip(*sorted(own), strict=True)
        total = evidence.get(article, 0.0) - share * scores[0]
        day = int(columns.date[documents[0]])
        ranked.append(Ranked(documents, [-score for score in scores], total, day))
    return in_order(ranked, sort)


def folded(ranked: Sequence[Ranked], columns: WhooshColumns, groups: Groups) -> list[Ranked]:
    """Put what resembles a better one under it."""
    held: dict[int, list[Ranked]] = {}
    for result in ranked:
        held.setdefault(int(groups.first[columns.article[result.documents[0]]]), []).append(result)
    return [first._replace(similar=copies) for first, *copies in held.values()]


def rank_paragraphs(matches: Matches, columns: WhooshColumns, *, sort: Sort) -> list[Ranked]:
    """Order single paragraphs."""
    rows = zip(matches.documents.tolist(), matches.scores.tolist(), strict=True)
    return in_order([Ranked([n], [score], score, int(columns.date[n])) for n, score in rows], sort)


def in_order(ranked: list[Ranked], sort: Sort) -> list[Ranked]:
    """Ties go to the newer, then to what was indexed first; by date, undated ones come last."""
    scored = any(result.total for result in ranked)

    def key(result: Ranked) -> tuple[float, ...]:
        first = min(result.documents)
        if sort == "oldest":
            return (result.day or math.inf, -result.total, first)
        if sort == "newest" or not scored:
            return (-result.day, -result.total, first)
        return (-result.total, -result.day, first)

    return sorted(ranked, key=key)
