"""A reprint is known for one however it is typed, and the next notice of its kind is not taken for it."""

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article
from indexer.enrichment import Enrichment
from indexer.preparation import prepare
from indexer.signatures import SIGNATURE_BYTES, Terms, signatures

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
    articles = [
        Article(id=id_, path="a.txt", title=title, text=text)
        for id_, (title, text) in zip("ab", (one, other), strict=True)
    ]
    signed = prepare([enrichment.analyze(article) for article in articles]).signatures
    assert signed.any(axis=1).all()
    return int((signed[0] == signed[1]).sum())


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


def passage(*articles: Sequence[str]) -> Terms:
    """A passage of some articles by its terms."""
    numbers = {term: number for number, term in enumerate(dict.fromkeys(chain.from_iterable(articles)))}
    return Terms(
        [term.encode("utf-8", "replace") for term in numbers],
        np.array([numbers[term] for term in chain.from_iterable(articles)], np.uint16),
        np.array([len(terms) for terms in articles]),
    )


def signed(*passages: Sequence[str]) -> bytes:
    """The signature of a single article."""
    return signatures(*map(passage, passages)).tobytes()


@given(TERMS, TERMS)
def test_a_signature_depends_on_the_passages_alone(title: list[str], text: list[str]) -> None:
    assert any(signed(title, text)) == bool(title or text)
    assert len(signed(title, text)) == SIGNATURE_BYTES
    assert signed(title, text) == signed(text, title) == signed(title, text, [], text)


@given(st.lists(st.tuples(TERMS, TERMS), min_size=1, max_size=6))
def test_articles_signed_together_are_signed_as_each_by_itself(
    articles: list[tuple[list[str], list[str]]],
) -> None:
    together = signatures(*(passage(*terms) for terms in zip(*articles, strict=True)))
    assert [row.tobytes() for row in together] == [signed(*article) for article in articles]


def test_signatures_stay_what_they_are() -> None:
    """An index keeps them, and those of new articles are compared with them."""
    terms = ["وزیر", "خارجه", "ایران", "۳", "روز", "بعد", "به", "مسکو", "رفتن"]
    assert signed(["سفر"], terms).hex() == (
        "64900fd54010b4ea06a05acd31b49a9d275c8e63d80e5706394d1ec96c416c06474b4bb3c157021f3f59b2afe2086829"
    )


@given(st.integers(0, 60))
def test_signatures_agree_as_much_as_the_articles_share(shared: int) -> None:
    common = [f"x{number}x".translate(LETTERS) for number in range(200 * shared // 60)]
    own = [
        [f"{which}{number}{which}".translate(LETTERS) for number in range(200 - len(common))]
        for which in "yz"
    ]
    jaccard = len(common) / (len(common) + 2 * len(own[0]))
    agreed = sum(a == b for a, b in zip(*(signed(common, each) for each in own), strict=True))
    assert agreed / SIGNATURE_BYTES == pytest.approx(jaccard, abs=0.25)
