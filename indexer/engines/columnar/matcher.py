"""A posting list as Whoosh wants it, one posting at a time, for whatever is not evaluated by arrays."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.matching.mcore import LeafMatcher, ReadTooFar
from whoosh.system import pack_uint

from .lengths import rounded
from .postings import FieldPostings

if TYPE_CHECKING:
    from .format import AnyArray

_BLOCK = 128


class ColumnarMatcher(LeafMatcher):
    """Walks one term's postings; blocks of 128 have a quality, so that Whoosh can skip what cannot win."""

    def __init__(
        self,
        postings: FieldPostings,
        term_number: int,
        lengths: "AnyArray",
        format_: Any,
        *,
        term: tuple[str, bytes] | None = None,
        scorer: Any = None,
    ) -> None:
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._postings = postings
        self._number = term_number
        self._lengths = lengths
        documents = postings.documents(term_number)
        self._ids: list[int] = documents.tolist()
        self._frequencies = postings.frequencies(term_number).astype(np.int64) + 1
        weights = postings.weights(term_number)
        if weights is None:
            weights = self._frequencies.astype(np.float32)
        self._weights: list[float] = weights.tolist()
        self._rounded = rounded(lengths[documents])
        self._at = 0

    def is_active(self) -> bool:
        """Whether there is a current posting."""
        return self._at < len(self._ids)

    def reset(self) -> None:
        """Go back to the first posting."""
        self._at = 0

    def copy(self) -> "ColumnarMatcher":
        """A matcher of the same term at the same posting."""
        other = ColumnarMatcher(
            self._postings, self._number, self._lengths, self.format, term=self._term, scorer=self.scorer
        )
        other._at = self._at
        return other

    def id(self) -> int:
        """The current document."""
        return self._ids[self._at]

    def weight(self) -> float:
        """The current posting's weight."""
        return self._weights[self._at]

    def value(self) -> bytes:
        """The current posting's value, encoded as the field's format has it."""
        frequency = int(self._frequencies[self._at])
        if self._postings.has_positions:
            positions, _ = self._postings.positions_at([self._number], [np.array([self._at])])
            return bytes(self.format.encode(positions.tolist()))
        if self.format.fixed_value_size() == 0:
            return b""
        return bytes(pack_uint(frequency))

    def next(self) -> bool:  # type: ignore[override]
        """Go to the next posting; true when that begins another block."""
        self._at += 1
        return self._at % _BLOCK == 0

    def skip_to(self, target: int) -> None:
        """Go to the first posting whose document is not before ``target``."""
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._ids, target, self._at)

    def skip_to_quality(self, minimum: float) -> int:
        """Skip blocks that cannot score above ``minimum``; returns how many."""
        skipped = 0
        while self.is_active() and self.scorer.block_quality(self) <= minimum:
            self._at = (self._at // _BLOCK + 1) * _BLOCK
            skipped += 1
        return skipped

    def all_ids(self) -> Iterator[int]:
        """Yield every document from the current one on."""
        return iter(self._ids[self._at :])

    def block_min_length(self) -> int:
        """The shortest field of the current block."""
        return int(self._rounded[self._block()].min())

    def block_max_length(self) -> int:
        """The longest field of the current block."""
        return int(self._rounded[self._block()].max())

    def block_max_weight(self) -> float:
        """The largest weight of the current block."""
        return max(self._weights[self._block()])

    def _block(self) -> slice:
        start = self._at // _BLOCK * _BLOCK
        return slice(start, start + _BLOCK)
