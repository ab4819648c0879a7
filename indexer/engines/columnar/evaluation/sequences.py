"""Words near each other: phrases, with and without gaps, in order or in any order.

An occurrence is one number, its document above and its position below, so that neighbours in a sorted array
are neighbours in the text. Only documents that hold all the words have their positions read.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
from whoosh.query import compound, positional, qcore, spans, terms

from ..packing import boundaries, run_starts
from .fallback import any_query
from .matches import Documents, Matches
from .scope import Scope

if TYPE_CHECKING:
    from ..snapshot import ColumnarSnapshot
    from ..views import SegmentView

Keys = npt.NDArray[np.int64]

POSITION_BITS = 24


class _Places(NamedTuple):
    """Words of one field, each a list of alternatives."""

    field: str
    words: list[list[bytes]]

    def alternatives(self) -> list[qcore.Query]:
        """For each word, a query for any of its alternatives."""
        return [compound.Or([terms.Term(self.field, text) for text in word]) for word in self.words]


def phrase(scope: Scope, query: positional.Phrase) -> Matches:
    """The documents that hold words in order, each at most ``slop`` positions after the one before."""
    field = query.fieldname
    places = _Places(field, [[scope.view.encoded(field, word)] for word in query.words])
    return _near(scope, query, places, ordered=True)


def sequence(scope: Scope, query: positional.Sequence) -> Matches:
    """As a phrase, of words or alternatives of words, in order or within one stretch of text."""
    places = _places(scope, query.subqueries)
    return _near(scope, query, places, ordered=query.ordered) if places else any_query(scope, query)


def span_near(scope: Scope, query: spans.SpanNear2) -> Matches:
    """Whoosh's newer form of the same; what is not in order is left to its own matchers."""
    places = _places(scope, query.qs) if query.ordered and query.mindist == 1 else None
    return _near(scope, query, places, ordered=True) if places else any_query(scope, query)


def _places(scope: Scope, parts: Sequence[Any]) -> _Places | None:
    """Words and alternatives of words of one field, ``None`` when the parts are something else."""
    slots: list[list[Any]] = [
        list(part.subqueries) if type(part) is compound.Or else [part] for part in parts
    ]
    every = [term for slot in slots for term in slot]
    fields = {term.fieldname for term in every if type(term) is terms.Term}
    if len(fields) != 1 or not all(type(term) is terms.Term for term in every):
        return None
    field = fields.pop()
    return _Places(field, [[scope.view.encoded(field, term.text) for term in slot] for slot in slots])


def _near(scope: Scope, query: Any, places: _Places, *, ordered: bool) -> Matches:
    alternatives = places.alternatives()
    holding_all = scope.unscored().evaluate(compound.And(alternatives)).documents
    if not len(holding_all):
        return scope.nothing()
    snapshot, view = scope.task.snapshot, scope.view
    found_at = occurrences(snapshot, view, places.field, places.words, holding_all)
    ends = in_order(found_at, query.slop) if ordered else in_any_order(found_at, query.slop)
    holding = ends >> POSITION_BITS
    starts = run_starts(holding)
    found, counts = holding[starts], np.diff(starts, append=len(holding))
    if not scope.scored:
        return Matches.listed(scope.view.size, found)
    scoring = scope.task.scoring
    if not scoring.as_one_word:
        scores = scope.among(found).evaluate(compound.And(alternatives)).scores_at(found)
        return Matches.listed(scope.view.size, found, scores)
    prepared = scope.task.prepared
    if (key := scope.task.key(query)) not in prepared:
        frequencies = [_count_any(scope, places.field, word) for word in places.words]
        prepared[key] = sum(scoring.idf(snapshot, places.field, count) for count in frequencies)
    scores = scoring.weights(scope.view, places.field, found, counts.astype(np.float32))
    scores *= np.float32(prepared[key])
    return Matches.listed(scope.view.size, found, scores, positive=True)


def _count_any(scope: Scope, field: str, word: list[bytes]) -> int:
    """Count the documents that hold any alternative of a word, over the whole index."""
    if len(word) == 1:
        return scope.task.scoring.document_frequency(scope.task.snapshot, field, word[0])
    query = compound.Or([terms.Term(field, text) for text in word])
    return sum(
        int(np.count_nonzero(each.evaluate(query).mask & each.view.live)) for each in scope.everywhere()
    )


def occurrences(
    snapshot: "ColumnarSnapshot",
    view: "SegmentView",
    field: str,
    words: Sequence[Sequence[bytes]],
    documents: Documents,
) -> list[Keys]:
    """Where any alternative of each word stands in ``documents`` of one segment, ascending.

    The places of all words are read at once, term after term.
    """
    nowhere = np.zeros(0, np.int64)
    numbers = [[snapshot.term(field, text).numbers[view.at] for text in word] for word in words]
    terms_ = sorted({number for of_word in numbers for number in of_word if number >= 0})
    postings = view.contents.field(field)
    if postings is None or not terms_:
        return [nowhere for _ in words]
    wanted = np.zeros(view.size, np.bool_)
    wanted[documents] = True
    shared, held = [], []
    for number in terms_:
        holding = postings.documents(number)
        places = wanted[holding].nonzero()[0]
        shared.append(places)
        held.append(holding[places])
    positions, counts = postings.positions_at(terms_, shared)
    keys = np.repeat(np.concatenate(held).astype(np.int64), counts) << POSITION_BITS
    keys |= positions
    ends = boundaries(counts)[boundaries(np.array([len(places) for places in shared]))].tolist()
    by_term = {number: keys[start:end] for number, (start, end) in zip(terms_, pairwise(ends), strict=True)}
    found = [[by_term[number] for number in of_word if number >= 0] for of_word in numbers]
    return [
        parts[0] if len(parts) == 1 else np.unique(np.concatenate(parts)) if parts else nowhere
        for parts in found
    ]


def in_order(found_at: Sequence[Keys], slop: int) -> Keys:
    """The last word's occurrences where every word follows the one before it by 1 to ``slop`` positions.

    >>> in_order([np.array([3, 10]), np.array([4, 7, 12])], 2).tolist()
    [4, 12]
    """
    ends = found_at[0]
    for keys in found_at[1:]:
        if not len(ends):
            break
        before = ends.searchsorted(keys) - 1
        ends = keys[(before >= 0) & (keys - ends[before] <= slop)]
    return ends


def in_any_order(found_at: Sequence[Keys], slop: int) -> Keys:
    """The start of every stretch, without a gap over ``slop``, that holds all the words.

    >>> in_any_order([np.array([3, 20]), np.array([5, 30])], 2).tolist()
    [3]
    """
    keys = np.concatenate(found_at)
    words = np.repeat(np.arange(len(found_at)), [len(each) for each in found_at])
    order = np.argsort(keys, kind="stable")
    keys, words = keys[order], words[order]
    starts = np.ones(len(keys), np.bool_)
    starts[1:] = np.diff(keys) > slop
    stretches = np.cumsum(starts) - 1
    held = np.unique(stretches * len(found_at) + words) // len(found_at)
    complete = np.flatnonzero(np.bincount(held) == len(found_at))
    firsts: Keys = keys[starts][complete]
    return firsts
