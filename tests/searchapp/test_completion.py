import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchapp.completion import Completer
from searchapp.search import SearchService


@pytest.fixture(scope="module")
def completer(news: SearchService) -> Completer:
    return news.completer


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("ر", "country", "روسیه"),
        ("روس", "country", "روسیه"),
        ("روسي", "country", "روسیه"),
        ("v,s", "country", "روسیه"),
        ("Russ", "country", "روسیه"),
        ("چی", "country", "چین"),
        ("همکار", "word", "همکاری‌ها"),
        ("تحر", "topic", "تحریم"),
        ("jpv", "topic", "تحریم"),
        ("ایران تحر", "word", "ایران تحریم"),
        ('"ایران تحر', "word", '"ایران تحریم'),
        ("کشور:رو", "word", "کشور:روسیه"),
        ("سفر به م", "title", "سفر به مسکو"),
        ("سفر ب", "title", "سفر به مسکو"),
        ("دور تاز", "title", "دور تازهٔ مذاکرات وین"),
        ("tahrim", "word", "تحریم"),
        ("مضاکرات", "word", "مذاکرات"),
    ],
)
def test_what_begins_so_is_offered(completer, typed, kind, text):
    offered = [(each.type, each.text) for each in completer.complete(typed)]
    assert (kind, text) in offered


@pytest.mark.parametrize("typed", ["", "  ", "\u200c", "ژژژ", "!!"])
def test_nothing_begins_like_this(completer, typed):
    assert completer.complete(typed) == []


def test_an_entity_is_offered_once_with_its_id(completer):
    assert [each.id for each in completer.complete("روسیه") if each.text == "روسیه"] == ["RU"]


def test_a_title_is_offered_with_the_id_of_its_article(completer):
    assert [each.id for each in completer.complete("سفر ب") if each.type == "title"] == ["moscow"]


HEADLINES = [
    "بیانیهٔ شورای امنیت دربارهٔ یمن",
    "نشست شورای امنیت",
    "درخواست از شورای امنیت سازمان ملل",
    "پاسخ شورای امنيت سازمان ملل به نامه",
    "گزارش به شوراي‌امنیت سازمان ملل رسید",
    "دیدار با شورای شهر",
    "توافق بین‌المللی تازه",
    "همایش بین المللی تازه",
]


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("شورای ام", ["شورای امنیت", "شورای امنیت سازمان ملل"]),
        ("شوراي", ["شورای امنیت", "شورای امنیت سازمان"]),
        ("شورای امنیت س", ["شورای امنیت سازمان ملل"]),
        ("شورای امنیت ", ["شورای امنیت سازمان ملل"]),
        ("بین الم", ["بین‌المللی تازه"]),
        ("بینالم", ["بین‌المللی تازه"]),
        ("شورای ش", []),
    ],
)
def test_phrases_go_on_from_what_was_typed_the_commonest_first(serve, typed, phrases):
    service = serve(*({"title": title, "text": "متن خبر."} for title in HEADLINES))
    offered = service.completer.complete(typed, limit=12)
    assert [each.text for each in offered if each.type == "phrase"][: len(phrases)] == phrases
    assert bool(phrases) == any(each.type == "phrase" for each in offered)


def test_without_headlines_phrases_come_from_paragraphs(serve):
    service = serve("سخنی از آتش‌بس پایدار گفت.", "خواهان آتش بس پایدار شد.", "آتش‌بس ماند.")
    assert "آتش‌بس پایدار" in [each.text for each in service.completer.complete("آتش ب")]


def test_words_that_every_paragraph_holds_are_not_offered(serve):
    service = serve(*["گزارش هرمزگان رسید."] * 110, "هرمزگانی‌ها آمدند.")
    assert [each.text for each in service.completer.complete("هرمزگ") if each.type == "word"] == [
        "هرمزگانی‌ها"
    ]


@given(st.text(max_size=70) | st.text('تحریمسفرهب \u200c"(:-*', max_size=20), st.integers(1, 10))
def test_any_text_may_be_begun(completer, typed, limit):
    offered = completer.complete(typed, limit)
    assert len(offered) <= limit
    assert all(each.text for each in offered)
