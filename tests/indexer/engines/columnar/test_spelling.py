import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.automata.fsa import find_all_matches
from whoosh.automata.lev import levenshtein_automaton
from whoosh.spelling import ListCorrector

from indexer.engines.columnar.spelling import terms_within

from .test_postings import stored

words = st.text("ابپت", max_size=6)


@given(
    terms=st.sets(words.filter(bool), min_size=1, max_size=30),
    text=words,
    distance=st.integers(0, 3),
    prefix=st.integers(0, 2),
)
def test_the_same_terms_as_whooshs_automaton(terms: set[str], text: str, distance: int, prefix: int) -> None:
    prefix = min(prefix, len(text))
    dictionary = stored({term: {0: [0]} for term in terms}).terms
    found = [
        dictionary[number].decode() for number in terms_within(dictionary, text, distance, prefix).tolist()
    ]
    automaton = levenshtein_automaton(text, distance, prefix).to_dfa()
    expected = find_all_matches(automaton, ListCorrector.Skipper(sorted(terms)))
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "distance", "found"),
    [
        ("تحریم", 0, ["تحریم"]),
        ("تحرم", 1, ["تحریم"]),
        ("تخریم", 1, ["تحریم", "تخریب"]),
        ("", 1, []),
        ("مذاکره", 2, ["مذاکرات"]),
    ],
)
def test_misspelt_words_find_their_neighbours(text: str, distance: int, found: list[str]) -> None:
    dictionary = stored({term: {0: [0]} for term in ("تحریم", "تخریب", "مذاکرات", "وین")}).terms
    numbers = terms_within(dictionary, text, distance).tolist()
    assert [dictionary[number].decode() for number in numbers] == found
