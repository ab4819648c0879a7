import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine import TermCount
from searchapp.vocabulary import LONGEST, Vocabulary

WORDS = {
    "تحریم": 65, "تحریک": 21, "تحریمها": 30, "مذاکرات": 290, "مذاکره": 180, "سیاست": 60, "دیپلماسی": 80,
    "لاوروف": 12, "قزاقستان": 9, "واکنش": 130, "واکسن": 6, "اعتراض": 40, "قطعنامه": 35, "اسلامی": 680,
    "هستهای": 170, "اقتصاد": 140, "توافق": 90, "ایران": 3500, "رییسجمهور": 200, "iaea": 3, "1401": 7,
    "و": 9000,
}  # fmt: skip


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary([TermCount(word, count) for word, count in WORDS.items()])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("تهریم", "تحریم"),
        ("طحریم", "تحریم"),
        ("تحرسم", "تحریم"),
        ("تحرم", "تحریم"),
        ("تحررریم", "تحریم"),
        ("تحیرم", "تحریم"),
        ("مضاکرات", "مذاکرات"),
        ("مذاکارت", "مذاکرات"),
        ("سیاصت", "سیاست"),
        ("لاورف", "لاوروف"),
        ("غزاغستان", "قزاقستان"),
        ("اعتراز", "اعتراض"),
        ("قتعنامه", "قطعنامه"),
        ("توافغ", "توافق"),
        ("آیران", "ایران"),
        ("رییسجمهر", "رییسجمهور"),
    ],
)
def test_the_nearest_word_is_the_one_that_was_meant(vocabulary, typed, meant):
    assert vocabulary.nearest(typed)[0].word == meant


@pytest.mark.parametrize("typed", ["", "و", "به", "خبرگزاری", "1402", "iaeo", "ا" * (LONGEST + 1)])
def test_nothing_is_near_what_is_short_far_or_no_persian_word(vocabulary, typed):
    assert vocabulary.nearest(typed) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tahrim", "تحریم"),
        ("tahrimha", "تحریمها"),
        ("mozakerat", "مذاکرات"),
        ("mozakere", "مذاکره"),
        ("siasat", "سیاست"),
        ("siyaasat", "سیاست"),
        ("diplomasi", "دیپلماسی"),
        ("lavrof", "لاوروف"),
        ("ghazaghestan", "قزاقستان"),
        ("qazaqestan", "قزاقستان"),
        ("vakonesh", "واکنش"),
        ("e'teraz", "اعتراض"),
        ("ghatnameh", "قطعنامه"),
        ("eslami", "اسلامی"),
        ("hastei", "هستهای"),
        ("eghtesad", "اقتصاد"),
        ("tavafogh", "توافق"),
        ("iran", "ایران"),
    ],
)
def test_latin_letters_sound_like_the_word_that_was_meant(vocabulary, typed, meant):
    assert vocabulary.sounding(typed)[0].word == meant


@pytest.mark.parametrize("typed", ["", "a", "1401", "xyzzy", "a" * (LONGEST + 1)])
def test_nothing_sounds_like_what_is_no_word(vocabulary, typed):
    assert vocabulary.sounding(typed) == []


@given(st.text() | st.sampled_from(sorted(WORDS)))
def test_candidates_are_other_words_of_the_index_in_order(vocabulary, typed):
    for found in (vocabulary.nearest(typed), vocabulary.sounding(typed)):
        assert all(each.word in WORDS and each.word != typed for each in found)
        assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_an_empty_index_has_no_words():
    vocabulary = Vocabulary([])
    assert vocabulary.nearest("ایران") == vocabulary.sounding("iran") == []
