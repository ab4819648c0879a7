"""Words that mean nearly the same, so that a search for ایران also finds ایرانی, ranked lower and on request not at all.

Related words keep their own terms: nothing is merged in the index. The tables are ``data/nisba.tsv`` (a place or
notion and its adjective), the ``related`` rows of ``data/spelling_variants.tsv`` (سرگئی, سرگی) and
``data/synonyms.tsv`` (برجام, برنامه جامع اقدام مشترک).
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import permutations
from typing import NamedTuple

from analyzers.persian import PersianAnalyzer
from analyzers.tables import DATA, read_rows

NISBA_WEIGHT = 0.5
SPELLING_WEIGHT = 0.8
SYNONYM_WEIGHT = 0.6


class Related(NamedTuple):
    """Another way to say a thing: its terms in order, how near it is (0 to 1), and the words a page can show."""

    terms: tuple[str, ...]
    weight: float
    label: str


class Relations:
    """Looks up what is related to a run of terms; build it once with the analyzer that made the index."""

    def __init__(self, analyzer: PersianAnalyzer) -> None:
        self._analyzer = analyzer
        self._related: dict[tuple[str, ...], dict[tuple[str, ...], Related]] = defaultdict(dict)
        for base, nisba in read_rows(DATA / "nisba.tsv", columns=2):
            self._relate(base, nisba, NISBA_WEIGHT)
            self._relate(nisba, base, NISBA_WEIGHT)
        spellings: dict[str, list[str]] = defaultdict(list)
        for canonical, variant, kind in read_rows(DATA / "spelling_variants.tsv", columns=3):
            if kind == "related":
                spellings[canonical].append(variant)
        for canonical, variants in spellings.items():
            for one, other in permutations([canonical, *variants], 2):
                self._relate(one, other, SPELLING_WEIGHT)
        groups: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for group, term, weight in read_rows(DATA / "synonyms.tsv", columns=3):
            groups[group].append((term, float(weight)))
        for members in groups.values():
            for (one, standing), (other, weight) in permutations(members, 2):
                self._relate(one, other, SYNONYM_WEIGHT * standing * weight)
        self.longest = max(map(len, self._related))

    def related(self, terms: Sequence[str]) -> list[Related]:
        """Return what is related to exactly these terms, nearest first; empty for most words.

        >>> from analyzers import load_analyzer
        >>> relations = Relations(load_analyzer())
        >>> [related.label for related in relations.related(["روسیه"])]
        ['روسی', 'روس']
        """
        found = self._related.get(tuple(terms), {})
        return sorted(found.values(), key=lambda related: -related.weight)

    def _relate(self, one: str, other: str, weight: float) -> None:
        here, there = self._terms(one), self._terms(other)
        if here and there and here != there:
            known = self._related[here].get(there)
            if known is None or known.weight < weight:
                self._related[here][there] = Related(there, weight, other)

    def _terms(self, text: str) -> tuple[str, ...]:
        return tuple(token.term for token in self._analyzer.analyze(text))
