"""Many strings in a few objects, since one object each takes several times their letters.

Forked processes share what none of them writes to, and Python writes to a string whenever it counts its
references. Here the string that is asked for is made anew, for whoever asks.
"""

from array import array
from collections.abc import Iterable, Sequence
from typing import overload


class Strings(Sequence[str]):
    """A list of strings that never changes, as one stretch of UTF-8.

    >>> names = Strings(["ایران", "", "روسیه"])
    >>> names[2], len(names)
    ('روسیه', 3)
    """

    def __init__(self, strings: Iterable[str]) -> None:
        text, ends = bytearray(), array("I", [0])
        for string in strings:
            text += string.encode()
            ends.append(len(text))
        self._text = bytes(text)
        self._ends = ends

    def __len__(self) -> int:
        """Count the strings."""
        return len(self._ends) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        """Make the string at a place."""
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        at = range(len(self))[place]
        return self._text[self._ends[at] : self._ends[at + 1]].decode()
