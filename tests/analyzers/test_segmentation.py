from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.segmentation import Segmenter

COSTS = {
    "وزیر": 350,
    "امور": 380,
    "خارجه": 390,
    "ایران": 300,
    "آن": 300,
    "ای": 400,
    "ران": 450,
    "سازمان": 350,
    "ساز": 400,
}


def words_at(letters: str) -> Iterator[tuple[int, int]]:
    return ((len(word), cost) for word, cost in COSTS.items() if letters.startswith(word))


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(words_at, budget=350, per_letter=100)


@pytest.mark.parametrize(
    ("key", "cuts"),
    [
        ("وزیرامورخارجه", (4, 8)),
        ("امورخارجه", (4,)),
        ("ایران", ()),
        ("سازمان", ()),
        ("سازمانآن", (6,)),
        ("ناشناخته", ()),
        ("", ()),
        ("وزیر" * 100, ()),
    ],
)
def test_cuts(segmenter: Segmenter, key: str, cuts: tuple[int, ...]) -> None:
    assert segmenter.cuts(key) == cuts


@given(st.lists(st.sampled_from(sorted(COSTS)), min_size=1, max_size=8))
def test_pieces_are_words_and_nothing_is_lost(words: list[str]) -> None:
    key = "".join(words)
    edges = (0, *Segmenter(words_at, budget=100_000, per_letter=0).cuts(key), len(key))
    pieces = [key[start:end] for start, end in pairwise(edges)]
    assert "".join(pieces) == key
    assert pieces == [key] or all(piece in COSTS for piece in pieces)


@given(st.text(alphabet="اوزیرمخجهنآس", max_size=60))
def test_borders_are_inside_and_in_order(segmenter: Segmenter, key: str) -> None:
    cuts = segmenter.cuts(key)
    assert list(cuts) == sorted(set(cuts))
    assert all(0 < cut < len(key) for cut in cuts)
