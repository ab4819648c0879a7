from pathlib import Path

import pytest

from indexer.paragraphs import split
from indexer.readers.markdown import shown

from .conftest import taken_from

BODY = "وزیر خارجه روز شنبه برای گفت‌وگو درباره همکاری‌های دو کشور به مسکو رفت و با همتای خود دیدار کرد."


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("", ""),
        ("**تحریم** و *نفت* و ~~گاز~~ و `کد`", "تحریم و نفت و ~~گاز~~ و کد"),
        ("# سفر به مسکو\n\nمتن", "سفر به مسکو\n\nمتن"),
        ("سفر به مسکو\n===\nمتن", "سفر به مسکو\n\nمتن"),
        ("خط یکم\nخط دوم\n\nبند دوم", "خط یکم\nخط دوم\n\nبند دوم"),
        ("[لاوروف](https://example.org/a_b) آمد", "لاوروف آمد"),
        ("![عکس](x.jpg)\n\nمتن", "متن"),
        ("> نقل **قول**\n> دنباله\n\nمتن", "نقل قول\nدنباله\n\nمتن"),
        ("۱. نفت\n۲. گاز", "۱. نفت\n۲. گاز"),
        ("1. نفت\n2. گاز", "نفت\nگاز"),
        ("- نفت\n  - خام\n- گاز", "نفت\nخام\nگاز"),
        ("| کشور | سهم |\n|---|---|\n| قطر | ۱۲ |", "کشور\nسهم\nقطر\n۱۲"),
        ("    چهار فاصله در آغاز بند", "چهار فاصله در آغاز بند"),
        ("متن\n\n---\n\nدنباله", "متن\n\nدنباله"),
        ("<div>متن <b>پررنگ</b></div>\n\n<!-- یادداشت -->", "متن پررنگ"),
        ("قطر &amp; عمان می&zwnj;روند", "قطر & عمان می\u200cروند"),
        ("بند ۳_۲ و ۵*۶ و <تحریم>", "بند ۳_۲ و ۵*۶ و <تحریم>"),
        ("**نیمه", "**نیمه"),
    ],
)
def test_a_reader_sees_the_text_without_marks(markdown: str, text: str) -> None:
    assert shown(markdown) == text


def test_a_file_gives_its_heading_as_title_and_its_parts_as_paragraphs(tmp_path: Path) -> None:
    content = f"---\nsource: نمونه\n---\n# سفر به **مسکو**\n\n{BODY}\n\n## موضوع نفت\n\n{BODY}\n"
    (article,), problems = taken_from(tmp_path / "news.md", content)
    assert (article.title, article.source, problems) == ("سفر به مسکو", "نمونه", [])
    assert [(each.heading, each.text) for each in split(article.text)] == [("", BODY), ("موضوع نفت", BODY)]


def test_a_heading_that_another_follows_is_the_title(tmp_path: Path) -> None:
    (article,), _ = taken_from(tmp_path / "news.md", f"# سفر به مسکو\n\n## نفت\n\n{BODY}\n\n- نفت\n- گاز\n")
    assert (article.title, article.text) == ("سفر به مسکو", f"نفت\n\n{BODY}\n\nنفت\nگاز")


def test_plain_text_under_this_suffix_loses_nothing(tmp_path: Path) -> None:
    (article,), _ = taken_from(tmp_path / "news.md", f"سفر به مسکو\n{BODY}\n{BODY}")
    assert (article.title, article.text) == ("سفر به مسکو", f"{BODY}\n{BODY}")


@pytest.mark.parametrize("content", ["![عکس](x.jpg)", "---\ntitle: سفر\n---\n<!-- هیچ -->"])
def test_a_file_that_shows_no_text_is_a_problem(tmp_path: Path, content: str) -> None:
    articles, (problem,) = taken_from(tmp_path / "news.md", content)
    assert articles == []
    assert str(problem).endswith("the text is empty")
