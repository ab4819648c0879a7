"""Terms a few letters away, found by comparing all terms at once instead of walking an automaton."""

import numpy as np

from .format import AnyArray
from .packing import ragged
from .terms import TermDictionary


def terms_within(dictionary: TermDictionary, text: str, distance: int, prefix: int = 0) -> AnyArray:
    """Number the terms within a Levenshtein distance of ``text`` that share its first ``prefix`` letters.

    As Whoosh counts, a letter put in, left out or replaced is one edit, and two letters swapped are two.
    """
    first, last = dictionary.prefix_range(text[:prefix].encode())
    points, starts = dictionary.code_points
    lengths = np.diff(starts[first : last + 1])
    near = np.flatnonzero(np.abs(lengths - len(text)) <= distance)
    if not len(near):
        return near
    begins, lengths = starts[first:last][near], lengths[near]
    letters = np.zeros((len(near), int(lengths.max())), np.uint32)
    letters[np.arange(letters.shape[1]) < lengths[:, None]] = points[ragged(begins, lengths)]
    return first + near[_distances(letters.T.copy(), lengths, text, distance) <= distance]


def _distances(letters: AnyArray, lengths: AnyArray, text: str, limit: int) -> AnyArray:
    """Edit distances of many words to one; ``letters`` holds a word a column.

    Only the band of the table that can hold distances up to ``limit`` is worked out, a cell of all words
    at a time; beyond it stand distances that are too large.
    """
    far = np.uint8(limit + 1)
    width, count = letters.shape
    row = np.full((width + 1, count), far)
    for j in range(min(limit, width) + 1):
        row[j] = j
    for i, letter in enumerate(text, 1):
        above, row = row, np.full((width + 1, count), far)
        if i <= limit:
            row[0] = i
        for j in range(max(1, i - limit), min(width, i + limit) + 1):
            differs = letters[j - 1] != ord(letter)
            cell = np.minimum(above[j - 1] + differs, np.minimum(above[j], row[j - 1]) + np.uint8(1))
            np.minimum(cell, far, out=row[j], casting="unsafe")
    distances: AnyArray = row[lengths, np.arange(count)]
    return distances
