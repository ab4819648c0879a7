"""How long each document's field is, so that a word weighs more in a short paragraph than in a long one.

Lengths count occurrences and are kept exact. Whoosh scores with lengths rounded to 256 steps;
:func:`rounded` does the same, so that both rank alike.
"""

import numpy as np
import numpy.typing as npt
from whoosh.util.numeric import byte_to_length

from .format import AnyArray, SectionFile, SectionWriter
from .packing import PackedArray, write_packed

_BITS = 8
_STEPS = np.array([byte_to_length(step) for step in range(256)], np.int32)


def write_lengths(writer: SectionWriter, field: str, lengths: AnyArray) -> None:
    """Write the length of a field for every document of the segment, 0 where it has none."""
    write_packed(writer, f"{field}/lengths", lengths, _BITS)


def has_lengths(file: SectionFile, field: str) -> bool:
    """Whether a segment keeps lengths of a field; it does for those that are scored."""
    return f"{field}/lengths.low" in file


def read_lengths(file: SectionFile, field: str, document_count: int) -> AnyArray:
    """Read the exact lengths of a field, one a document."""
    return PackedArray(file, f"{field}/lengths", _BITS).read(0, document_count)


def rounded(lengths: AnyArray) -> npt.NDArray[np.int32]:
    """Round lengths up to Whoosh's steps, exact for short texts and coarser for long ones.

    >>> rounded(np.array([0, 1, 7, 100, 5000])).tolist()
    [0, 1, 7, 101, 5002]
    """
    steps = _STEPS.searchsorted(lengths.astype(np.int32))
    lengths_in_steps: npt.NDArray[np.int32] = _STEPS[np.minimum(steps, len(_STEPS) - 1)]
    return lengths_in_steps
