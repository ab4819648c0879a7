import pytest

from analyzers.openings import Openings
from analyzers.passage import Passage
from analyzers.places import place_rows
from analyzers.tables import DATA, read_rows


@pytest.fixture(scope="module")
def openings(analyzer):
    return Openings(analyzer)


@pytest.mark.parametrize(
    ("text", "type_", "opened"),
    [
        ("اداره کل گمرک", "organization", ["اداره کل", "اداره"]),
        ("فرودگاه بین المللی کیش", "place", ["فرودگاه بین المللی", "فرودگاه"]),
        ("شمال غرب ایران", "place", ["شمال غرب", "شمال"]),
        ("سازمان ملل", "place", []),
    ],
)
def test_the_longest_opening_comes_first(analyzer, openings, text, type_, opened):
    tokens = analyzer.analyze(text)
    passage = Passage(text, tokens, [])
    assert openings.opens(tokens[0])
    found = [text[: tokens[last].end] for opening, last in openings.at(passage, 0) if opening.type == type_]
    assert found == opened


def test_a_text_is_read_for_openings_where_they_may_be(analyzer, openings):
    text = "دیروز سازمان و شهر را"
    passage = Passage(text, analyzer.analyze(text), [])
    read = openings.read(passage, range(len(passage.tokens)))
    assert [(index, [opening.type for opening, _ in found]) for index, found in read] == [
        (1, ["organization"]),
        (3, ["place"]),
    ]


def test_other_words_open_nothing(analyzer, openings):
    assert not any(map(openings.opens, analyzer.analyze("هوا امروز خوب است")))


def test_the_words_are_known_once(openings):
    rows = [(word, type_) for word, type_, _ in openings.table]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(
    ("table", "columns", "optional"),
    [
        ("given_names", 2, 1),
        ("surnames", 2, 1),
        ("organization_words", 2, 1),
        ("stop_words_of_names", 1, 0),
        ("portfolios", 2, 1),
        ("beside_persons", 2, 0),
    ],
)
def test_a_word_stands_once_in_its_list(table, columns, optional):
    rows = list(read_rows(DATA / f"{table}.tsv", columns=columns, optional=optional))
    keys = [row if table == "beside_persons" else row[0] for row in rows]
    assert len(keys) == len(set(keys)), [key for key in keys if keys.count(key) > 1]


def test_places_are_in_order_and_each_is_there_once():
    ids = [row[0] for row in place_rows()]
    assert ids == sorted(ids)
    assert len(ids) == len(set(ids))
