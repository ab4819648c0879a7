from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from indexer.engines.columnar.columns import ColumnarColumns
from indexer.engines.columnar.marked import Marked
from indexer.engines.columnar.ranking import Sort, kth_largest, top_articles, top_paragraphs

Found = tuple[Marked, np.ndarray]


class Segment:
    """Six paragraphs of three articles; the second article has no date."""

    def column(self, name: str) -> np.ndarray:
        columns = {"number": [1, 2, 3, 1, 1, 2], "date": [700, 700, 700, 0, 800, 800]}
        return np.array(columns[name], np.int32)


segment: Any = Segment()
COLUMNS = ColumnarColumns([segment])


def kept(**scores: float) -> Found:
    """The paragraphs that match, as ``d`` and their number, with their scores."""
    mask, spread = np.zeros(6, np.bool_), np.zeros(6, np.float32)
    for name, score in scores.items():
        mask[int(name[1:])], spread[int(name[1:])] = True, score
    return Marked(mask, COLUMNS), spread


def ranked(
    found: Found,
    sort: Sort = "relevance",
    *,
    said: tuple[float, float, float] | None = None,
    share: float = 1.0,
    offset: int = 0,
    limit: int = 10,
) -> list[list[int]]:
    """The paragraphs of every article that is shown; ``said`` is what each article says as a whole."""
    evidence = None if said is None else np.array(said, np.float32)
    results = top_articles(*found, sort=sort, evidence=evidence, share=share, offset=offset, limit=limit)
    return [result.places.tolist() for result in results]


def test_what_an_article_says_as_a_whole_outranks_one_better_paragraph() -> None:
    found = kept(d0=2.0, d1=2.0, d2=2.0, d3=2.1)
    assert ranked(found, said=(5.0, 4.0, 0.0), share=0.3) == [[0, 1, 2], [3]]
    assert ranked(found, said=(0.0, 0.0, 0.0), share=0.3) == [[3], [0, 1, 2]]
    assert ranked(found, said=(0.05, 0.0, 9.0), share=1.0) == [[3], [0, 1, 2]]


def test_an_articles_best_paragraph_comes_first() -> None:
    assert ranked(kept(d0=1.0, d1=3.0, d2=2.0)) == [[1, 2, 0]]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("relevance", [[3], [0], [4]]), ("newest", [[4], [0], [3]]), ("oldest", [[0], [4], [3]])],
)
def test_articles_are_sorted_and_undated_ones_close_a_list_by_date(
    sort: Sort, expected: list[list[int]]
) -> None:
    assert ranked(kept(d0=2.0, d3=3.0, d4=1.0), sort) == expected


def test_without_any_score_the_newest_come_first() -> None:
    assert ranked(kept(d0=0.0, d3=0.0, d4=0.0)) == [[4], [0], [3]]


def test_ties_go_to_the_newer() -> None:
    assert ranked(kept(d0=1.0, d3=1.0, d4=1.0)) == [[4], [0], [3]]


def test_pages_follow_each_other() -> None:
    found = kept(d0=2.0, d3=3.0, d4=1.0)
    assert [ranked(found, offset=offset, limit=1) for offset in range(4)] == [[[3]], [[0]], [[4]], []]


def test_nothing_is_ranked_where_nothing_is_wanted() -> None:
    found = kept(d0=2.0, d1=2.0, d3=3.0)
    assert ranked(found, said=(1.0, 1.0, 1.0), limit=0) == []
    assert top_paragraphs(*found, sort="relevance", offset=0, limit=0) == []


def test_paragraphs_are_counted_by_article() -> None:
    marked, _ = kept(d0=2.0, d1=2.0, d3=3.0)
    assert (marked.total, marked.articles, marked.by_article.tolist()) == (3, 2, [2, 1, 0])
    rest = marked.without_articles(np.array([0]))
    assert (rest.total, rest.articles, rest.by_article.tolist()) == (1, 1, [0, 1, 0])
    assert rest.documents.tolist() == [3]


def test_single_paragraphs_are_ranked_by_their_own_score() -> None:
    results = top_paragraphs(*kept(d0=2.0, d1=2.5, d4=2.2), sort="relevance", offset=0, limit=10)
    assert [result.places.tolist() for result in results] == [[1], [4], [0]]


def test_nothing_found_is_nothing_ranked() -> None:
    assert ranked(kept()) == []


@given(hnp.arrays(np.int32, st.integers(1, 400)), st.data())
def test_the_bound_keeps_the_largest(values: np.ndarray, data: st.DataObject) -> None:
    k = data.draw(st.integers(1, len(values)))
    bound = kth_largest(values, k)
    assert np.count_nonzero(values >= bound) >= k
    assert bound <= np.sort(values)[-k]
