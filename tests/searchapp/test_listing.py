"""What a terminal shows of an answer, and what a pipe gets."""

from io import StringIO

import pytest
from rich.console import Console

from searchapp.commands.listing import Listing
from searchapp.models import SearchParameters
from searchapp.search import SearchService

ISOLATES = {"\u2068", "\u2069"}


def shown(service: SearchService, question: str, *, terminal: bool) -> str:
    out = StringIO()
    colors = "standard" if terminal else None
    console = Console(file=out, force_terminal=terminal, width=200, highlight=False, color_system=colors)
    Listing(console).show(service.search(SearchParameters(q=question)))
    return out.getvalue()


def test_a_terminal_gets_marks_and_isolates_that_are_closed(news):
    text = shown(news, "تحریم", terminal=True)
    assert "\x1b[1;36mتحریم" in text
    assert "\u2068moscow#p2\u2069" in text
    for line in text.splitlines():
        assert line.count("\u2068") == line.count("\u2069")


def test_a_pipe_gets_bare_text(news):
    text = shown(news, "تحریم", terminal=False)
    assert "moscow#p2" in text
    assert not ISOLATES.intersection(text)
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("jpvdl", "برای «jpvdl» چیزی پیدا نشد؛ این‌ها نتایج «تحریم» است (چیدمان دیگر صفحه‌کلید)."),
        ("ایران روسیه مضاکرات رایزنی", "شاید این را می‌خواستید: ایران روسیه مذاکرات رایزنی (املای نزدیک)"),
        ("روسیه", "صورت‌های مرتبط هم جست‌وجو شد: "),
        ("کشور:آتلانتیس تحریم", "«آتلانتیس» کشور شناخته‌شده‌ای نیست و واژهٔ ساده خوانده شد."),
        ("قسطنطنیه", "چیزی پیدا نشد."),
        ("تحریم", " بند در "),
    ],
)
def test_what_was_done_to_a_question_is_said(news, question, said):
    assert said in shown(news, question, terminal=False)
