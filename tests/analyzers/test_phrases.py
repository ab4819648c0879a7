import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import msgpack

from analyzers.phrases import PackedPhrases, PhraseTable, term_sequences, unpacked_phrases
from analyzers.token import Token


def tokens(*positions: str) -> list[Token]:
    """One word a position; alternatives of a word are parted by a bar."""
    return [
        Token(term, 0, 1, position, term)
        for position, word in enumerate(positions)
        for term in word.split("|")
    ]


@pytest.fixture
def table():
    table = PhraseTable()
    for value, phrase in enumerate(["الف", "الف ب", "ب", "ب ج د", "الف"]):
        table.add(tuple(phrase.split()), value)
    return table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (tokens("ج"), []),
        (tokens("الف"), [(0, 0, [0, 4])]),
        (tokens("الف", "ب"), [(0, 0, [0, 4]), (0, 1, [1]), (1, 1, [2])]),
        (tokens("ب", "ج"), [(0, 0, [2])]),
        (tokens("ب", "ج", "د"), [(0, 0, [2]), (0, 2, [3])]),
        (tokens("ب", "ج", "ج", "د"), [(0, 0, [2])]),
        (tokens("هـ|الف", "ب"), [(1, 1, [0, 4]), (1, 2, [1]), (2, 2, [2])]),
        (tokens("الف", "ج|ب|د"), [(0, 0, [0, 4]), (0, 2, [1]), (2, 2, [2])]),
        ([], []),
    ],
)
def test_all_phrases_are_found_nested_ones_too(table, text, expected):
    assert [(match.first, match.last, list(match.values)) for match in table.matches(text)] == expected


def test_a_gap_in_the_positions_parts_a_phrase(table):
    apart = [Token("الف", 0, 1, 0, "الف"), Token("ب", 2, 3, 2, "ب")]
    assert [match.last for match in table.matches(apart)] == [0, 1]


@given(
    st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=3), max_size=6),
    st.lists(st.sampled_from("abc")),
)
def test_the_trie_agrees_with_comparing_every_span(phrases, words):
    table = PhraseTable()
    for phrase in phrases:
        table.add(phrase, tuple(phrase))
    found = {(match.first, match.last) for match in table.matches(tokens(*words))}
    spans = {(first, last) for first in range(len(words)) for last in range(first, len(words))}
    assert found == {(first, last) for first, last in spans if words[first : last + 1] in phrases}


@given(
    st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=3), max_size=6),
    st.lists(st.sets(st.sampled_from("abc"), min_size=1).map("|".join), max_size=5),
)
def test_a_phrase_may_go_on_with_any_alternative_of_a_word(phrases, words):
    table = PhraseTable()
    for phrase in phrases:
        table.add(phrase, "".join(phrase))
    text = tokens(*words)
    paths = [[index] for index in range(len(text))]
    for path in paths:
        paths += [
            [*path, index]
            for index in range(len(text))
            if text[index].position == text[path[-1]].position + 1
        ]
    wanted = [
        (path[0], path[-1], "".join(text[index].term for index in path))
        for path in paths
        if [text[index].term for index in path] in phrases
    ]
    found = [(match.first, match.last, match.values[0]) for match in table.matches(text)]
    assert sorted(found) == sorted(wanted)


@given(
    st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=3), max_size=8),
    st.lists(st.sampled_from("abcd")),
)
def test_a_table_that_was_packed_finds_the_same(phrases, words):
    table = PhraseTable()
    for number, phrase in enumerate(phrases):
        table.add(phrase, number)
    kept = msgpack.decode(msgpack.encode(table.packed()), type=PackedPhrases)
    again = unpacked_phrases(kept, range(len(phrases)))
    assert again.matches(tokens(*words)) == table.matches(tokens(*words))
    again.add(["d", "d"], -1)
    assert [match.values for match in again.matches(tokens("d", "d"))] == [(-1,)]


@pytest.mark.parametrize("phrase", ["گفت\u200cوگو", "بین\u200cالمللی", "امارات متحدهٔ عربی"])
def test_a_phrase_is_known_in_every_spacing(analyzer, phrase):
    sequences = term_sequences(analyzer, phrase)
    for spelling in (phrase, phrase.replace("\u200c", ""), phrase.replace("\u200c", " ")):
        assert tuple(token.term for token in analyzer.analyze(spelling)) in sequences


def test_a_phrase_without_words_has_no_terms(analyzer):
    assert term_sequences(analyzer, "…") == ()
