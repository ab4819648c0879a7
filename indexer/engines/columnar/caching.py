"""What is worth keeping between questions, within bounds that are set in bytes or in entries."""

from collections import OrderedDict
from collections.abc import Hashable
from heapq import heappop, heappush
from itertools import count
from threading import Lock
from typing import Generic, TypeVar

from .format import AnyArray

Value = TypeVar("Value")

# What a key and its entry take beside the arrays.
_ENTRY_BYTES = 1000
# What scoring a word costs however rare it is, in what it costs for each byte that is kept of it (1.5 ns).
_FIXED_COST = 60_000


class RecentCache(Generic[Value]):
    """Keeps the values that were used last; safe from several threads."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._used = 0
        self._kept: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        """Give back a value that is still kept."""
        with self._lock:
            if (entry := self._kept.get(key)) is None:
                return None
            self._kept.move_to_end(key)
            return entry[0]

    def put(self, key: Hashable, value: Value, size: int = 1) -> None:
        """Keep a value of a size, in place of those that were not used for longest."""
        with self._lock:
            if key in self._kept:
                self._used -= self._kept.pop(key)[1]
            if size > self._capacity:
                return
            self._kept[key] = (value, size)
            self._used += size
            while self._used > self._capacity:
                self._used -= self._kept.popitem(last=False)[1][1]


class _Entry:
    """What is kept under a key, its size, how often it was asked for, and what keeping it is worth.

    ``least`` is what the last entry that had to go was worth when this one was asked for.
    """

    __slots__ = ("arrays", "least", "size", "uses")

    def __init__(self, arrays: tuple[AnyArray, ...], least: float) -> None:
        self.arrays = arrays
        self.size = _ENTRY_BYTES + sum(array.nbytes for array in arrays)
        self.uses = 1
        self.least = least

    @property
    def worth(self) -> float:
        return self.least + self.uses * (1 + _FIXED_COST / self.size)


class ArrayCache:
    """Keeps arrays up to a number of bytes, those that save the most work a byte; safe from several threads.

    Greedy-Dual-Size with Frequency (Cherkasova 1998): an entry is worth how often it was asked for, times
    what it costs to make again for each of its bytes, on top of what the last that had to go was worth. So
    rare words, which take little room, are not pushed out by a common one, and what nobody asks for any more
    goes in the end.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._used = 0
        self._kept: dict[Hashable, _Entry] = {}
        # One item an entry, with a worth that it has had: at most what it has now.
        self._cheapest: list[tuple[float, int, Hashable]] = []
        self._least = 0.0
        self._order = count()
        self._lock = Lock()

    def get(self, key: Hashable) -> tuple[AnyArray, ...] | None:
        """Give back arrays that are still kept."""
        with self._lock:
            if (entry := self._kept.get(key)) is None:
                return None
            entry.uses += 1
            entry.least = self._least
            return entry.arrays

    def keep(self, key: Hashable, *arrays: AnyArray) -> None:
        """Keep arrays under one key; they must not be written to any more."""
        for array in arrays:
            array.flags.writeable = False
        with self._lock:
            entry = _Entry(arrays, self._least)
            if (before := self._kept.pop(key, None)) is not None:
                self._used -= before.size
                entry.uses = before.uses
            elif entry.size <= self._capacity:
                heappush(self._cheapest, (self._least, next(self._order), key))
            if entry.size > self._capacity:
                return
            self._kept[key] = entry
            self._used += entry.size
            while self._used > self._capacity:
                self._drop_cheapest()

    def _drop_cheapest(self) -> None:
        worth, _, key = heappop(self._cheapest)
        if (entry := self._kept.get(key)) is None:
            return
        if (now := entry.worth) > worth:
            heappush(self._cheapest, (now, next(self._order), key))
            return
        del self._kept[key]
        self._used -= entry.size
        self._least = worth
