import numpy as np
import pytest

from indexer.engines.evaluation import Matches
from indexer.engines.ranking import Sort, article_scores, rank_articles, rank_paragraphs
from indexer.engines.snapshot import FacetColumn


class Columns:
    """Six paragraphs of three articles; the second article has no date."""

    article = np.array([0, 0, 0, 1, 2, 2], np.int32)
    number = np.array([1, 2, 3, 1, 1, 2], np.int32)
    date = np.array([700, 700, 700, 0, 800, 800], np.int32)

    def facet(self, name: str) -> FacetColumn:
        raise NotImplementedError(name)


def matches(**scores: float) -> Matches:
    documents = sorted(int(name[1:]) for name in scores)
    values = [scores[f"d{document}"] for document in documents]
    return Matches(np.array(documents, np.int32), np.array(values, np.float32))


def ranked(
    found: Matches, sort: Sort, share: float = 0.5, offset: int = 0, limit: int = 10
) -> list[list[int]]:
    _, results = rank_articles(found, Columns(), sort=sort, share=share, offset=offset, limit=limit)
    return [[int(found.documents[place]) for place in result.places] for result in results]


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.0, [4.0, 3.0]), (0.5, [4 + 2 / 2 + 1 / 4, 3.0]), (1.0, [7.0, 3.0])],
)
def test_further_paragraphs_add_ever_less(share: float, expected: list[float]) -> None:
    scores = article_scores(np.array([4, 2, 1, 3], np.float32), np.array([0, 3]), share)
    assert scores.tolist() == expected


def test_more_evidence_outranks_one_slightly_better_paragraph() -> None:
    found = matches(d0=2.0, d1=2.0, d2=2.0, d3=2.1)
    assert ranked(found, "relevance", share=0.5) == [[0, 1, 2], [3]]
    assert ranked(found, "relevance", share=0.0) == [[3], [0, 1, 2]]


def test_an_articles_best_paragraph_comes_first() -> None:
    assert ranked(matches(d0=1.0, d1=3.0, d2=2.0), "relevance") == [[1, 2, 0]]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("relevance", [[3], [0], [4]]), ("newest", [[4], [0], [3]]), ("oldest", [[0], [4], [3]])],
)
def test_articles_are_sorted_and_undated_ones_close_a_list_by_date(
    sort: Sort, expected: list[list[int]]
) -> None:
    assert ranked(matches(d0=2.0, d3=3.0, d4=1.0), sort) == expected


def test_without_any_score_the_newest_come_first() -> None:
    assert ranked(matches(d0=0.0, d3=0.0, d4=0.0), "relevance") == [[4], [0], [3]]


def test_ties_go_to_the_newer() -> None:
    assert ranked(matches(d0=1.0, d3=1.0, d4=1.0), "relevance") == [[4], [0], [3]]


def test_pages_follow_each_other() -> None:
    found = matches(d0=2.0, d3=3.0, d4=1.0)
    pages = [ranked(found, "relevance", offset=offset, limit=1) for offset in range(4)]
    assert pages == [[[3]], [[0]], [[4]], []]


def test_articles_are_counted_whatever_the_limit() -> None:
    found = matches(d0=2.0, d1=2.0, d3=3.0)
    stretch = {"sort": "relevance", "offset": 0, "limit": 0}
    assert rank_articles(found, Columns(), share=0.5, **stretch) == (2, [])  # type: ignore[arg-type]
    assert rank_paragraphs(found, Columns(), **stretch) == (2, [])  # type: ignore[arg-type]


def test_single_paragraphs_are_ranked_by_their_own_score() -> None:
    found = matches(d0=2.0, d1=2.5, d4=2.2)
    articles, results = rank_paragraphs(found, Columns(), sort="relevance", offset=0, limit=10)
    assert articles == 2
    assert [found.documents[result.places].tolist() for result in results] == [[1], [4], [0]]


def test_nothing_found_is_nothing_ranked() -> None:
    assert ranked(matches(), "relevance") == []
