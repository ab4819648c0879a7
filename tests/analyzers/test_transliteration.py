import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.transliteration import NOT_TYPED, readings, untyped_cost


@pytest.mark.parametrize("word", ["tahrim", "Mozakerat", "xoda", "shoghl", "sa'at", "OOj"])
def test_latin_words_have_readings(word):
    assert readings(word)


@pytest.mark.parametrize("word", ["1401", "a1", "تحریم", "e-mail", "é"])
def test_other_text_has_none(word):
    assert readings(word) == []


def test_two_letters_may_be_one_sound_or_two():
    assert {len(way) for way in readings("shod")} == {3, 4}


def test_the_second_of_a_doubled_consonant_costs_nearly_nothing():
    first, second = readings("mm")[0]
    assert second.silent < 0.1 < first.silent


@given(st.text("abcdefghijklmnopqrstuvwxyz'", max_size=30))
def test_readings_are_few_and_costs_are_sound(word):
    ways = readings(word)
    assert len(ways) <= 8
    for sound in (sound for way in ways for sound in way):
        assert all(len(letter) == 1 and 0 <= cost < NOT_TYPED for letter, cost in sound.letters.items())
        assert sound.silent >= 0


def test_what_is_hardly_heard_is_cheap_to_leave_untyped():
    assert untyped_cost("ع") < untyped_cost("ب") == NOT_TYPED
