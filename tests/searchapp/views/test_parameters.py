import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from searchapp.models import SearchParameters
from searchapp.views.parameters import ParameterError, pairs, read, read_leniently

SIZE = 10


def parsed(*rows: tuple[str, str]) -> SearchParameters:
    return read(MultiDict(rows), SIZE)


def test_every_parameter_is_read() -> None:
    rows = [
        ("q", "تحریم"), ("country", "RU"), ("country", "CN"), ("country", "-US"), ("source", "ایسنا"),
        ("from", "۱۴۰۱"), ("to", "1402"), ("sort", "newest"), ("page", "2"), ("size", "20"),
        ("group", "paragraph"), ("exact", "1"), ("fold", "0"), ("similar_to", " a/1 "),
        ("literal", "1"), ("explain", "true"), ("recency", ".25"),
    ]  # fmt: skip
    assert parsed(*rows) == SearchParameters(
        q="تحریم",
        include={"country": frozenset({"RU", "CN"}), "source": frozenset({"ایسنا"})},
        exclude={"country": frozenset({"US"})},
        date_from="۱۴۰۱",
        date_to="1402",
        sort="newest",
        page=2,
        size=20,
        group="paragraph",
        exact=True,
        fold=False,
        similar_to="a/1",
        literal=True,
        explain=True,
        recency=0.25,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sort", "best"),
        ("group", "x"),
        ("page", "0"),
        ("page", "-1"),
        ("page", "1.5"),
        ("page", "9" * 5000),
        ("page", "²"),
        ("size", "0"),
        ("size", "101"),
        ("size", "ده"),
        ("recency", "2"),
        ("recency", "-0.1"),
        ("recency", "nan"),
    ],
)
def test_a_wrong_value_is_refused_by_name_or_left_out(name: str, value: str) -> None:
    with pytest.raises(ParameterError, match=f"^{name} must be"):
        parsed((name, value))
    assert read_leniently(MultiDict([("q", "a"), (name, value)]), SIZE) == SearchParameters(q="a")


def test_empty_values_count_as_not_given() -> None:
    rows = [("q", ""), ("country", ""), ("country", "-"), ("page", ""), ("sort", "")]
    assert parsed(*rows) == SearchParameters()


IDS = st.frozensets(
    st.text(min_size=1, max_size=6).map(str.strip).filter(lambda text: text and text[0] != "-"), min_size=1
)
FACETED = st.dictionaries(st.sampled_from(["country", "topic", "person", "source"]), IDS)


@given(
    st.builds(
        SearchParameters,
        q=st.text(max_size=20).filter(lambda text: text == text.encode("utf-8", "replace").decode()),
        include=FACETED,
        exclude=FACETED,
        sort=st.sampled_from(["relevance", "newest"]),
        page=st.integers(1, 500),
        size=st.integers(1, 100),
        exact=st.booleans(),
        fold=st.booleans(),
        similar_to=st.text(max_size=6).map(str.strip),
    )
)
def test_what_is_written_is_read_back(parameters: SearchParameters) -> None:
    assert read(MultiDict(pairs(parameters, SIZE)), SIZE) == parameters
