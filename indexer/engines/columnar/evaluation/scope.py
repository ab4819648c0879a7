"""What is handed from node to node of a query tree: where to look, and whether scores are wanted."""

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from whoosh.query import positional, qcore, spans, terms

from ..decoding import Decoding
from ..requests import QueryKeys
from .matches import Documents, Matches

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from ..scoring import Bm25
    from ..snapshot import ColumnarSnapshot
    from ..views import SegmentView


# What a long question may repeat and what costs more than telling whether it was asked before.
_COSTLY = (terms.MultiTerm, positional.Phrase, positional.Sequence, spans.SpanQuery)


class TimeLimitError(Exception):
    """The time that a query was given is over; raised inside, an answer is then made of what was found."""


class Task:
    """The evaluation of one question: the state it is evaluated on, the dialect, and when it has to be over.

    What is worked out for one part of the question, or for its paragraphs, is there for the others and for
    its articles: ``key`` names its nodes, ``decoding`` decodes its words, ``prepared`` keeps what a node
    needs to know of all segments before it can score in one, by what the node says. ``deadline`` is a time
    of ``time.monotonic``.
    """

    def __init__(
        self,
        snapshot: "ColumnarSnapshot",
        scoring: "Bm25",
        deadline: float | None,
        handler_of: "Callable[[qcore.Query], Callable[[Scope, Any], Matches]]",
    ) -> None:
        self.snapshot = snapshot
        self.scoring = scoring
        self.prepared: dict[Hashable, Any] = {}
        self.handler_of = handler_of
        self.key = QueryKeys()
        self.decoding = Decoding()
        self._deadline = deadline
        self._found: dict[Hashable, Matches] = {}
        self._idf: dict[tuple[str, bytes], float] = {}

    def idf(self, field: str, text: bytes) -> float:
        """How rare a term is; the same in every segment."""
        if (idf := self._idf.get((field, text))) is None:
            holding = self.scoring.document_frequency(self.snapshot, field, text)
            idf = self._idf[field, text] = self.scoring.idf(self.snapshot, field, holding)
        return idf

    def once(self, scope: "Scope", query: qcore.Query) -> Matches:
        """Find what a pattern or a phrase matches; a long question may repeat it many times."""
        key = (self.key(query), scope.view.at, scope.scored)
        if (found := self._found.get(key)) is None:
            found = self.handler_of(query)(scope, query)
            if scope.within is None:
                self._found[key] = found
        elif scope.within is not None:
            found = found.among(scope.within)
        return found

    def check_time(self) -> None:
        """Raise :class:`TimeLimitError` when the time is over."""
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise TimeLimitError


@dataclass(frozen=True, slots=True)
class Scope:
    """One segment to look in, or only ``within`` some of its documents (ascending).

    Deleted documents may be found in any case; without ``scored`` the scores may be left out. ``keeping``
    is whether what a term scores is worth keeping: not where all forms of a word are kept together.
    """

    task: Task
    view: "SegmentView"
    within: Documents | None = None
    scored: bool = True
    keeping: bool = True

    def evaluate(self, query: qcore.Query) -> Matches:
        """Find what matches here."""
        self.task.check_time()
        if isinstance(query, _COSTLY):
            matches = self.task.once(self, query)
        else:
            matches = self.task.handler_of(query)(self, query)
        return matches.boosted(getattr(query, "boost", 1.0))

    def among(self, documents: Documents | None) -> "Scope":
        """The same, only among some documents."""
        return replace(self, within=documents)

    def unscored(self) -> "Scope":
        """The same without scores."""
        return replace(self, scored=False)

    def everywhere(self) -> "list[Scope]":
        """Every segment as a whole, without scores, for what must be counted before it is scored."""
        return [Scope(self.task, view, scored=False) for view in self.task.snapshot.views]

    def nothing(self) -> Matches:
        """No match."""
        return Matches.none(self.view.size)
