"""Evaluates a query tree by the kind of its nodes; what has no arrays goes through Whoosh's matchers."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh.query import compound, positional, qcore, ranges, spans, terms, wrappers

from indexer.coverage import MostOf, WordForms

from ..scoring import Bm25
from . import combining, everything, fallback, sequences, words
from .matches import Documents, Mask, Matches, Scores
from .scope import Scope, Task, TimeLimitError

if TYPE_CHECKING:
    from ..snapshot import ColumnarSnapshot


class Found(NamedTuple):
    """What matches over all documents of a state: a mask, scores, and whether all segments were searched.

    ``task`` is the evaluation it came from, for whoever asks more about the question.
    """

    mask: Mask
    scores: Scores
    complete: bool
    task: Task

    @property
    def documents(self) -> Documents:
        """The matching documents, ascending."""
        return np.flatnonzero(self.mask)


def find(
    query: qcore.Query,
    snapshot: "ColumnarSnapshot",
    scoring: Bm25,
    deadline: float | None = None,
) -> Found:
    """Find and score everything that matches.

    ``deadline`` is a time of ``time.monotonic``; past it, only the segments that were searched by then count.
    """
    return find_part(Task(snapshot, scoring, deadline, _handler_of), query)


def find_part(task: Task, query: qcore.Query) -> Found:
    """Find and score what matches a part of a question that is being evaluated already."""
    snapshot = task.snapshot
    mask = np.zeros(snapshot.document_count, np.bool_)
    scores = np.zeros(snapshot.document_count, np.float32)
    complete = True
    try:
        for view in snapshot.views:
            part = slice(view.base, view.base + view.size)
            matches = Scope(task, view).evaluate(query)
            matches.mark_in(mask[part])
            matches.add_to(scores[part])
            if view.deleted is not None:
                mask[part] &= view.live
    except TimeLimitError:
        complete = False
    return Found(mask, scores, complete, task)


def _handler_of(query: qcore.Query) -> Callable[[Scope, Any], Matches]:
    return _HANDLERS.get(type(query), fallback.any_query)


_HANDLERS: Mapping[type[qcore.Query], Callable[[Scope, Any], Matches]] = {
    terms.Term: words.term,
    terms.Prefix: words.expansion,
    terms.Wildcard: words.expansion,
    terms.Regex: words.expansion,
    terms.FuzzyTerm: words.expansion,
    ranges.TermRange: words.expansion,
    ranges.NumericRange: everything.numeric_range,
    ranges.DateRange: everything.date_range,
    positional.Phrase: sequences.phrase,
    positional.Sequence: sequences.sequence,
    spans.SpanNear2: sequences.span_near,
    compound.And: combining.both,
    compound.Or: combining.either,
    MostOf: combining.most,
    WordForms: combining.word,
    compound.DisjunctionMax: combining.best,
    compound.AndNot: combining.and_not,
    compound.AndMaybe: combining.and_maybe,
    compound.Require: combining.require,
    compound.Otherwise: combining.otherwise,
    wrappers.Not: combining.negation,
    wrappers.ConstantScoreQuery: combining.constant,
    qcore.Every: everything.every,
    type(qcore.NullQuery): everything.nothing,
}
