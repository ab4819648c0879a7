import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.columns import Column, pack_column, trie_of

KEYS = st.text(alphabet="ابپت\u200cآ1a✅", min_size=1, max_size=6)
TABLES = st.dictionaries(KEYS, st.integers(0, 3))


def column(table: dict[str, int], *others: str) -> Column[int]:
    keys = trie_of(table, others)
    return Column(keys, pack_column(keys, table))


@given(TABLES, st.lists(KEYS), st.lists(KEYS))
def test_a_column_reads_like_its_table(table: dict[str, int], others: list[str], asked: list[str]) -> None:
    read = column(table, *others)
    assert read == table
    assert len(read) == len(table)
    assert sorted(read) == sorted(table)
    for key in (*table, *others, *asked, ""):
        assert read.get(key) == table.get(key)
        assert read.get(key, -1) == table.get(key, -1)
        assert (key in read) == (key in table)


@given(TABLES, st.lists(KEYS), KEYS)
def test_beginnings_are_the_keys_that_a_text_begins_with(
    table: dict[str, int], others: list[str], text: str
) -> None:
    lengths = [length for length in range(1, len(text) + 1) if text[:length] in table]
    assert column(table, *others).beginnings(text) == [(length, table[text[:length]]) for length in lengths]


def test_a_key_that_nothing_is_known_of_is_an_error() -> None:
    with pytest.raises(KeyError):
        column({"کتاب": 1}, "قلم")["قلم"]


def test_a_column_of_other_keys_is_refused() -> None:
    packed = pack_column(trie_of(["کتاب"]), {"کتاب": 1})
    with pytest.raises(ValueError, match="other keys"):
        Column(trie_of(["کتاب", "قلم"]), packed)


@given(st.lists(KEYS, unique=True), st.randoms(use_true_random=False))
def test_keys_have_the_same_numbers_in_whatever_order(keys: list[str], chance: random.Random) -> None:
    shuffled = chance.sample(keys, len(keys))
    assert trie_of(shuffled).tobytes() == trie_of(keys).tobytes()
