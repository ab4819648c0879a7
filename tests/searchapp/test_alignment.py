import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchapp.alignment import Typed, distances

LETTERS = 4
PADDING = LETTERS


def plain(word: list[int], swap: float = 1.0) -> Typed:
    """Costs of 1 for every edit."""
    codes = np.array(word, np.uint8)
    instead = np.ones((LETTERS, LETTERS + 1), np.float32)
    np.fill_diagonal(instead, 0)
    return Typed(
        instead[codes], np.ones(len(word), np.float32), np.ones(LETTERS + 1, np.float32), codes, swap
    )


def edits(one: list[int], other: list[int]) -> int:
    """The same distance (optimal string alignment), as the textbook has it."""
    table = {(-1, j): j + 1 for j in range(-1, len(other))} | {(i, -1): i + 1 for i in range(-1, len(one))}
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a != b))
            if i and j and a == other[j - 1] and b == one[i - 1]:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one) - 1, len(other) - 1]


WORD = st.lists(st.integers(0, LETTERS - 1), min_size=1, max_size=6)


@given(WORD, st.lists(WORD, min_size=1, max_size=8))
def test_distances_are_the_textbook_s(word, others):
    lengths = np.array([len(other) for other in others], np.intp)
    letters = np.full((8, len(others)), PADDING, np.uint8)
    for at, other in enumerate(others):
        letters[: len(other), at] = other
    assert distances(plain(word), letters, lengths).tolist() == [edits(word, other) for other in others]


@pytest.mark.parametrize("swap", [0.25, 0.5])
def test_a_swap_costs_what_it_is_given(swap):
    letters = np.array([[1], [0]], np.uint8)
    assert distances(plain([0, 1], swap), letters, np.array([2])).tolist() == [swap]
