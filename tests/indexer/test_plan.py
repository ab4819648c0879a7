from pathlib import Path

import pytest

from indexer.article import Article
from indexer.engine import ManifestEntry
from indexer.plan import Plan, plan
from indexer.readers import ReadProblem


def article(id_: str, text: str = "متن", path: str = "/news/a.txt") -> Article:
    return Article(id=id_, text=text, path=path)


def indexed(*articles: Article) -> dict[str, ManifestEntry]:
    return {each.id: ManifestEntry(each.path, each.content_hash) for each in articles}


def compared(found: list[Article | ReadProblem], known: dict[str, ManifestEntry], below: str = "/") -> Plan:
    return plan(found, known, lambda path: Path(path).is_relative_to(below), lambda _read: None)


def counts(made: Plan) -> tuple[int, int, int, int, int]:
    return len(made.new), len(made.changed), len(made.moved), len(made.gone), made.unchanged


A, B, C = (article(id_, f"متن {id_}", f"/news/{id_}.txt") for id_ in "abc")


@pytest.mark.parametrize(
    ("found", "known", "expected"),
    [
        ([], [], (0, 0, 0, 0, 0)),
        ([A, B], [], (2, 0, 0, 0, 0)),
        ([A, B], [A, B], (0, 0, 0, 0, 2)),
        ([A, B, C], [A, B], (1, 0, 0, 0, 2)),
        ([A], [A, B], (0, 0, 0, 1, 1)),
        ([article("a", "دیگر", A.path), B], [A, B], (0, 1, 0, 0, 1)),
        # The same id at another place, and another id with the same content.
        ([article("a", "متن a", "/news/x.txt")], [A], (0, 0, 1, 0, 0)),
        ([article("x", "متن a", "/news/x.txt"), B], [A, B], (0, 0, 1, 0, 1)),
        # A copy is new, not moved: the first is still there.
        ([A, article("x", "متن a", "/news/x.txt")], [A], (1, 0, 0, 0, 1)),
        # Two of the same content moved at once.
        (
            [article("x", "متن a", "/news/x.txt"), article("y", "متن a", "/news/y.txt")],
            [A, article("d", "متن a", "/news/d.txt")],
            (1, 0, 1, 1, 0),
        ),
    ],
)
def test_what_is_new_changed_moved_or_gone(
    found: list[Article | ReadProblem], known: list[Article], expected: tuple[int, ...]
) -> None:
    assert counts(compared(found, indexed(*known))) == expected


def test_a_moved_article_is_written_under_its_new_id_and_dropped_under_the_old() -> None:
    made = compared([article("x", "متن a", "/news/x.txt")], indexed(A))
    assert made.moved == {"a": "x"}
    assert (made.written, made.dropped) == ({"x"}, {"a"})


def test_an_article_that_keeps_its_id_is_not_dropped() -> None:
    made = compared([article("a", "متن a", "/news/x.txt")], indexed(A))
    assert (made.written, made.dropped) == ({"a"}, frozenset())


def test_only_what_the_corpus_covers_can_be_gone() -> None:
    assert compared([], indexed(A), below="/other").gone == frozenset()


def test_an_article_whose_file_cannot_be_read_today_stays() -> None:
    failed = ReadProblem("failed", A.path, "the file is not UTF-8")
    made = compared([failed, B], indexed(A, B))
    assert (made.gone, made.problems) == (frozenset(), (failed,))


def test_an_article_that_was_read_with_a_word_can_be_gone() -> None:
    noticed = ReadProblem("noticed", A.path, "without its date")
    assert compared([noticed], indexed(A)).gone == {"a"}


def test_below_a_folder_that_cannot_be_read_nothing_is_gone() -> None:
    below, beside = article("d", path="/news/barred/deep/d.txt"), article("e", path="/news/barred-not.txt")
    barred = ReadProblem("failed", "/news/barred", "the folder cannot be read")
    made = compared([A, barred], indexed(A, below, beside))
    assert made.gone == {"e"}


def test_the_files_that_articles_were_read_from_are_counted() -> None:
    made = compared([A, B, article("z", path=B.path)], indexed(A))
    assert made.files == 2
