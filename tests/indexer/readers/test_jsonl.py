import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article
from indexer.readers import ReadProblem, read

from .conftest import Taken, taken_from


def taken(folder: Path, *lines: object) -> Taken:
    raw = [
        line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines
    ]
    return taken_from(folder / "news.jsonl", b"\n".join(raw))


def test_all_fields_are_taken_and_unknown_ones_kept(tmp_path: Path) -> None:
    (article,), problems = taken(
        tmp_path,
        {
            "id": 17,
            "title": "سفر  به\nمسکو",
            "date": "2022-06-23",
            "source": "نمونه",
            "url": None,
            "text": " متن خبر. ",
            "tags": ["الف", "ب"],
            "author": "نویسنده",
            "empty": None,
        },
    )
    assert problems == []
    assert (article.id, article.title, article.text) == ("17", "سفر به مسکو", "متن خبر.")
    assert article.date == dt.date(2022, 6, 23)
    assert article.url == ""
    assert article.metadata == {"tags": '["الف", "ب"]', "author": "نویسنده"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"text": "x"', "not valid JSON"),
        (b"[1, 2]", "must be a JSON object"),
        (b'"text"', "must be a JSON object"),
        ({"title": "بی‌متن"}, "there is no text"),
        ({"text": None}, "there is no text"),
        ({"text": "  "}, "the text is empty"),
        ({"text": ["الف"]}, "'text' must be text"),
        ({"text": "x", "title": {"fa": "عنوان"}}, "'title' must be text"),
        ({"text": True}, "'text' must be text"),
        (b'{"text": "\xff\xfe"}', "encoding is not known"),
        (b"[" * 100_000, "recursion"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(tmp_path: Path, line: object, message: str) -> None:
    articles, (problem,) = taken(tmp_path, {"text": "خبر یک"}, line, {"text": "خبر سه"})
    assert [article.text for article in articles] == ["خبر یک", "خبر سه"]
    assert str(problem).startswith(f"{tmp_path / 'news.jsonl'}, line 2: ")
    assert message in str(problem)
    assert problem.kind == "failed"


def test_a_bad_date_costs_the_date_only(tmp_path: Path) -> None:
    articles, (problem,) = taken(tmp_path, {"text": "خبر", "date": "18 July"})
    assert [article.date for article in articles] == [None]
    assert (problem.kind, problem.line) == ("noticed", 1)


def test_blank_lines_and_a_byte_order_mark_are_nothing(tmp_path: Path) -> None:
    articles, problems = taken(tmp_path, b'\xef\xbb\xbf{"text": "a"}', b"", b"  \r", {"text": "b"}, b"")
    assert ([article.text for article in articles], problems) == (["a", "b"], [])


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_empty_file_is_a_problem(tmp_path: Path, content: bytes) -> None:
    articles, (problem,) = taken(tmp_path, content)
    assert (articles, problem.message) == ([], "the file is empty")


def test_a_line_in_another_encoding_is_read_and_the_first_of_them_named(tmp_path: Path) -> None:
    old = '{"text": "وزير خارجه ايران به مسکو رفت"}'.encode("windows-1256")
    articles, (problem,) = taken(tmp_path, {"text": "خبر یک"}, old, old)
    assert [article.text for article in articles] == ["خبر یک", *["وزير خارجه ايران به مسکو رفت"] * 2]
    assert (problem.kind, problem.line) == ("noticed", 2)
    assert "Windows-1256" in problem.message


def test_lines_in_utf16_are_read(tmp_path: Path) -> None:
    content = '{"text": "خبر یک"}\r\n{"text": "خبر دو"}\n{broken\n'
    file = tmp_path / "news.jsonl"
    file.write_bytes(content.encode("utf-16"))
    noticed, first, second, failed = read(file, tmp_path)
    assert [each.text for each in (first, second) if isinstance(each, Article)] == ["خبر یک", "خبر دو"]
    assert "read as UTF-16" in str(noticed)
    assert "line 3: not valid JSON" in str(failed)


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_column_is_counted_from_the_beginning_of_its_line(tmp_path: Path, end: str) -> None:
    _, (problem,) = taken(tmp_path, {"text": "خبر یک"}, b'{"text": ' + end.encode())
    assert (problem.line, problem.message) == (2, "not valid JSON: Expecting value, column 10")


def test_a_broken_utf16_file_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_bytes('{"text": "خبر"}\n'.encode("utf-16") + b"\x00")
    *_, problem = read(file, tmp_path)
    assert isinstance(problem, ReadProblem)
    assert (problem.kind, "UTF-16" in problem.message) == ("failed", True)


def test_half_a_surrogate_pair_is_replaced(tmp_path: Path) -> None:
    (article,), _ = taken(tmp_path, b'{"text": "a\\ud800b \\ud83d\\ude00"}')
    assert article.text == "a\ufffdb \U0001f600"
    assert article.content_hash
    (article,), _ = taken(tmp_path, b'{"text": "a", "\\udc00": "b"}')
    assert article.metadata == {"\ufffd": "b"}
    assert article.content_hash


def test_an_unnamed_article_is_known_by_its_content_wherever_its_line_is(tmp_path: Path) -> None:
    one, two = {"text": "خبر یک"}, {"text": "خبر دو"}
    before, _ = taken(tmp_path, one, two)
    after, _ = taken(tmp_path, {"text": "خبر تازه"}, two, one)
    assert {article.id for article in before} < {article.id for article in after}
    assert len({article.id for article in after}) == 3


def test_the_same_fields_mean_the_same_hash_and_others_another(tmp_path: Path) -> None:
    base = {"id": "1", "title": "عنوان", "date": "2022-06-23", "source": "s", "category": "c", "text": "متن"}
    variants = [{**base, key: f"{value}x" if key != "date" else "2022-06-24"} for key, value in base.items()]
    (article, *others), _ = taken(tmp_path, base, *variants[1:], {**base, "extra": "بیشتر"})
    assert len({each.content_hash for each in (article, *others)}) == len(others) + 1
    (again,), _ = taken(tmp_path, {**dict(reversed(base.items())), "id": "other"})
    assert again.content_hash == article.content_hash


KEYS = (
    st.sampled_from(["id", "title", "date", "source", "url", "category", "text", "text", "note"]) | st.text()
)
HALVES = st.text(st.characters(categories=["Cs", "Ll"]))
NUMBERS = st.integers() | st.floats() | st.integers(2**62, 2**70)
LEAVES = st.none() | st.booleans() | NUMBERS | st.text() | HALVES | st.just("&laquo;خبر&raquo;")
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)
)
LINES = st.one_of(
    st.dictionaries(KEYS, VALUES, max_size=6).map(lambda values: json.dumps(values, ensure_ascii=False)),
    VALUES.map(json.dumps),
    st.dictionaries(KEYS, VALUES).map(lambda values: json.dumps(values)[:-1]),
    st.sampled_from(['{"text": 1e999}', '{"text": "a\\ud800"}', '{"text": "\\ud800\\u0041"}', '{"id": 01}']),
    st.text(st.characters(exclude_characters="\ufeff")),
)


@given(st.lists(LINES, min_size=1, max_size=4))
def test_a_line_means_what_the_same_line_in_another_encoding_means(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    """Lines of UTF-8 are read by another library than those of UTF-16."""
    file = tmp_path_factory.getbasetemp() / "news.jsonl"
    content = "\n".join(["{}", *lines]).encode("utf-8", "replace").decode()
    file.write_bytes(content.encode())
    narrow = list(read(file, file.parent))
    file.write_bytes(content.encode("utf-16"))
    notice, *wide = read(file, file.parent)
    assert "read as UTF-16" in str(notice)
    assert narrow == wide
