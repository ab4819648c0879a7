"""What is known of many words, without an object for each, so that it loads at once and processes share it.

The words are the keys of a trie, which numbers them and takes a few bytes for each. What is known of them
lies in arrays: at a word's number stands which of a few different values it has. A look-up writes to nothing
that was shared when the process forked, except to the reference counts of those few.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Final, Generic, TypeVar, overload

import msgspec
from marisa_trie import Trie

Value = TypeVar("Value")
Default = TypeVar("Default")

_PLACE: Final = "H"  # of a value among the different ones, in 16 bits


class PackedColumn(msgspec.Struct, Generic[Value], frozen=True):
    """A column as a file holds it: the different values, and the place of each key's own, by its number.

    ``places`` are 16 bits each, in the machine's order of bytes, and count from 1: 0 stands where nothing is
    known, and once more at the end, where no key is.
    """

    places: bytes
    values: list[Value]


class Column(Mapping[str, Value]):
    """One thing that is known of some keys of a trie; reads like a dictionary.

    >>> keys = trie_of(["رفت", "گفت", "خوب"])
    >>> verbs = Column(keys, pack_column(keys, {"رفت": 1, "گفت": 2}))
    >>> verbs["گفت"], verbs.get("خوب"), verbs.get("بد", 0), "رفت" in verbs
    (2, None, 0, True)
    """

    def __init__(self, keys: Trie, packed: PackedColumn[Value]) -> None:
        self._keys = keys
        self._number: Callable[[str, int], int] = keys.get
        self._none = len(keys)
        self._places = memoryview(packed.places).cast(_PLACE)
        self.different = packed.values
        self._values = (None, *packed.values)
        if len(self._places) != len(keys) + 1:
            message = "a column of other keys"
            raise ValueError(message)

    def __getitem__(self, key: str) -> Value:
        """Return what is known of a key; ``KeyError`` where that is nothing."""
        if (place := self._places[self._number(key, self._none)]) == 0:
            raise KeyError(key)
        return self.different[place - 1]

    @overload
    def get(self, key: str, /) -> Value | None: ...
    @overload
    def get(self, key: str, /, default: Value | Default) -> Value | Default: ...
    def get(self, key: str, /, default: Any = None) -> Any:
        """Return what is known of a key, or ``default``."""
        place = self._places[self._number(key, self._none)]
        return self._values[place] if place else default

    def at(self, number: int) -> Value | None:
        """Return what is known of a key by its number, or None; of as many keys as there are, nothing is."""
        return self._values[self._places[number]]

    def beginnings(self, text: str) -> list[tuple[int, Value]]:
        """Return how long the keys are that ``text`` begins with, shortest first, and what is known of each.

        >>> keys = trie_of(["گفت", "گفتوگو"])
        >>> Column(keys, pack_column(keys, {"گفت": 1, "گفتوگو": 2})).beginnings("گفتوگوها")
        [(3, 1), (6, 2)]
        """
        return [
            (len(key), self.different[place - 1])
            for key, number in self._keys.iter_prefixes_with_ids(text)
            if (place := self._places[number])
        ]

    def goes_on(self, text: str) -> bool:
        """Tell whether any key, of this column or of another of the same keys, is longer and begins so."""
        return any(len(key) > len(text) for key in self._keys.iterkeys(text))

    def __contains__(self, key: Any) -> bool:
        """Tell whether anything is known of a key."""
        return self._places[self._number(key, self._none)] > 0

    def __iter__(self) -> Iterator[str]:
        """Yield the keys that something is known of."""
        return (key for key, number in self._keys.items() if self._places[number])

    def __len__(self) -> int:
        """Count the keys that something is known of."""
        return sum(map(bool, self._places))


def trie_of(*tables: Iterable[str]) -> Trie:
    """Make one trie of the keys of all tables; the same keys have the same numbers, in whatever order."""
    return Trie(set(chain.from_iterable(tables)))


def pack_column(keys: Trie, table: Mapping[str, Any]) -> PackedColumn[Any]:
    """Pack a table whose keys are among those of a trie; its different values stand in their order."""
    values = sorted(set(table.values()))
    place_of = {value: place for place, value in enumerate(values, start=1)}
    places = array(_PLACE, bytes(array(_PLACE).itemsize * (len(keys) + 1)))
    for key, value in table.items():
        places[keys[key]] = place_of[value]
    return PackedColumn(places.tobytes(), values)


def column_of(table: Mapping[str, Value]) -> Column[Value]:
    """Lay a table out as a column of its own keys.

    >>> column_of({"رفت": 1})["رفت"]
    1
    """
    keys = trie_of(table)
    return Column(keys, pack_column(keys, table))
