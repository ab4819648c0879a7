import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.boilerplate import blanked, is_boilerplate

FORMULAS = [
    "انتهای پیام",
    "انتهای پیام/",
    "انتهای پیام/۲۵۶",
    "انتهاي پيام",
    "انتهای \u200cپیام",
    "پایان پیام.",
    "کد خبر: ۱۲۳۴۵۶",
    "کد خبر 123456",
    "منبع: ایسنا",
    "لینک کوتاه",
    "اشتراک\u200cگذاری",
    "بقيه از صفحه اول",
    "ادامه در صفحه ۱۲",
    "![](https://example.org/a.png)",
    "![عکس](https://example.org/a.png) ![](b.jpg)",
]
NEWS = [
    "",
    "او به مسکو رفت.",
    "منبع این خبر روشن نیست",
    "منابع: نفت و گاز",
    "ادامه از صفحه اول کتاب او آغاز شد",
    "بقیه از صفحه تلویزیون دیدند که چه گذشت",
    "![](https://example.org/a.png) سفیر در مسکو",
    "پیام رئیس جمهور به انتهای خود رسید",
    "انتهای پیامی که به تهران رسید روشن نبود",
]


@pytest.mark.parametrize("line", FORMULAS)
def test_formulas_are_known(line: str) -> None:
    assert is_boilerplate(line)
    assert blanked(f"او رفت.\n{line}") == "او رفت.\n" + " " * len(line)


@pytest.mark.parametrize("line", NEWS)
def test_news_stays(line: str) -> None:
    assert not is_boilerplate(line)
    assert blanked(line) == line


def test_the_end_of_a_message_is_known_on_the_last_line() -> None:
    text = "او رفت. انتهای پیام/"
    assert blanked(text) == "او رفت.".ljust(len(text))


@given(st.lists(st.sampled_from([*FORMULAS, *NEWS])).map("\n".join))
def test_every_other_word_keeps_its_place(text: str) -> None:
    kept = blanked(text)
    assert len(kept) == len(text)
    assert all(new in (old, " ") for new, old in zip(kept, text, strict=True))
