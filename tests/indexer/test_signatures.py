"""A reprint is known for one however it is typed, and the next notice of its kind is not taken for it."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article
from indexer.enrichment import Enrichment
from indexer.signatures import SIGNATURE_BYTES, signature

STORY = (
    "وزیران خارجه دو کشور عصر دیروز در پایان گفت‌وگوهای خود بیانیه‌ای مشترک منتشر کردند. "
    "آن‌ها در این بیانیه از پیشرفت مذاکرات دربارهٔ کریدور شمال ـ جنوب خبر داده‌اند و گفته‌اند "
    "کارگروه‌های فنی از هفتهٔ آینده کار خود را آغاز می‌کنند.\n"
    "به گفتهٔ سخنگوی هیئت میزبان، طرف‌ها دربارهٔ تعرفه‌های گمرکی به توافق نرسیده‌اند "
    "و این موضوع به نشست بعدی واگذار شده است."
)
TITLE = "گفت‌وگوی وزیران خارجه دربارهٔ کریدور شمال ـ جنوب"
NOTICE = (
    "زمین‌لرزه‌ای به بزرگی ۴.۳ ریشتر ساعت ۵ و ۱۲ دقیقهٔ بامداد سه‌شنبه حوالی کوهبنان در استان کرمان را لرزاند."
)
PRICES = (
    "هر دلار آمریکا امروز در صرافی‌های بانکی ۱۹ هزار و ۶۰۰ تومان خریده و ۲۰ هزار و ۳۰۰ تومان فروخته شد. "
    "هر یورو نیز به قیمت ۲۳ هزار و ۴۰۰ تومان خرید و به قیمت ۲۴ هزار و ۱۰۰ تومان فروش رفت."
)


# What a pair of copies agrees in at least; see indexer/similarity.py.
COPY = 34
# Digits would make numbers of the words.
LETTERS = str.maketrans("0123456789", "abcdefghij")


def agreeing(enrichment: Enrichment, one: tuple[str, str], other: tuple[str, str]) -> int:
    """How many bytes of the signatures of two articles, each a title and a text, are the same."""
    signed = [
        enrichment.analyze(Article(id="a", path="a.txt", title=title, text=text)).signature
        for title, text in (one, other)
    ]
    assert [len(each) for each in signed] == [SIGNATURE_BYTES] * 2
    return sum(a == b for a, b in zip(*signed, strict=True))


@pytest.mark.parametrize("text", [STORY, NOTICE, PRICES])
@pytest.mark.parametrize(
    "reprint",
    [
        lambda text: text.replace("ی", "ي").replace("ک", "ك").replace("هٔ", "ه‌ی"),
        lambda text: text.translate({ord(digit): str(at) for at, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")}),
        lambda text: text.replace("\n", "\n\n") + "\nانتهای پیام/",
        lambda text: text.replace(". ", "؛ ").replace("،", " -"),
        lambda text: "تیتر\n" + text,
    ],
    ids=[
        "Arabic letters",
        "Latin digits",
        "other paragraphs and a formula",
        "other marks",
        "a repeated title",
    ],
)
def test_a_copy_in_other_letters_and_marks_has_almost_the_same_signature(
    enrichment: Enrichment, text: str, reprint: Callable[[str], str]
) -> None:
    assert agreeing(enrichment, (TITLE, text), (TITLE, reprint(text))) >= 40


@pytest.mark.parametrize("text", [STORY, NOTICE, PRICES])
@pytest.mark.parametrize("zwnj", ["", " "], ids=["dropped", "a space"])
def test_a_copy_in_another_spacing_is_a_copy(enrichment: Enrichment, text: str, zwnj: str) -> None:
    respelled = text.replace("\u200c", zwnj)
    assert agreeing(enrichment, (TITLE, text), (TITLE.replace("\u200c", zwnj), respelled)) >= COPY


@pytest.mark.parametrize(
    "other",
    [
        ("بیانیهٔ مشترک دو کشور پس از گفت‌وگو", STORY),
        ("", STORY),
        (TITLE, "به گزارش خبرگزاری نمونه، " + STORY),
        (TITLE, STORY + "\nاین خبر در حال تکمیل است."),
        (TITLE, STORY.replace("عصر دیروز", "دیروز")),
    ],
    ids=["another title", "no title", "the agency named", "a sentence added", "a word left out"],
)
def test_a_reprint_is_a_copy(enrichment: Enrichment, other: tuple[str, str]) -> None:
    assert agreeing(enrichment, (TITLE, STORY), other) >= COPY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (NOTICE, NOTICE.replace("۴.۳", "۳.۱").replace("۵ و ۱۲", "۷ و ۴۰").replace("سه‌شنبه", "جمعه")),
        (NOTICE, NOTICE.replace("کوهبنان", "راور").replace("۴.۳", "۳.۸").replace("۱۲", "۲۴")),
        (PRICES, PRICES.replace("۶۰۰", "۸۰۰").replace("۳۰۰", "۵۰۰").replace("۴۰۰", "۶۵۰")),
        (PRICES, PRICES.replace("۱۹ هزار", "۲۱ هزار").replace("۲۳ هزار", "۲۵ هزار").replace("۲۰", "۲۲")),
        (STORY, PRICES),
        (STORY, STORY.split("\n")[1]),
    ],
    ids=[
        "another quake",
        "another place",
        "other prices",
        "other thousands",
        "another story",
        "a third of it",
    ],
)
def test_the_next_notice_of_its_kind_is_no_copy(enrichment: Enrichment, one: str, other: str) -> None:
    assert agreeing(enrichment, ("", one), ("", other)) < COPY


def test_a_picture_is_known_by_its_headline(enrichment: Enrichment) -> None:
    text = "عکس: رضا نمونه"
    headlines = "دیدار وزیران خارجهٔ ایران و عمان در مسقط", "نشست سران سازمان همکاری شانگهای در آستانه"
    assert agreeing(enrichment, (headlines[0], text), (headlines[1], text)) < COPY
    assert agreeing(enrichment, (headlines[0], text), (headlines[0] + "!", "عکس ـ رضا نمونه")) >= COPY


TERMS = st.lists(st.text(min_size=1, max_size=8), max_size=40)


@given(TERMS, TERMS)
def test_a_signature_depends_on_the_passages_alone(title: list[str], text: list[str]) -> None:
    signed = signature(title, text)
    assert len(signed) == (SIGNATURE_BYTES if title or text else 0)
    assert signed == signature(text, title) == signature(title, text, [], text)


@given(st.integers(0, 60))
def test_signatures_agree_as_much_as_the_articles_share(shared: int) -> None:
    common = [f"x{number}x".translate(LETTERS) for number in range(200 * shared // 60)]
    own = [
        [f"{which}{number}{which}".translate(LETTERS) for number in range(200 - len(common))]
        for which in "yz"
    ]
    jaccard = len(common) / (len(common) + 2 * len(own[0]))
    agreed = sum(a == b for a, b in zip(*(signature(common, each) for each in own), strict=True))
    assert agreed / SIGNATURE_BYTES == pytest.approx(jaccard, abs=0.25)
