import pytest

from analyzers.passage import Passage
from analyzers.person_names import COMMON, PersonNames
from analyzers.word_kinds import WordKinds


@pytest.fixture(scope="module")
def names(analyzer):
    return PersonNames(WordKinds(analyzer), frozenset())


@pytest.fixture
def passage(analyzer):
    return lambda text: Passage(text, analyzer.analyze(text), [])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("علیرضا کاظمی‌نسب گفت", "علیرضا کاظمی‌نسب"),
        ("سید محمد حسینی گفت", "سید محمد حسینی"),
        ("محمد گفت", None),
        ("سید گفت", None),
        ("گفت", None),
    ],
)
def test_a_full_name_is_given_names_and_a_surname(passage, names, text, name):
    read = passage(text)
    end = names.full_name(read, 0)
    assert name == (None if end is None else text[: read.tokens[end].end])


@pytest.mark.parametrize(
    ("text", "surname"),
    [("کاظمی‌نسب افزود", "کاظمی‌نسب"), ("کاظمی قمی افزود", "کاظمی قمی"), ("کتاب افزود", None)],
)
def test_a_surname_runs_on_over_what_second_surnames_are(passage, names, text, surname):
    read = passage(text)
    end = names.surname(read, 0, COMMON)
    assert surname == (None if end is None else text[: read.tokens[end].end])


def test_a_son_stands_before_an_arabic_father(passage, names):
    read = passage("مساعد بن محمد العیبان")
    end = len(read.tokens) - 1
    assert names.with_father(read, 1, end) == 0
    assert names.with_father(read, 0, end) == 0


def test_a_given_name_before_a_surname_belongs_to_it(passage, names):
    read = passage("دیروز علیرضا کاظمی")
    assert names.with_given(read, 2) == 1
    assert names.with_given(read, 0) == 0
