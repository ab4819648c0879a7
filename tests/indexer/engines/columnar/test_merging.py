import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.columnar.merging import LARGEST, plan_merges, plan_settling
from indexer.engines.columnar.segment import ColumnarSegment


def segments(*sizes: int) -> list[ColumnarSegment]:
    return [ColumnarSegment("MAIN", size) for size in sizes]


@pytest.mark.parametrize(
    ("sizes", "merges"),
    [
        ((), []),
        ((9,), []),
        ((1, 1, 1, 1, 1), []),
        ((1, 1, 1, 1, 1, 1), [(0, 6)]),
        # A large segment is left alone for the sake of a few small ones behind it.
        ((30_000, 5, 5, 5, 5, 5, 5), [(1, 7)]),
        # The small ones come first even when larger ones wait.
        ((300, 300, 300, 300, 300, 300, 5, 5, 5, 5, 5, 5), [(6, 12)]),
        ((300, 300, 300, 300, 300, 300, 5), [(0, 7)]),
        # Full segments stay; nearly full ones take in what fits.
        ((65_536, 65_536, 65_536), []),
        ((30_000, 30_000, 30_000), [(0, 2)]),
    ],
)
def test_neighbours_of_a_tier_are_merged(sizes: tuple[int, ...], merges: list[tuple[int, int]]) -> None:
    assert plan_merges(segments(*sizes)) == merges


@pytest.mark.parametrize(
    ("sizes", "merges"),
    [
        ((), []),
        ((9,), []),
        ((5_000, 4_000), [(0, 2)]),
        ((65_536, 30_000, 5_000, 5_000), [(1, 4)]),
        ((30_000, 30_000, 30_000, 5), [(0, 2), (2, 4)]),
        ((40_000, 40_000, 40_000), []),
    ],
)
def test_what_is_settled_has_the_fewest_segments_in_the_same_order(
    sizes: tuple[int, ...], merges: list[tuple[int, int]]
) -> None:
    assert plan_settling(segments(*sizes)) == merges


def test_a_segment_with_many_deletions_is_written_anew() -> None:
    known = segments(1000, 5000)
    for document in range(1300):
        known[1].delete_document(document)
    assert plan_merges(known) == [(1, 2)]


@given(st.lists(st.sampled_from([1, 3, 40, 500, 9_000, 40_000, 65_536]), min_size=1, max_size=60))
def test_one_commit_after_another_keeps_segments_few_and_documents_all(commits: list[int]) -> None:
    sizes: list[int] = []
    for commit in commits:
        sizes.append(commit)
        while merges := plan_merges(segments(*sizes)):
            for first, last in reversed(merges):
                assert sum(sizes[first:last]) <= LARGEST
                sizes[first:last] = [sum(sizes[first:last])]
    assert sum(sizes) == sum(commits)
    # Five tiers of at most five neighbours, and the nearly full ones.
    assert len(sizes) <= 25 + 2 * (sum(commits) // (LARGEST // 2) + 1)
