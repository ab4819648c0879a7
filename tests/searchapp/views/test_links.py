"""Addresses of other states: they change what they say they change, and one state has one address."""

from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from searchapp.models import SearchParameters
from searchapp.views.links import Links

SIZE = 10
IDS = st.frozensets(
    st.text(min_size=1, max_size=6).map(str.strip).filter(lambda text: text and text[0] != "-"), min_size=1
)
FACETED = st.dictionaries(st.sampled_from(["country", "topic", "person", "source"]), IDS)
ASKED = st.builds(
    SearchParameters,
    q=st.sampled_from(["", "تحریم", "a&b=c", "و" * 150]),
    include=FACETED,
    exclude=FACETED,
    date_from=st.sampled_from(["", "1401"]),
    sort=st.sampled_from(["relevance", "newest"]),
    page=st.integers(1, 3),
)
NO_ONE: frozenset[str] = frozenset()


def query(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query)


@given(
    ASKED, st.sampled_from(["country", "place", "source", "year"]), st.sampled_from(["RU", "ایسنا", "a b&c"])
)
def test_a_link_to_a_value_keeps_all_else(asked: SearchParameters, facet: str, value: str) -> None:
    links = Links(asked, SIZE)
    included, excluded = asked.include.get(facet, NO_ONE), asked.exclude.get(facet, NO_ONE)
    for address, include, exclude in (
        (links.include(facet, value), included | {value}, excluded - {value}),
        (links.exclude(facet, value), included - {value}, excluded | {value}),
        (links.drop(facet, value), included - {value}, excluded - {value}),
    ):
        assert address == links.to(
            include={**asked.include, facet: include}, exclude={**asked.exclude, facet: exclude}
        )


@given(ASKED)
def test_a_period_and_a_page_keep_all_else(asked: SearchParameters) -> None:
    links = Links(asked, SIZE)
    assert links.period("1401-04") == links.to(date_from="1401-04", date_to="1401-04")
    assert [links.page(number) for number in (1, 2)] == [links.to(page=1), links.to(page=2)]


def test_links_change_one_thing_and_start_at_the_first_page() -> None:
    links = Links(SearchParameters(q="a", include={"country": frozenset({"RU"})}, page=3), SIZE)
    assert query(links.include("country", "CN")) == [("q", "a"), ("country", "CN"), ("country", "RU")]
    assert query(links.exclude("country", "RU")) == [("q", "a"), ("country", "-RU")]
    assert query(links.drop("country", "RU")) == [("q", "a")]
    assert query(links.page(4)) == [("q", "a"), ("country", "RU"), ("page", "4")]
    assert query(links.to(sort="newest")) == [("q", "a"), ("country", "RU"), ("sort", "newest")]
    assert links.hidden("q") == [("country", "RU")]
    assert Links(SearchParameters(), SIZE).to() == "/?q="
