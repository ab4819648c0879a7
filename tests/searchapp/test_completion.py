import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchapp.completion import Completer
from searchapp.search import SearchService
from searchapp.wording import Wording


@pytest.fixture(scope="module")
def completer(news: SearchService) -> Completer:
    return Completer(news.engine, news.analyzer, Wording(news.engine, news.analyzer))


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("روس", "country", "روسیه"),
        ("روسي", "country", "روسیه"),
        ("v,s", "country", "روسیه"),
        ("چی", "country", "چین"),
        ("همکار", "word", "همکاری‌ها"),
        ("تحر", "topic", "تحریم"),
        ("jpv", "topic", "تحریم"),
        ("ایران تحر", "word", "ایران تحریم"),
        ("سفر به م", "title", "سفر به مسکو"),
        ("دور تاز", "title", "دور تازهٔ مذاکرات وین"),
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


@given(st.text(max_size=70), st.integers(1, 10))
def test_any_text_may_be_begun(completer, typed, limit):
    assert len(completer.complete(typed, limit)) <= limit
