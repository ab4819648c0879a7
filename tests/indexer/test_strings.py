import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.strings import Strings

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(TEXT), st.data())
def test_they_read_like_a_list(written: list[str], data: st.DataObject) -> None:
    strings = Strings(iter(written))
    places = st.none() | st.integers(-len(written) - 1, len(written) + 1)
    first, last = data.draw(places), data.draw(places)
    assert list(strings) == written
    assert strings[first:last] == written[first:last]
    assert [strings[-place] for place in range(1, len(written) + 1)] == written[::-1]


@pytest.mark.parametrize("place", [2, -3])
def test_there_is_none_beyond_the_last(place: int) -> None:
    strings = Strings(["ایران", ""])
    with pytest.raises(IndexError):
        strings[place]
