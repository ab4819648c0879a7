import datetime as dt
from pathlib import Path

import pytest

from .conftest import Taken, taken_from


def taken(folder: Path, content: str | bytes) -> Taken:
    return taken_from(folder / "news.csv", content)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_header_names_the_keys(tmp_path: Path, delimiter: str, codec: str, line_end: str) -> None:
    rows = [
        ["id", " Title", "date", "text", "author"],
        ["a1", "سفر", "1401/04/02", '"بند يک.\nبند ""دو"", و سه; چهار."', "نويسنده"],
        ["", "", "", "خبر دو", ""],
    ]
    content = line_end.join(delimiter.join(row) for row in rows) + line_end
    (first, second), problems = taken(tmp_path, content.encode(codec))
    assert (first.id, first.title, first.date) == ("a1", "سفر", dt.date(2022, 6, 23))
    assert first.text == 'بند يک.\nبند "دو", و سه; چهار.'
    assert first.metadata == {"author": "نويسنده"}
    assert (second.text, second.title, second.date, second.metadata) == ("خبر دو", "", None, {})
    assert all(problem.message.startswith("read as") for problem in problems)


def test_problems_name_the_line_that_a_row_begins_in(tmp_path: Path) -> None:
    articles, problems = taken(
        tmp_path, 'title,text\nیک,"خبر\nدو خط"\nبی‌متن,\n\nسه,خبر سه,زیادی\nچهار,خبر چهار\n'
    )
    assert [article.text for article in articles] == ["خبر\nدو خط", "خبر سه", "خبر چهار"]
    assert [(problem.kind, problem.line) for problem in problems] == [("failed", 4), ("noticed", 6)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the file is empty"),
        (" \n\n", "the file is empty"),
        ("title,body\nالف,ب\n", "line 1: the header names no column 'text', but title, body"),
        (b"text\n\xff\xfe\n", "line 2: the encoding is not known"),
        ('text\n"بی‌پایان\n', "line 2: not a valid table"),
    ],
)
def test_a_file_of_no_articles_is_a_problem(tmp_path: Path, content: str | bytes, message: str) -> None:
    articles, (problem,) = taken(tmp_path, content)
    assert (articles, problem.kind) == ([], "failed")
    assert message in str(problem)


def test_rows_before_a_broken_one_are_kept(tmp_path: Path) -> None:
    articles, (problem,) = taken(tmp_path, 'text\nخبر یک\n"خبر" دو\nخبر سه\n')
    assert [article.text for article in articles] == ["خبر یک"]
    assert (problem.kind, problem.line) == ("failed", 3)


def test_a_row_keeps_its_id_wherever_it_stands(tmp_path: Path) -> None:
    before, _ = taken(tmp_path, "text\nیک\nدو\n")
    after, _ = taken(tmp_path, "text\nسه\nدو\nیک\n")
    assert {article.id for article in before} < {article.id for article in after}


def test_a_long_cell_is_read(tmp_path: Path) -> None:
    text = "خبر " * 100_000
    (article,), problems = taken(tmp_path, f"text\n{text}\n")
    assert (article.text, problems) == (text.strip(), [])
