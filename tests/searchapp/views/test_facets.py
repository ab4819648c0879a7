"""Rows and chips are HTML made in Python: they must say what a template would, and escape as it does."""

import pytest
from markupsafe import escape

from indexer.engine import FACETS
from searchapp.models import EntityMention, FacetValue, Result, SearchParameters, SimilarArticles, TopicLabel
from searchapp.translation import fall_silent, speak
from searchapp.views import facets
from searchapp.views.links import Links

LINKS = Links(SearchParameters(q="نفت"), 10)
Q = "/?q=%D9%86%D9%81%D8%AA"


def test_a_row_narrows_or_bars() -> None:
    assert facets.rows([FacetValue("RU", "روسیه", 12500)], "country", LINKS) == (
        f'<li><a class="value" href="{Q}&amp;country=RU"><bdi>روسیه</bdi></a> '
        '<span class="count">۱۲٬۵۰۰</span> '
        f'<a class="bar-out" href="{Q}&amp;country=-RU" aria-label="کنار گذاشتن روسیه"'
        ' title="کنار گذاشتن">−</a></li>'
    )


@pytest.mark.parametrize(
    ("asked", "value", "row"),
    [
        (
            SearchParameters(include={"country": frozenset({"RU"})}),
            FacetValue("RU", "روسیه", 3, selected=True),
            '<li class="selected"><a class="value" href="/?q=" title="برداشتن این پالایش"'
            ' aria-current="true"><bdi>روسیه</bdi></a> <span class="count">۳</span></li>',
        ),
        (
            SearchParameters(exclude={"country": frozenset({"RU"})}),
            FacetValue("RU", "روسیه", 0, excluded=True),
            '<li class="excluded"><a class="value" href="/?q=" title="دیگر کنار گذاشته نشود">'
            '<bdi>روسیه</bdi></a> <span class="count">۰</span></li>',
        ),
    ],
)
def test_a_chosen_row_can_be_taken_out_again(asked: SearchParameters, value: FacetValue, row: str) -> None:
    assert facets.rows([value], "country", Links(asked, 10)) == row


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("state", [{}, {"selected": True}, {"excluded": True}])
def test_nothing_in_a_row_is_markup_of_an_article(facet: str, state: dict[str, bool]) -> None:
    hostile = "\"><script>alert(1)</script>'&"
    row = facets.rows([FacetValue(hostile, hostile, 1, **state)], facet, LINKS)
    assert row.count('"') == facets.rows([FacetValue("a", "a", 1, **state)], facet, LINKS).count('"')
    assert f"<bdi>{escape(hostile)}</bdi>" in row


def test_a_value_is_said_in_the_language_of_now() -> None:
    values = [FacetValue("RU", "روسیه", 12500)]
    before = facets.rows(values, "country", LINKS)
    token = speak("en")
    said = facets.rows(values, "country", LINKS)
    fall_silent(token)
    assert "<bdi>Russia</bdi>" in said
    assert "12,500" in said
    assert facets.rows(values, "country", LINKS) == before


def result(entities: list[EntityMention], topics: list[TopicLabel]) -> Result:
    return Result(
        article_id="a", paragraph=1, title="", heading=None, date=None, date_jalali=None, source=None,
        url=None, score=0, text="", highlights=[], snippet="", entities=entities, topics=topics,
        matching=1, more=[], similar=SimilarArticles(0, []),
    )  # fmt: skip


def test_chips_name_each_entity_once_in_order() -> None:
    named = [("country", "RU", "روسیه"), ("person", "<i>", "<i>"), ("country", "RU", "روسیه")]
    named += [("place", f"p{number}", f"جا {number}") for number in range(9)]
    entities = [EntityMention(*each, start=0, end=1, via="name") for each in named]
    chips = facets.chips(result(entities, [TopicLabel("sanctions", "تحریم")]), LINKS).split("\n")
    assert chips[:3] == [
        f'<li><a class="topic" href="{Q}&amp;topic=sanctions"><bdi>تحریم</bdi></a></li>',
        f'<li><a title="کشور" href="{Q}&amp;country=RU"><bdi>روسیه</bdi></a></li>',
        f'<li><a title="شخص" href="{Q}&amp;person=%3Ci%3E"><bdi>&lt;i&gt;</bdi></a></li>',
    ]
    assert len(chips) == 1 + facets.MOST_CHIPS
