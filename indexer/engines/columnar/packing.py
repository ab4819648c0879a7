"""Small numbers in few bits, so that frequencies and positions do not outweigh the text they describe.

Most frequencies are 1, most positions fit a byte, most gaps too. A packed array keeps the low bits of
every number side by side and the rest of the few large ones aside, by index: reading a slice is a table
look-up with a patch.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .format import AnyArray, SectionFile, SectionWriter, smallest

_BYTE = 8


def _unpacking_table(bits: int) -> AnyArray:
    """For every byte its 8/bits numbers, lowest bits first, each row read as one wider number."""
    shifts = np.arange(0, _BYTE, bits)
    numbers = ((np.arange(256)[:, None] >> shifts) & ((1 << bits) - 1)).astype(np.uint8)
    return numbers.view(f"u{_BYTE // bits}").reshape(-1)


_TABLES = {bits: _unpacking_table(bits) for bits in (1, 2, 4)}
# For every byte its four numbers of two bits, each with one added, as four float32 side by side.
_COUNTS = (_TABLES[2].view(np.uint8) + np.float32(1)).view(np.complex128)


def write_packed(
    writer: SectionWriter, name: str, values: AnyArray, bits: int, *, compress: bool = False
) -> None:
    """Write integers from 0 to 2**32 - 1 in ``bits`` (1, 2, 4 or 8) each, and what does not fit aside."""
    high = values >> bits
    large = np.flatnonzero(high)
    low = (values & ((1 << bits) - 1)).astype(np.uint8)
    if bits < _BYTE:
        per_byte = _BYTE // bits
        padded = np.zeros(-(-len(low) // per_byte) * per_byte, np.uint8)
        padded[: len(low)] = low
        shifted = padded.reshape(-1, per_byte) << np.arange(0, _BYTE, bits, dtype=np.uint8)
        low = np.bitwise_or.reduce(shifted, axis=1) if len(low) else padded
    writer.add(f"{name}.low", low, compress=compress)
    if len(large):
        writer.add(f"{name}.large", large.astype(np.uint32), compress=compress)
        writer.add(f"{name}.high", smallest(high[large]), compress=compress)


class PackedArray:
    """A packed array of a file, read by slices; nothing is unpacked before it is asked for."""

    def __init__(self, file: SectionFile, name: str, bits: int) -> None:
        self._bits = bits
        self._per_byte = _BYTE // bits
        self._low = file.array(f"{name}.low")
        self._large: AnyArray | None = None
        if f"{name}.large" in file:
            self._large = file.array(f"{name}.large")
            self._high = file.array(f"{name}.high")

    def __len__(self) -> int:
        """Count the numbers, those included that only fill the last byte."""
        return len(self._low) * self._per_byte

    def read(self, start: int, stop: int) -> AnyArray:
        """Read the numbers [start, stop), as uint8 where all of them fit and as uint32 otherwise.

        The result may be a view of the file: it must not be written to.
        """
        if self._bits == _BYTE:
            low = self._low[start:stop]
        else:
            first = start // self._per_byte
            unpacked = _TABLES[self._bits][self._low[first : -(-stop // self._per_byte)]].view(np.uint8)
            skipped = start - first * self._per_byte
            low = unpacked[skipped : skipped + stop - start]
        if self._large is not None:
            i, j = self._large.searchsorted(np.array((start, stop), np.uint32))
            if i < j:
                wide = low.astype(np.uint32)
                wide[self._large[i:j] - np.uint32(start)] += self._high[i:j].astype(np.uint32) << self._bits
                return wide
        return low

    def read_counts(self, start: int, stop: int) -> npt.NDArray[np.float32]:
        """Read the numbers [start, stop) of two bits with one added to each, as scoring takes frequencies."""
        first = start // self._per_byte
        unpacked = _COUNTS[self._low[first : -(-stop // self._per_byte)]].view(np.float32)
        skipped = start - first * self._per_byte
        counts: npt.NDArray[np.float32] = unpacked[skipped : skipped + stop - start]
        if self._large is not None:
            i, j = self._large.searchsorted(np.array((start, stop), np.uint32))
            if i < j:
                high = self._high[i:j] * np.float32(1 << self._bits)
                counts[self._large[i:j] - np.uint32(start)] += high
        return counts

    def take(self, indexes: npt.NDArray[np.intp]) -> AnyArray:
        """Read the numbers at ``indexes`` (ascending), types as in :meth:`read`."""
        if self._bits == _BYTE:
            low = self._low.take(indexes)
        else:
            shifts = (indexes % self._per_byte * self._bits).astype(np.uint8)
            low = (self._low.take(indexes // self._per_byte) >> shifts) & np.uint8((1 << self._bits) - 1)
        if self._large is not None and len(indexes):
            i, j = self._large.searchsorted(np.array((indexes[0], indexes[-1] + 1), np.uint32))
            if i < j:
                large, high = self._large[i:j], self._high[i:j]
                at = large.searchsorted(indexes.astype(np.uint32))
                found = np.flatnonzero(large.take(at, mode="clip") == indexes)
                wide = low.astype(np.uint32)
                wide[found] += high[at[found]].astype(np.uint32) << self._bits
                return wide
        return low


def boundaries(counts: AnyArray) -> npt.NDArray[np.int64]:
    """Turn counts into where each run starts, with the end of the last one appended.

    >>> boundaries(np.array([2, 0, 3])).tolist()
    [0, 2, 2, 5]
    """
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, dtype=np.int64, out=starts[1:])
    return starts


def ragged(starts: AnyArray, counts: AnyArray) -> npt.NDArray[np.int64]:
    """List the indexes of many runs one after another, so that one fancy index reads them all.

    >>> ragged(np.array([10, 50]), np.array([2, 3])).tolist()
    [10, 11, 50, 51, 52]
    """
    ends = np.cumsum(counts, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    indexes: npt.NDArray[np.int64] = np.repeat(starts - (ends - counts), counts)
    indexes += np.arange(total, dtype=np.int64)
    return indexes


def run_starts(values: AnyArray) -> npt.NDArray[np.intp]:
    """Find where runs of equal values begin.

    >>> run_starts(np.array([4, 4, 7, 9, 9])).tolist()
    [0, 2, 3]
    """
    changes = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    # What np.flatnonzero does, at a fifth of its cost for few values.
    return changes.nonzero()[0]


def join_bytes(terms: Sequence[bytes]) -> AnyArray:
    """Lay byte strings one after another in an array of uint8."""
    return np.frombuffer(b"".join(terms), np.uint8)
