import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.article import Article
from indexer.corpus import Corpus, CorpusError
from indexer.readers import ReadProblem

EXCLUDE = (".*", "README*", "judgements")


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    def write(name: str, content: str) -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
        return file

    return write


def names(corpus: Corpus, root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in corpus.files() if isinstance(path, Path)]


def test_all_files_below_are_walked_in_order_but_for_the_excluded(
    tmp_path: Path, write: Callable[[str, str], Path]
) -> None:
    for name in (
        "b.txt",
        "a/z.txt",
        "a/c/d.md",
        ".git/x.txt",
        "README.md",
        "judgements/q.jsonl",
        "a/.hidden.txt",
    ):
        write(name, "متن")
    assert names(Corpus([tmp_path], EXCLUDE, tmp_path), tmp_path) == ["b.txt", "a/z.txt", "a/c/d.md"]


def test_a_root_is_taken_even_when_its_name_is_excluded(
    tmp_path: Path, write: Callable[[str, str], Path]
) -> None:
    write(".store/a.txt", "متن")
    file = write("README.md", "متن")
    assert names(Corpus([tmp_path / ".store", file], EXCLUDE, tmp_path), tmp_path) == [
        ".store/a.txt",
        "README.md",
    ]


def test_roots_that_overlap_give_each_file_once(tmp_path: Path, write: Callable[[str, str], Path]) -> None:
    write("a/x.txt", "متن")
    corpus = Corpus([tmp_path / "a", tmp_path, tmp_path / "a" / ".." / "a" / "x.txt"], EXCLUDE, tmp_path)
    assert names(corpus, tmp_path) == ["a/x.txt"]


def test_a_missing_root_is_an_error_and_not_an_empty_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="absent does not exist"):
        Corpus([tmp_path / "absent"], EXCLUDE, tmp_path)


def test_a_root_that_vanished_covers_what_was_below(tmp_path: Path) -> None:
    corpus = Corpus([tmp_path / "gone"], EXCLUDE, tmp_path, vanished=True)
    assert list(corpus.files()) == []
    assert corpus.covers(str(tmp_path / "gone" / "a.txt"))


def test_takes_knows_what_is_left_out(tmp_path: Path, write: Callable[[str, str], Path]) -> None:
    root = write(".store/a.txt", "متن").parent
    corpus = Corpus([root], EXCLUDE, tmp_path)
    taken = ["a.txt", "b/gone.txt", "b", "."]
    left_out = [".a.txt.swp", ".git/a.txt", "b/README.md", "judgements/q.jsonl", "../other.txt"]
    assert all(corpus.takes(root / name) for name in taken)
    assert not any(corpus.takes((root / name).resolve()) for name in left_out)


def test_a_second_use_of_an_id_is_named_with_both_places(
    tmp_path: Path, write: Callable[[str, str], Path]
) -> None:
    first = write("a.txt", "---\nid: same\n---\nمتن یک")
    second = write("b.jsonl", '{"id": "same", "text": "متن دو"}\n{"id": "other", "text": "متن سه"}')
    found = list(Corpus([tmp_path], EXCLUDE, tmp_path).read())
    assert [each.text for each in found if isinstance(each, Article)] == ["متن یک", "متن سه"]
    (problem,) = [each for each in found if isinstance(each, ReadProblem)]
    assert problem.kind == "failed"
    assert problem.path == str(second)
    assert "'same'" in problem.message
    assert str(first) in problem.message


def test_ids_are_the_same_wherever_the_project_lies(
    tmp_path: Path, write: Callable[[str, str], Path]
) -> None:
    write("here/seeds/a.txt", "متن")
    write("there/seeds/a.txt", "متن")
    ids = {
        next(iter(Corpus([tmp_path / place / "seeds"], EXCLUDE, tmp_path / place).read())).id  # type: ignore[union-attr]
        for place in ("here", "there")
    }
    assert len(ids) == 1


def test_covers_knows_what_lies_below(tmp_path: Path, write: Callable[[str, str], Path]) -> None:
    write("a/x.txt", "متن")
    corpus = Corpus([tmp_path / "a"], EXCLUDE, tmp_path)
    assert corpus.covers(str(tmp_path / "a" / "gone.txt"))
    assert not corpus.covers(str(tmp_path / "ab" / "x.txt"))


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up, for a while, the right of root to read everything."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_a_folder_that_cannot_be_read_is_named() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        for child in ("a", "b"):
            (folder / child).mkdir()
            (folder / child / "x.txt").write_text("متن", encoding="utf-8")
        (folder / "a").chmod(0)
        with as_nobody():
            found = list(Corpus([folder], EXCLUDE, folder).read())
        (folder / "a").chmod(0o755)
    assert [each.path for each in found if isinstance(each, Article)] == [str(folder / "b" / "x.txt")]
    problems = [each for each in found if isinstance(each, ReadProblem)]
    assert [(each.kind, each.path) for each in problems] == [("failed", str(folder / "a"))]
    assert "Permission denied" in problems[0].message


def test_what_is_neither_file_nor_folder_is_named_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "absent.txt")
    (tmp_path / "elsewhere").symlink_to("/usr")
    found = list(Corpus([tmp_path], EXCLUDE, tmp_path).read())
    assert sorted((Path(each.path).name, each.kind) for each in found if isinstance(each, ReadProblem)) == [
        ("elsewhere", "skipped"),
        ("loop.txt", "failed"),
        ("nowhere.txt", "failed"),
        ("pipe.txt", "skipped"),
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", ""),
        ("a.md", "---\ntitle: عنوان\n---\n"),
        ("a.jsonl", "\n\n"),
        ("a.json", "[]"),
        ("a.csv", "title,text\n"),
        ("a.html", "<html></html>"),
        ("a.rss", "<rss version='2.0'><channel><title>x</title></channel></rss>"),
        ("a.xml", "<note/>"),
        ("a.png", "x"),
    ],
)
def test_no_file_goes_without_a_word(
    tmp_path: Path, write: Callable[[str, str], Path], name: str, content: str
) -> None:
    write(name, content)
    found = list(Corpus([tmp_path], EXCLUDE, tmp_path).read())
    assert found
    assert all(isinstance(each, ReadProblem) and each.kind != "noticed" for each in found)
