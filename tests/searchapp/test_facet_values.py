"""The whole list of a facet's values: counted like the short one, and searched in every spelling."""

import pytest

from searchapp.facet_values import list_values
from searchapp.models import SearchParameters
from searchapp.retrieval import DateProblemError
from searchapp.search import SearchService


def asked(q: str = "", size: int = 100, page: int = 1, **include: str) -> SearchParameters:
    chosen = {facet: frozenset([id_]) for facet, id_ in include.items()}
    return SearchParameters(q=q, include=chosen, size=size, page=page)


@pytest.mark.parametrize("question", ["", "ایران", "تحریم", "یک واژهٔ نیافتنی"])
@pytest.mark.parametrize("facet", ["country", "person", "organization", "place", "topic", "source", "year"])
def test_the_list_begins_with_what_the_results_show(who: SearchService, question: str, facet: str) -> None:
    whole = list_values(who, asked(question), facet)
    shown = who.search(asked(question)).facets[facet]
    assert whole.values[: len(shown)] == shown
    assert whole.total == whole.values_total == len(whole.values)


def test_a_facet_s_own_selection_is_left_out_of_its_counts(who: SearchService) -> None:
    free = {value.id: value.count for value in list_values(who, asked(), "country").values}
    chosen = list_values(who, asked(country="RU"), "country").values
    assert {value.id: value.count for value in chosen} == free
    assert [value.id for value in chosen if value.selected] == ["RU"]
    narrowed = list_values(who, asked(country="RU"), "person").values
    assert {value.id for value in narrowed} == {"sergey-lavrov", "abbas-araghchi"}


@pytest.mark.parametrize(
    ("facet", "typed", "ids"),
    [
        ("country", "روس", ["RU"]),
        ("country", "روسيه", ["RU"]),
        ("country", "russia", ["RU"]),
        ("country", "RU", ["RU"]),
        ("country", "ترک", ["TR"]),
        ("person", "لاور", ["sergey-lavrov"]),
        ("person", "سرگئی‌لاوروف", ["sergey-lavrov"]),
        ("person", "Lavrov", ["sergey-lavrov"]),
        ("person", "کوه سار", ["بهرام-کوهسار"]),
        ("place", "hormuz", ["strait-of-hormuz"]),
        ("topic", "sanction", ["sanctions"]),
        ("source", "ايسنا", ["ایسنا"]),
        ("year", "۱۴۰۱", ["1401"]),
        ("year", "1402", ["1402"]),
        ("person", "قسطنطنیه", []),
        ("person", "اوروف", []),
    ],
)
def test_a_value_is_found_by_how_a_word_of_any_of_its_names_begins(
    who: SearchService, facet: str, typed: str, ids: list[str]
) -> None:
    found = list_values(who, asked(), facet, typed)
    assert [value.id for value in found.values] == ids
    assert found.total == len(ids) < found.values_total


def test_what_is_selected_stays_whatever_is_typed(who: SearchService) -> None:
    found = list_values(who, asked(country="NZ"), "country", "روس")
    assert {(value.id, value.count, value.selected) for value in found.values} == {
        ("RU", 2, False),
        ("NZ", 0, True),
    }


def test_the_list_is_given_in_pages(who: SearchService) -> None:
    whole = list_values(who, asked(), "country").values
    pages = [list_values(who, asked(size=3, page=page), "country") for page in (1, 2, 3)]
    assert [value for page in pages for value in page.values] == whole
    assert {page.total for page in pages} == {len(whole)}


def test_a_date_that_is_none_is_refused(who: SearchService) -> None:
    with pytest.raises(DateProblemError, match="دیروز"):
        list_values(who, SearchParameters(date_from="دیروز"), "country")
