"""Turns a query tree into matching paragraphs and scores, with whole posting arrays instead of one at a time.

The tree is made of plain ``whoosh.query`` objects; :data:`_EVALUATORS` lists the classes that are known.
Facet terms, dates and ``Every`` narrow and score 0; words score BM25 (Robertson and Zaragoza 2009, with
Lucene's idf, which stays above 0); a phrase is scored as one term whose idf is the sum of its words'.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.query.compound import And, AndMaybe, AndNot, Or
from whoosh.query.positional import Phrase
from whoosh.query.positional import Sequence as TermSequence
from whoosh.query.qcore import Every, Query, _NullQuery
from whoosh.query.ranges import DateRange
from whoosh.query.terms import Prefix, Term
from whoosh.query.wrappers import Not

from indexer.engine import FACETS

from .snapshot import Documents, Positions, Scores, WhooshSnapshot

Keys = NDArray[np.int64]

# An occurrence's key is its document number above and its position below this many bits, so that one sorted
# array holds the occurrences of a whole index and neighbours in it are neighbours in the text.
_POSITION_BITS = 24


class Matches(NamedTuple):
    """The paragraphs that match, ascending, each with its score."""

    documents: Documents
    scores: Scores


class UnknownQueryError(TypeError):
    """A query tree holds a class that no engine is asked to know: a defect of whoever built the tree."""


def evaluate(query: Query, snapshot: WhooshSnapshot, *, k1: float, b: float) -> Matches:
    """Find and score every matching paragraph; ``k1`` and ``b`` are BM25's.

    Raises :class:`UnknownQueryError`.
    """
    return _Evaluation(snapshot, k1, b).evaluate(query)


class _Evaluation:
    """One evaluation of one tree over one snapshot."""

    def __init__(self, snapshot: WhooshSnapshot, k1: float, b: float) -> None:
        self.snapshot = snapshot
        self.k1 = k1
        self.b = b

    def evaluate(self, query: Query) -> Matches:
        evaluator = _EVALUATORS.get(type(query))
        if evaluator is None:
            raise UnknownQueryError(f"no engine knows {type(query).__name__} queries: {query!r}")
        matches = evaluator(self, query)
        boost = getattr(query, "boost", 1.0)
        return matches if boost == 1.0 else Matches(matches.documents, matches.scores * np.float32(boost))

    def term(self, query: Any) -> Matches:
        documents, frequencies = self.snapshot.postings(query.fieldname, query.text)
        if query.fieldname in FACETS:
            return _unscored(documents)
        idf = self._idf(query.fieldname, len(documents))
        return Matches(documents, self._bm25(query.fieldname, documents, frequencies, idf))

    def prefix(self, query: Any) -> Matches:
        terms = self.snapshot.terms(query.fieldname, query.text)
        found = [self.snapshot.postings(query.fieldname, term) for term in terms]
        if not found:
            return _NOTHING
        documents, inverse = np.unique(np.concatenate([p.documents for p in found]), return_inverse=True)
        frequencies = np.bincount(inverse, np.concatenate([p.frequencies for p in found])).astype(np.float32)
        if query.fieldname in FACETS:
            return _unscored(documents)
        idf = self._idf(query.fieldname, len(documents))
        return Matches(documents, self._bm25(query.fieldname, documents, frequencies, idf))

    def every(self, _query: Any) -> Matches:
        return _unscored(self.snapshot.live)

    def date_range(self, query: Any) -> Matches:
        live = self.snapshot.live
        dates = self.snapshot.columns.date[live]
        inside = dates > 0
        if query.startdate is not None:
            inside &= dates >= query.startdate.toordinal()
        if query.enddate is not None:
            inside &= dates <= query.enddate.toordinal()
        return _unscored(live[inside])

    def both(self, query: Any) -> Matches:
        wanted = [self.evaluate(part) for part in query.subqueries if not isinstance(part, Not)]
        documents, scores = _combine(wanted, len(wanted)) if wanted else self.every(query)
        for part in query.subqueries:
            if isinstance(part, Not):
                kept = _absent(documents, self.evaluate(part.query).documents)
                documents, scores = documents[kept], scores[kept]
        return Matches(documents, scores)

    def either(self, query: Any) -> Matches:
        return _combine([self.evaluate(part) for part in query.subqueries], max(1, query.minmatch))

    def and_not(self, query: Any) -> Matches:
        documents, scores = self.evaluate(query.a)
        kept = _absent(documents, self.evaluate(query.b).documents)
        return Matches(documents[kept], scores[kept])

    def and_maybe(self, query: Any) -> Matches:
        documents, scores = self.evaluate(query.a)
        extra = self.evaluate(query.b)
        return Matches(documents, scores + _scores_at(documents, extra))

    def without(self, query: Any) -> Matches:
        live = self.snapshot.live
        return _unscored(live[_absent(live, self.evaluate(query.query).documents)])

    def phrase(self, query: Any) -> Matches:
        words = [[word] for word in query.words]
        return self._near(query.fieldname, words, query.slop, ordered=True)

    def sequence(self, query: Any) -> Matches:
        slots: list[list[Any]] = [
            list(part.subqueries) if isinstance(part, Or) else [part] for part in query.subqueries
        ]
        if not slots or not all(isinstance(term, Term) for slot in slots for term in slot):
            raise UnknownQueryError(f"a sequence holds terms or alternatives of terms: {query!r}")
        words = [[term.text for term in slot] for slot in slots]
        return self._near(slots[0][0].fieldname, words, query.slop, ordered=query.ordered)

    def _near(self, field: str, words: Sequence[Sequence[str]], slop: int, *, ordered: bool) -> Matches:
        """Match words (each a list of alternatives) whose neighbours are at most ``slop`` positions apart."""
        occurrences: list[Keys] = []
        idf = 0.0
        for alternatives in words:
            found = [self.snapshot.positions(field, term) for term in alternatives]
            keys = np.unique(np.concatenate([_keys(positions) for positions in found]))
            if not len(keys):
                return _NOTHING
            occurrences.append(keys)
            idf += self._idf(field, len(np.unique(keys >> _POSITION_BITS)))
        keys = _in_order(occurrences, slop) if ordered else _in_any_order(occurrences, slop)
        documents, counts = np.unique((keys >> _POSITION_BITS).astype(np.int32), return_counts=True)
        return Matches(documents, self._bm25(field, documents, counts.astype(np.float32), idf))

    def _idf(self, field: str, holding: int) -> float:
        documents = self.snapshot.statistics(field).documents
        return math.log1p(max(documents - holding + 0.5, 0.5) / (holding + 0.5))

    def _bm25(self, field: str, documents: Documents, frequencies: NDArray[np.float32], idf: float) -> Scores:
        mean = self.snapshot.statistics(field).mean_length or 1.0
        norms = self.k1 * (1 - self.b + self.b * self.snapshot.lengths(field)[documents] / mean)
        scores: Scores = (idf * (self.k1 + 1) * frequencies / (frequencies + norms)).astype(np.float32)
        return scores


def _combine(parts: Sequence[Matches], wanted: int) -> Matches:
    """Add up the scores of paragraphs that at least ``wanted`` of the parts match."""
    if len(parts) == 1 and wanted == 1:
        return parts[0]
    if not parts:
        return _NOTHING
    joined = np.concatenate([part.documents for part in parts])
    documents, inverse, counts = np.unique(joined, return_inverse=True, return_counts=True)
    scores = np.bincount(inverse, np.concatenate([part.scores for part in parts]), len(documents))
    enough = counts >= wanted
    return Matches(documents[enough], scores[enough].astype(np.float32))


def _unscored(documents: Documents) -> Matches:
    return Matches(documents, np.zeros(len(documents), np.float32))


def _absent(documents: Documents, unwanted: Documents) -> NDArray[np.bool_]:
    return ~np.isin(documents, unwanted, assume_unique=True)


def _scores_at(documents: Documents, matches: Matches) -> Scores:
    """The scores of the given paragraphs among the matches, 0 where they do not match."""
    if not len(matches.documents):
        return np.zeros(len(documents), np.float32)
    places = np.minimum(np.searchsorted(matches.documents, documents), len(matches.documents) - 1)
    return np.where(matches.documents[places] == documents, matches.scores[places], np.float32(0))


def _keys(occurrences: Positions) -> Keys:
    return (occurrences.documents.astype(np.int64) << _POSITION_BITS) | occurrences.positions


def _in_order(occurrences: Sequence[Keys], slop: int) -> Keys:
    """The last word's keys where every word follows the one before it by 1 to ``slop`` positions."""
    ends = occurrences[0]
    for keys in occurrences[1:]:
        before = np.searchsorted(ends, keys) - 1
        ends = keys[(before >= 0) & (keys - ends[before] <= slop)]
        if not len(ends):
            break
    return ends


def _in_any_order(occurrences: Sequence[Keys], slop: int) -> Keys:
    """One key for every stretch, without a gap over ``slop``, that holds all the words."""
    keys = np.concatenate(occurrences)
    words = np.repeat(np.arange(len(occurrences)), [len(each) for each in occurrences])
    order = np.argsort(keys, kind="stable")
    keys, words = keys[order], words[order]
    stretches = np.concatenate(([0], np.cumsum(np.diff(keys) > slop)))
    held = np.unique(stretches * len(occurrences) + words) // len(occurrences)
    complete = np.flatnonzero(np.bincount(held) == len(occurrences))
    return keys[np.searchsorted(stretches, complete)]


_NOTHING = Matches(np.zeros(0, np.int32), np.zeros(0, np.float32))

_EVALUATORS: Mapping[type[Query], Callable[[_Evaluation, Any], Matches]] = {
    Term: _Evaluation.term,
    Prefix: _Evaluation.prefix,
    Phrase: _Evaluation.phrase,
    TermSequence: _Evaluation.sequence,
    And: _Evaluation.both,
    Or: _Evaluation.either,
    AndNot: _Evaluation.and_not,
    AndMaybe: _Evaluation.and_maybe,
    Not: _Evaluation.without,
    Every: _Evaluation.every,
    DateRange: _Evaluation.date_range,
    _NullQuery: lambda _evaluation, _query: _NOTHING,
}
