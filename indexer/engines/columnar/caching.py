"""What is worth keeping between questions, within bounds that are set in bytes or in entries."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

from .format import AnyArray

Value = TypeVar("Value")


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


class ArrayCache(RecentCache[tuple[AnyArray, ...]]):
    """Keeps arrays, up to a number of bytes."""

    def keep(self, key: Hashable, *arrays: AnyArray) -> None:
        """Keep arrays under one key; they must not be written to any more."""
        for array in arrays:
            array.flags.writeable = False
        self.put(key, arrays, sum(array.nbytes for array in arrays))
