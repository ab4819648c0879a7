"""Compares one typed word with many words at once, so that the nearest of a whole index is found in time.

A weighted edit distance (Wagner and Fischer 1974, swaps after Damerau 1964) whose table is filled cell by
cell, each cell for all words together.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Costs = NDArray[np.float32]
Letters = NDArray[np.uint8]


class Typed(NamedTuple):
    """A typed word of ``n`` signs as costs over an alphabet of ``a`` letters.

    ``instead`` (n, a) is the cost of a sign where a letter is meant, ``extra`` (n) of a sign where none is,
    ``missing`` (a) of a letter without a sign. ``letters`` (n) are the signs as letters, empty where signs
    are no letters; ``swap`` is then the cost of two neighbours swapped.
    """

    instead: Costs
    extra: Costs
    missing: Costs
    letters: Letters
    swap: float


def distances(typed: Typed, words: Letters, lengths: NDArray[np.intp]) -> Costs:
    """Return what it costs to have meant each word.

    ``words`` (longest, words) holds a word a column, padded after ``lengths`` (words) letters.
    """
    longest = int(lengths.max(initial=0))
    count = words.shape[1]
    table = np.empty((3, longest + 1, count), np.float32)
    missing = typed.missing[words[:longest]]
    table[0, 0] = 0
    for column in range(longest):
        table[0, column + 1] = table[0, column] + missing[column]
    swaps = len(typed.letters) > 0
    for row in range(len(typed.extra)):
        before, here, earlier = table[row % 3], table[(row + 1) % 3], table[(row - 1) % 3]
        instead = typed.instead[row][words[:longest]]
        here[0] = before[0] + typed.extra[row]
        np.minimum(before[:-1] + instead, before[1:] + typed.extra[row], out=here[1:])
        if swaps and row and longest > 1:
            crossed = (words[1:longest] == typed.letters[row - 1]) & (
                words[: longest - 1] == typed.letters[row]
            )
            np.minimum(here[2:], np.where(crossed, earlier[:-2] + typed.swap, np.inf), out=here[2:])
        for column in range(longest):
            np.minimum(here[column + 1], here[column] + missing[column], out=here[column + 1])
    final: Costs = table[len(typed.extra) % 3][lengths, np.arange(count)]
    return final
