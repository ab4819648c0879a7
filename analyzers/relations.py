"""Words that mean nearly the same, so that a search for ایران also finds ایرانی, ranked lower.

Related words keep their own terms: nothing is merged in the index, and a reader can switch them off. The
tables are ``data/nisba.tsv`` (a place or notion and its adjective), the ``related`` rows of
``data/spelling_variants.tsv`` (سرگئی, سرگی) and ``data/synonyms.tsv`` (برجام, برنامه جامع اقدام مشترک).
By rule a word is related to the noun or adjective that ی or گی makes of it, and a compound to its parts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import pairwise, permutations
from typing import NamedTuple

from analyzers.folding import fold
from analyzers.lexicon import Lexicon, zipf_hundredths
from analyzers.persian import PersianAnalyzer
from analyzers.tables import DATA, read_rows

# How near, chosen together with BM25's parameters by evaluation on known-item news search.
NISBA_WEIGHT = 0.35
SPELLING_WEIGHT = 0.8
SYNONYM_WEIGHT = 0.5
DERIVED_WEIGHT = 0.5
_LEAST_LETTERS = 3
_TOO_COMMON = 550  # Zipf frequency in hundredths: بین says nothing of what بین‌المللی means


class Related(NamedTuple):
    """Another way to say a thing: its terms in order, how near it is (0 to 1), and words a page can show."""

    terms: tuple[str, ...]
    weight: float
    label: str


class Relations:
    """Looks up what is related to a run of terms; build it once with the analyzer that made the index.

    What the tables relate to some terms is kept as text, a line each, as most is never asked for.
    """

    def __init__(self, analyzer: PersianAnalyzer) -> None:
        self._derivation = _Derivation(analyzer.lexicon)
        related = _Tables(analyzer).related
        self._related = {" ".join(terms): _lines(found.values()) for terms, found in related.items()}
        self.longest = max(map(len, related))

    def related(self, terms: Sequence[str]) -> list[Related]:
        """Return what is related to exactly these terms, nearest first; empty for most words.

        >>> from analyzers import load_analyzer
        >>> relations = Relations(load_analyzer())
        >>> [related.label for related in relations.related(["روسیه"])]
        ['فدراسیون روسیه', 'روسی', 'روس']
        """
        lines = self._related.get(" ".join(terms))
        found = {each.terms: each for each in map(_of_line, lines.split("\n") if lines else ())}
        if len(terms) == 1:
            for term in self._derivation.kin(terms[0]):
                found.setdefault((term,), Related((term,), DERIVED_WEIGHT, term))
        return sorted(found.values(), key=lambda related: -related.weight)

    def lists(self, term: str) -> bool:
        """Tell whether the reviewed tables hold a term by itself, so that it is a word."""
        return term in self._related


def _lines(found: Iterable[Related]) -> str:
    return "\n".join(f"{' '.join(each.terms)}\t{each.weight!r}\t{each.label}" for each in found)


def _of_line(line: str) -> Related:
    terms, weight, label = line.split("\t")
    return Related(tuple(terms.split(" ")), float(weight), label)


class _Tables:
    """What the tables relate, by terms."""

    def __init__(self, analyzer: PersianAnalyzer) -> None:
        self._terms = cache(partial(_terms, analyzer))
        self.related: dict[tuple[str, ...], dict[tuple[str, ...], Related]] = defaultdict(dict)
        for base, nisba in read_rows(DATA / "nisba.tsv", columns=2):
            self._relate(base, nisba, NISBA_WEIGHT)
            self._relate(nisba, base, NISBA_WEIGHT)
        self._relate_spellings()
        self._relate_synonyms()

    def _relate_spellings(self) -> None:
        spellings: dict[str, list[str]] = defaultdict(list)
        for canonical, variant, kind in read_rows(DATA / "spelling_variants.tsv", columns=3):
            if kind == "related":
                spellings[canonical].append(variant)
        for canonical, variants in spellings.items():
            for one, other in permutations([canonical, *variants], 2):
                self._relate(one, other, SPELLING_WEIGHT)

    def _relate_synonyms(self) -> None:
        groups: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for group, term, standing in read_rows(DATA / "synonyms.tsv", columns=3):
            groups[group].append((term, float(standing)))
        for members in groups.values():
            for (one, here), (other, there) in permutations(members, 2):
                self._relate(one, other, SYNONYM_WEIGHT * here * there)

    def _relate(self, one: str, other: str, weight: float) -> None:
        here, there = self._terms(one), self._terms(other)
        if here and there and here != there:
            known = self.related[here].get(there)
            if known is None or known.weight < weight:
                self.related[here][there] = Related(there, weight, other)


def _terms(analyzer: PersianAnalyzer, text: str) -> tuple[str, ...]:
    return tuple([token.term for token in analyzer.analyze(text)])


class _Derivation:
    """Regular word formation: ی and گی, and the parts of a compound."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._unrelated = {
            frozenset((fold(word), fold(made))) for word, made in read_rows(DATA / "unrelated.tsv", columns=2)
        }

    def kin(self, term: str) -> Iterator[str]:
        """Yield the lemmas that regular formation makes of ``term`` or ``term`` of them."""
        for other in self._candidates(term):
            if (
                len(other) >= _LEAST_LETTERS
                and self._is_lemma(other)
                and {term, other} not in self._unrelated
            ):
                yield other

    def _candidates(self, term: str) -> Iterator[str]:
        yield term + "ی"
        if term.endswith("ی"):
            yield term[:-1]
        if term.endswith("گی"):
            yield term[:-2] + "ه"
        if term.endswith("ه"):
            yield term[:-1] + "گی"
        for start, end in pairwise((0, *self._lexicon.compounds.get(term, ()), len(term))):
            part = term[start:end]
            if part != term and zipf_hundredths(self._lexicon.words.get(part, 0)) < _TOO_COMMON:
                yield part

    def _is_lemma(self, word: str) -> bool:
        return self._lexicon.lemma(word) == word and word not in self._lexicon.verbs
