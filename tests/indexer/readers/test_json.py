import json
from pathlib import Path

import pytest

from .conftest import Taken, taken_from


def taken(folder: Path, content: object) -> Taken:
    raw = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False, indent=1)
    return taken_from(folder / "news.json", raw)


def test_an_object_is_one_article_known_by_its_place(tmp_path: Path) -> None:
    (article,), problems = taken(tmp_path, {"title": "سفر", "text": "خبر یک", "author": "نویسنده"})
    assert (article.title, article.text, article.metadata) == ("سفر", "خبر یک", {"author": "نویسنده"})
    assert problems == []
    (changed,), _ = taken(tmp_path, {"text": "خبر دو"})
    assert changed.id == article.id


def test_an_array_holds_many_known_by_their_content(tmp_path: Path) -> None:
    first, _ = taken(tmp_path, [{"text": "خبر یک"}, {"text": "خبر دو"}])
    again, _ = taken(tmp_path, [{"text": "خبر سه"}, {"text": "خبر دو"}, {"text": "خبر یک"}])
    assert [article.text for article in first] == ["خبر یک", "خبر دو"]
    assert {article.id for article in first} < {article.id for article in again}


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("متن", "must be a JSON object, {…}"),
        (None, "must be a JSON object"),
        ({"title": "بی‌متن"}, "there is no text"),
        ({"text": ["الف"]}, "'text' must be text"),
    ],
)
def test_a_bad_item_is_named_and_the_rest_is_read(tmp_path: Path, item: object, message: str) -> None:
    articles, (problem,) = taken(tmp_path, [{"text": "خبر یک"}, item, {"text": "خبر سه"}])
    assert [article.text for article in articles] == ["خبر یک", "خبر سه"]
    assert problem.kind == "failed"
    assert problem.message.startswith("item 2: ")
    assert message in problem.message


def test_a_bad_date_of_an_item_costs_the_date_only(tmp_path: Path) -> None:
    articles, (problem,) = taken(tmp_path, [{"text": "خبر", "date": "روزی"}])
    assert [article.date for article in articles] == [None]
    assert (problem.kind, problem.message.startswith("item 1: ")) == ("noticed", True)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b"[]", "the array is empty"),
        (b"17", "an object"),
        (b'"text"', "an object"),
        (b'[{"text": "x"},\n{', "line 2: not valid JSON"),
        (b"[" * 100_000, "recursion"),
        (b'{"text": "\xff\xfe"}', "encoding is not known"),
    ],
)
def test_a_file_of_no_articles_is_a_problem(tmp_path: Path, content: bytes, message: str) -> None:
    articles, (problem,) = taken(tmp_path, content)
    assert articles == []
    assert message in str(problem).replace("a JSON object", "an object")


@pytest.mark.parametrize("codec", ["utf-16", "windows-1256", "utf-8-sig"])
def test_other_encodings_are_read(tmp_path: Path, codec: str) -> None:
    (article,), problems = taken(tmp_path, '{"text": "سفير ايران"}'.encode(codec))
    assert article.text == "سفير ايران"
    assert [problem.kind for problem in problems] == (["noticed"] if codec != "utf-8-sig" else [])
