import pytest
from msgspec import structs

from analyzers import PersianAnalyzer
from analyzers.mentions import Entity
from analyzers.passage import Known, Passage

TEXT = "پورعلی، در شمال عراق"


@pytest.fixture
def passage(analyzer: PersianAnalyzer) -> Passage:
    tokens = analyzer.analyze(TEXT)
    last = len(tokens) - 1
    iraq = Entity("country", "IQ", "عراق", tokens[last].start, tokens[last].end, "name")
    return Passage(TEXT, tokens, [Known(iraq, last, last, "in the tables")])


def test_a_written_word_is_one_however_many_tokens_it_is(passage: Passage) -> None:
    last = passage.word_end(0)
    assert passage.word_start(last) == 0
    assert passage.word(0) == passage.word(last) == (0, last)
    assert passage.word(last + 1) == (last + 1, last + 1)
    assert passage.written(0, last) == "پورعلی"
    assert passage.gap(last) == "\u060c"
    assert not passage.runs_on(last)
    assert not passage.runs_on(len(passage.tokens) - 1)


def test_a_longer_name_takes_the_place_of_what_is_within_it(passage: Passage) -> None:
    last = len(passage.tokens) - 1
    assert passage.around(last) == passage.at(last)
    north = passage.unlisted("place", last - 1, last, "a test")
    passage.put(north)
    assert passage.known() == [north]
    assert passage.at(last) is None
    assert passage.around(last) == north
    assert (north.entity.label, north.entity.id) == ("شمال عراق", "شمال-عراق")


def test_only_a_place_that_nothing_else_had_to_settle_may_end_a_name(passage: Passage) -> None:
    (iraq,) = passage.known()
    assert iraq.is_where
    assert iraq.may_end
    assert not structs.replace(iraq, settled=True).may_end
    assert not structs.replace(iraq, entity=structs.replace(iraq.entity, via="demonym")).is_where


def test_a_label_has_persian_letters(analyzer: PersianAnalyzer) -> None:
    text = "دولت ايران"
    passage = Passage(text, analyzer.analyze(text), [])
    assert passage.unlisted("organization", 0, 1, "a test").entity.label == "دولت ایران"
