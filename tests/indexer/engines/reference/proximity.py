"""What nearness adds, the slow and obvious way: each paragraph by itself, each pair of neighbours in turn."""

import math
from collections.abc import Sequence
from itertools import pairwise

from indexer.settings import SearchSettings

from .ranking import Ranked, Sort, in_order
from .snapshot import WhooshSnapshot

WINDOW = 100
FARTHEST = 8


def raised(
    ranked: list[Ranked],
    words: Sequence[Sequence[str]],
    snapshot: WhooshSnapshot,
    settings: SearchSettings,
    *,
    sort: Sort,
    share: float,
) -> list[Ranked]:
    """Order the first results anew; ``share`` is what a result's best paragraph adds to it."""
    holding = {
        place: max(len(snapshot.postings("text", term).documents) for term in terms)
        for place, terms in enumerate(words)
        if terms
    }
    places = [place for place, count in holding.items() if count]
    if sort != "relevance" or len(places) < 2 or not settings.proximity_boost:
        return ranked
    live = len(snapshot.live)
    idf = {n: math.log1p((live - holding[n] + 0.5) / (holding[n] + 0.5)) for n in places}
    where = {place: [snapshot.positions("text", term) for term in words[place]] for place in places}

    def positions(place: int, document: int) -> list[int]:
        return [int(p) for each in where[place] for p in each.positions[each.documents == document]]

    def bonus(document: int) -> float:
        total = 0.0
        for one, other in pairwise(places):
            missed = [
                abs((there - here) - (other - one))
                for here in positions(one, document)
                for there in positions(other, document)
            ]
            if missed and min(missed) <= FARTHEST:
                total += min(idf[one], idf[other]) / (1 + min(missed))
        return total * settings.proximity_boost

    first = []
    for result in ranked[:WINDOW]:
        own = sorted(
            (-score - bonus(document), at, document)
            for at, (document, score) in enumerate(zip(result.documents, result.scores, strict=True))
        )
        total = result.total + share * (-own[0][0] - max(result.scores))
        documents, scores = [row[2] for row in own], [-row[0] for row in own]
        first.append(result._replace(documents=documents, scores=scores, total=total))
    return [*in_order(first, sort), *ranked[WINDOW:]]
