"""Numbers that several processes add to and any can read, so that figures are those of the whole server."""

import mmap
import os
from threading import Lock

import numpy as np


class SharedCounts:
    """A row of numbers, kept once for each of some places and read as their sums.

    Made before processes are forked, which then share it; each adds at a place that no other living process
    has, so that none waits for another and a killed one leaves nothing locked. What it counted stays.
    """

    def __init__(self, places: int, width: int, file: int | None = None) -> None:
        """Begin with zeros, or go on with what is in an open file, which those share who were not forked."""
        size = places * width * np.dtype(np.float64).itemsize
        if file is not None:
            os.ftruncate(file, size)
        memory = mmap.mmap(-1 if file is None else file, size)
        self._numbers = np.frombuffer(memory, np.float64).reshape(places, width)
        self._lock = Lock()
        self.place = 0

    def add(self, *amounts: tuple[int, float]) -> None:
        """Add to some columns, each with what to add."""
        with self._lock:
            row = self._numbers[self.place]
            for column, amount in amounts:
                row[column] += amount

    def totals(self) -> list[float]:
        """Give the sum of each column over all places."""
        sums: list[float] = self._numbers.sum(axis=0).tolist()
        return sums
