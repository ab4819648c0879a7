from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paragraphs import split

SEED = Path(__file__).parents[2] / "seeds" / "000_1519392f884bfc35.txt"

LONG = "نمایندگان دو کشور پس از دو روز گفت‌وگو بر سر متن نهایی توافق‌نامه به نتیجه رسیدند و آن را امضا کردند."
OTHER = "سخنگوی وزارت خارجه در نشست هفتگی خود گفت که جزئیات این توافق در روزهای آینده منتشر خواهد شد."


def outline(text: str, longest: int = 180) -> list[tuple[str, str]]:
    return [(paragraph.heading, paragraph.text) for paragraph in split(text, longest)]


def test_the_seed_article_has_thirteen_paragraphs_under_three_headings() -> None:
    paragraphs = split(SEED.read_text(encoding="utf-8"))
    assert [paragraph.number for paragraph in paragraphs] == list(range(1, 14))
    assert {paragraph.number: paragraph.heading for paragraph in paragraphs if paragraph.heading} == {
        4: "تلاش برای منافع مشترک",
        7: "سفرهای امیر عبداللهیان به مسکو",
        12: "نگاهی به روابط ایران و روسیه",
    }


@pytest.mark.parametrize(
    "end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
)
def test_every_kind_of_line_end_parts_paragraphs(end: str) -> None:
    assert [paragraph.text for paragraph in split(f"{LONG}{end}{OTHER}")] == [LONG, OTHER]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n \t\n", []),
        (LONG, [("", LONG)]),
        (f"{LONG}\n{OTHER}", [("", LONG), ("", OTHER)]),
        (f"{LONG}\n\n\n{OTHER}\n", [("", LONG), ("", OTHER)]),
        (f"{LONG}\r\n\r\n{OTHER}", [("", LONG), ("", OTHER)]),
        (f"{LONG}\u2029{OTHER}", [("", LONG), ("", OTHER)]),
        (f"امضای توافق\n{LONG}", [("امضای توافق", LONG)]),
        (f"امضای توافق\n\n{LONG}\n{OTHER}", [("امضای توافق", LONG), ("", OTHER)]),
        (f"روتیتر\nامضای توافق\n{LONG}", [("روتیتر\nامضای توافق", LONG)]),
        (f"وزیر خارجه:\n{LONG}", [("وزیر خارجه:", LONG)]),
        # A sentence, however short, is no heading; nor is what nothing follows.
        (f"او بازگشت.\n{LONG}", [("", "او بازگشت."), ("", LONG)]),
        (f"آیا او بازمی‌گردد؟\n{LONG}", [("", "آیا او بازمی‌گردد؟"), ("", LONG)]),
        (f"او گفت «بازمی‌گردم.»\n{LONG}", [("", "او گفت «بازمی‌گردم.»"), ("", LONG)]),
        (f"{LONG}\nگروه سیاسی", [("", LONG), ("", "گروه سیاسی")]),
        ("تنها یک خط کوتاه", [("", "تنها یک خط کوتاه")]),
        # Short lines in a row are a list.
        (f"الف\nب\nپ\nت\n{LONG}", [("", "الف\nب\nپ\nت"), ("", LONG)]),
    ],
)
def test_headings_belong_to_what_follows(text: str, expected: list[tuple[str, str]]) -> None:
    assert outline(text) == expected


def test_the_last_line_of_a_paragraph_may_lack_its_full_stop() -> None:
    unfinished = LONG.rstrip(".")
    assert outline(f"{unfinished}\n{OTHER}") == [("", unfinished), ("", OTHER)]


WRAPPED = """\
گزارش ویژه
وزیران خارجه سه کشور همسایه دیروز در نشستی که نزدیک به پنج ساعت طول کشید درباره
راه‌های گسترش حمل و نقل دریایی و زمینی و ساختن خط آهن تازه‌ای که بندرهای جنوب را به
مرزهای شمالی می‌رساند گفت‌وگو کردند و قرار شد کارشناسان تا پایان ماه آینده برآورد
هزینه‌ها را آماده کنند.
به گفته یکی از شرکت‌کنندگان در این نشست، بخش بزرگی از هزینه‌ها را بانک توسعه منطقه
خواهد پرداخت و سهم هر کشور پس از پایان بررسی‌ها روشن می‌شود. او افزود که کار ساختن
راه از بهار آینده آغاز خواهد شد.
"""


def test_hard_wrapped_lines_are_put_together_again() -> None:
    paragraphs = outline(WRAPPED)
    assert [heading for heading, _ in paragraphs] == ["گزارش ویژه", ""]
    assert paragraphs[0][1].startswith("وزیران خارجه")
    assert paragraphs[0][1].endswith("هزینه‌ها را آماده کنند.")
    assert "درباره راه‌های" in paragraphs[0][1]
    assert paragraphs[1][1].endswith("آغاز خواهد شد.")


def test_paragraphs_on_single_lines_are_not_taken_for_wrapped_ones() -> None:
    assert len(outline("\n".join([LONG, OTHER] * 4))) == 8


def test_an_endless_block_is_cut_at_its_sentences() -> None:
    pieces = [text for _, text in outline(" ".join([LONG, OTHER] * 20))]
    assert len(pieces) > 2
    assert all(piece.endswith(".") for piece in pieces)
    assert all(len(piece.split()) <= 180 for piece in pieces)
    assert min(len(piece.split()) for piece in pieces) > 60


def test_a_block_within_the_tolerance_stays_whole() -> None:
    block = " ".join(["واژه"] * 215) + "."
    assert outline(block) == [("", block)]


def test_a_heading_stands_over_the_first_piece_only() -> None:
    pieces = outline("امضای توافق\n" + " ".join([LONG] * 20))
    assert [heading for heading, _ in pieces][:2] == ["امضای توافق", ""]


@pytest.mark.parametrize(
    "formula", ["انتهای پیام", "انتهای پیام/۲۵۶", "پایان پیام.", "کد خبر: ۱۲۳۴", "منبع: نمونه", "![](a.png)"]
)
def test_a_formula_belongs_to_the_paragraph_before(formula: str) -> None:
    assert outline(f"{LONG}\n\n{formula}") == [("", f"{LONG}\n{formula}")]
    assert outline(f"{LONG}\n{formula}\n{OTHER}") == [("", f"{LONG}\n{formula}"), ("", OTHER)]
    assert outline(formula) == [("", formula)]


words = st.text(st.sampled_from("ابپتسشمن123.!؟،:»«\u200c"), min_size=1, max_size=9)
lines = st.lists(words, min_size=0, max_size=40).map(" ".join)
texts = st.lists(lines, max_size=20).map("\n".join)


@given(texts, st.integers(20, 60))
def test_no_text_is_lost_and_order_is_kept(text: str, longest: int) -> None:
    put_together = " ".join(f"{p.heading} {p.text}" for p in split(text, longest))
    assert put_together.split() == text.split()


@given(texts, st.integers(20, 60))
def test_pieces_are_numbered_and_bounded(text: str, longest: int) -> None:
    paragraphs = split(text, longest)
    assert [paragraph.number for paragraph in paragraphs] == list(range(1, len(paragraphs) + 1))
    for paragraph in paragraphs:
        assert paragraph.text
        assert paragraph.text == paragraph.text.strip()
        assert len(paragraph.text.split()) <= longest * 1.2


@given(st.text(max_size=300))
def test_any_text_at_all_can_be_split(text: str) -> None:
    assert " ".join(f"{p.heading} {p.text}" for p in split(text, 20)).split() == text.split()
