import datetime as dt
from pathlib import Path

import pytest

from indexer.article import Article
from indexer.readers import ReadProblem, read

from .conftest import Taken, taken_from

BODY = "وزیر خارجه روز شنبه برای گفت‌وگو درباره همکاری‌های دو کشور به مسکو رفت و با همتای خود دیدار کرد."


def taken(folder: Path, content: str | bytes, name: str = "news.txt") -> Taken:
    return taken_from(folder / name, content)


def test_front_matter_names_the_fields(tmp_path: Path) -> None:
    (article,), problems = taken(
        tmp_path,
        '---\nid: a1\ntitle: "سفر: به مسکو"\ndate: ۱۴۰۱/۰۴/۰۲\nsource: نمونه\nurl: https://example.org/1?a=b:c\n'
        f"category: null\ntopic: دیپلماسی\n# یادداشت\n---\n{BODY}\n",
    )
    assert problems == []
    assert article == Article(
        id="a1",
        title="سفر: به مسکو",
        date=dt.date(2022, 6, 23),
        source="نمونه",
        url="https://example.org/1?a=b:c",
        category="",
        text=BODY,
        metadata={"topic": "دیپلماسی"},
        path=str(tmp_path / "news.txt"),
    )


@pytest.mark.parametrize(
    ("content", "title", "text"),
    [
        (f"سفر به مسکو\n\n{BODY}", "سفر به مسکو", BODY),
        (f"سفر به مسکو\n{BODY}", "سفر به مسکو", BODY),
        (f"آیا مذاکرات به نتیجه می‌رسد؟\n\n{BODY}", "آیا مذاکرات به نتیجه می‌رسد؟", BODY),
        (f"\n\n# سفر به مسکو\n\n{BODY}", "سفر به مسکو", BODY),
        (
            f"او به مسکو رفت.\n\n{BODY}",
            "او به مسکو رفت. وزیر خارجه روز شنبه برای گفت‌وگو درباره همکاری‌های…",
            None,
        ),
        (BODY, "وزیر خارجه روز شنبه برای گفت‌وگو درباره همکاری‌های دو کشور به مسکو…", BODY),
        (f"{BODY}\n{BODY}", "وزیر خارجه روز شنبه برای گفت‌وگو درباره همکاری‌های دو کشور به مسکو…", None),
        ("تنها یک خط کوتاه", "تنها یک خط کوتاه", "تنها یک خط کوتاه"),
        (f"---\nsource: نمونه\n---\nسفر به مسکو\n\n{BODY}", "سفر به مسکو", BODY),
        (
            f"---\nاین خط تیره است\n\n{BODY}",
            "--- این خط تیره است وزیر خارجه روز شنبه برای گفت‌وگو درباره",
            None,
        ),
    ],
)
def test_a_bare_text_gives_its_title(tmp_path: Path, content: str, title: str, text: str | None) -> None:
    (article,), problems = taken(tmp_path, content)
    assert (article.title.rstrip("…"), problems) == (title.rstrip("…"), [])
    assert article.text == (content.strip() if text is None else text)


def test_the_title_and_the_text_together_lose_nothing(tmp_path: Path) -> None:
    (article,), _ = taken(tmp_path, f"سفر به مسکو\n{BODY}")
    assert f"{article.title}\n{article.text}" == f"سفر به مسکو\n{BODY}"


@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_a_problem(tmp_path: Path, content: bytes) -> None:
    articles, problems = taken(tmp_path, content)
    assert articles == []
    assert [str(problem) for problem in problems] == [f"{tmp_path / 'news.txt'}: the file is empty"]


def test_front_matter_alone_is_a_problem(tmp_path: Path) -> None:
    articles, (problem,) = taken(tmp_path, "---\ntitle: سفر\n---\n\n")
    assert articles == []
    assert (problem.kind, problem.message) == ("failed", "the text is empty")


def test_a_file_in_two_encodings_is_named_with_its_line(tmp_path: Path) -> None:
    articles, (problem,) = taken(tmp_path, f"{BODY}\nدو\n".encode() + "سفر به مسكو".encode("windows-1256"))
    assert articles == []
    assert str(problem).startswith(f"{tmp_path / 'news.txt'}, line 3: the encoding is not known")


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-16", "UTF-16"), ("windows-1256", "Windows-1256"), ("utf-8", None), ("utf-8-sig", None)],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_are_detected_and_reported(
    tmp_path: Path, encoding: str, name: str | None, line_end: str
) -> None:
    body = BODY.replace("ی", "ي")
    content = f"---{line_end}title: سفر{line_end}---{line_end}{body}{line_end}"
    (article,), problems = taken(tmp_path, content.encode(encoding))
    assert (article.title, article.text) == ("سفر", body)
    assert [(problem.kind, problem.message) for problem in problems] == (
        [("noticed", f"read as {name}")] if name else []
    )


def test_entities_are_resolved_but_not_in_addresses(tmp_path: Path) -> None:
    (article,), problems = taken(
        tmp_path,
        "---\ntitle: &laquo;سفر&raquo;\nurl: https://example.org/?a=1&amp;b=2\nauthor: A&amp;B\n---\n"
        "نامه&zwnj;ای &#1575;ز R&D؛ &nosuch; &copy 5&#x6F1;",
    )
    assert problems == []
    assert article.title == "«سفر»"
    assert article.text == "نامه\u200cای از R&D؛ &nosuch; &copy 5۱"
    assert article.url == "https://example.org/?a=1&amp;b=2"
    assert article.metadata == {"author": "A&B"}


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    (article,), _ = taken(tmp_path, b"\xef\xbb\xbf" + BODY.encode())
    assert article.text == BODY


def test_a_date_that_is_none_costs_the_date_only(tmp_path: Path) -> None:
    (article,), (problem,) = taken(tmp_path, f"---\ntitle: سفر\ndate: دیروز\n---\n{BODY}")
    assert (article.title, article.date, article.text) == ("سفر", None, BODY)
    assert problem.kind == "noticed"
    assert "دیروز" in problem.message


def test_a_line_of_front_matter_that_says_nothing_is_named(tmp_path: Path) -> None:
    (article,), (problem,) = taken(tmp_path, f"---\ntitle: سفر\nبی‌معنا\n---\n{BODY}")
    assert article.title == "سفر"
    assert (problem.kind, problem.line) == ("noticed", 3)


def test_ids_come_from_the_place_or_the_address(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (first,), _ = taken(tmp_path / "a", BODY)
    (second,), _ = taken(tmp_path / "b", BODY)
    (by_address,), _ = taken(tmp_path / "a", f"---\nurl: https://example.org/1\n---\n{BODY}")
    (elsewhere,), _ = taken(tmp_path / "b", f"---\nurl: https://example.org/1\n---\n{BODY}", "other.md")
    file_ids = {next(iter(read(tmp_path / folder / "news.txt", tmp_path))).id for folder in "ab"}  # type: ignore[union-attr]
    assert first.id == second.id, "each lies at the same place of its own base"
    assert len(file_ids) == 2
    assert by_address.id == elsewhere.id
    assert by_address.id not in file_ids - {by_address.id}


def test_other_formats_are_skipped_with_a_word(tmp_path: Path) -> None:
    articles, (problem,) = taken(tmp_path, b"\x89PNG", "photo.png")
    assert (articles, problem.kind) == ([], "skipped")


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    (problem,) = read(tmp_path / "absent.txt", tmp_path)
    assert isinstance(problem, ReadProblem)
    assert problem.kind == "failed"
    assert "absent.txt" in str(problem)
