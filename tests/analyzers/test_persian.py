import json
import random
import threading
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers import PersianAnalyzer

ONE_WORD = [
    ("همکاری‌های", "همکاریهای", "همکاری های"),
    ("کتاب‌ها", "کتابها", "کتاب ها"),
    ("می‌رود", "میرود", "می رود"),
    ("نمی‌خواهند", "نمیخواهند", "نمی خواهند"),
    ("رفته‌اند", "رفتهاند", "رفته اند"),
    ("برمی‌گردد", "برمیگردد", "برمی گردد", "بر می‌گردد", "بر می گردد"),
    ("بین‌المللی", "بینالمللی", "بین المللی"),
    ("گفت‌وگو", "گفتوگو", "گفت و گو", "گفت‌و‌گو", "گفتگو", "گفت وگو"),
    ("پیش‌نویس", "پیشنویس", "پیش نویس"),
    ("پیش‌نویس‌های", "پیشنویسهای", "پیش نویس های", "پیش نویسهای", "پیش‌نویسهای"),
    ("رئیس‌جمهور", "رئیسجمهور", "رئیس جمهور", "رييس جمهور"),
    ("آیت‌الله", "آیتالله", "آیت الله"),
    ("حزب‌الله", "حزبالله", "حزب الله"),
    ("هسته‌ای", "هستهای", "هسته ای"),
    ("مهم‌ترین", "مهمترین", "مهم ترین"),
    ("خانه‌ی", "خانهی", "خانه ی", "خانۀ", "خانهٔ"),
    ("کشورهای‌مان", "کشورهایمان"),
    ("گفته شده‌اند", "گفته‌شده‌اند", "گفتهشدهاند", "گفته شده اند"),
    ("توییت‌های", "توییتهای", "توییت های"),
]

SEVERAL_WORDS = [
    ("خطیب‌زاده", "خطیبزاده", "خطیب زاده"),
    ("وزیرامورخارجه", "وزیر امورخارجه", "وزیر امور خارجه", "وزیرامور خارجه"),
    ("اینکه", "این که", "این‌که"),
    ("وهمکاریهای", "و همکاری‌های", "و همکاری های"),
    ("بایکدیگر", "با یکدیگر"),
    ("به‌طور", "بهطور", "به طور"),
    ("سفر کرد.وزیر", "سفر کرد. وزیر"),
    ("امیرعبداللهیان", "امیر عبداللهیان", "امیر‌عبداللهیان"),
    # A surname that looks like a verb's sign, and a sign before what is no verb
    ("ترزا می", "ترزا  می"),
    ("ترزا می در لندن", "ترزا می در  لندن"),
    ("می در", "می  در"),
]


def terms(analyzer: PersianAnalyzer, text: str) -> list[tuple[str, int]]:
    return [(token.term, token.position) for token in analyzer.analyze(text)]


@pytest.mark.parametrize("spellings", ONE_WORD, ids=lambda spellings: spellings[0])
def test_one_word_in_every_spacing(analyzer: PersianAnalyzer, spellings: tuple[str, ...]) -> None:
    wanted = terms(analyzer, spellings[0])
    assert len(wanted) == 1
    for spelling in spellings:
        text = f"که {spelling} دیروز"
        assert terms(analyzer, spelling) == wanted, spelling
        token = analyzer.analyze(text)[1]
        assert text[token.start : token.end] == spelling


@pytest.mark.parametrize("spellings", SEVERAL_WORDS, ids=lambda spellings: spellings[0])
def test_several_words_in_every_spacing(analyzer: PersianAnalyzer, spellings: tuple[str, ...]) -> None:
    wanted = terms(analyzer, spellings[0])
    assert len(wanted) > 1
    for spelling in spellings[1:]:
        assert terms(analyzer, spelling) == wanted, spelling


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ترزا می در بیانیه", ["ترزا", "می", "در", "بیانیه"]),
        ("ترزا می گفت", ["ترزا", "می", "گفت"]),
        ("ترزا می نخست وزیر", ["ترزا", "می", "نخستوزیر"]),
        ("از می و مستی", ["از", "می", "و", "مستی"]),
        ("ترزا گفت می رود", ["ترزا", "گفت", "میرود"]),
        ("نخست وزیر می گفت", ["نخستوزیر", "میگفت"]),
        ("من نمی خوام", ["من", "نمیخوام"]),
    ],
)
def test_a_sign_joins_a_verb_and_no_surname_or_particle(
    analyzer: PersianAnalyzer, text: str, words: list[str]
) -> None:
    assert [token.exact for token in analyzer.analyze(text)] == words


def test_pieces_of_a_run_together_word_slice_the_raw_text(analyzer: PersianAnalyzer) -> None:
    text = "«وهمکاريهای» خطیبزاده"
    assert [text[token.start : token.end] for token in analyzer.analyze(text)] == [
        "و",
        "همکاريهای",
        "خطیب",
        "زاده",
    ]


def test_exact_keeps_the_form_and_forgets_the_spacing(analyzer: PersianAnalyzer) -> None:
    kept, dropped, spaced = (
        analyzer.analyze(text)[0].exact for text in ("تحریم‌های", "تحريمهای", "تحریم های")
    )
    assert kept == dropped == spaced == "تحریمهای"
    assert analyzer.analyze("نمی‌رود")[0].exact != analyzer.analyze("می‌رود")[0].exact


def test_the_future_is_one_word(analyzer: PersianAnalyzer) -> None:
    assert [token.term for token in analyzer.analyze("خواهند رفت")] == ["رفت"]
    assert [token.term for token in analyzer.analyze("آنها خواهند")][-1] == "خواست"


@pytest.mark.parametrize("text", ["ضد تحریم", "حق بدون شرط", "تحت فشار", "نه شرقی نه غربی", "و یا"])
def test_there_is_no_stop_list(analyzer: PersianAnalyzer, text: str) -> None:
    assert len(analyzer.analyze(text)) == len(text.split())


@pytest.mark.parametrize("gap", ["\n", " - ", "، ", "    ", "\t"])
def test_only_a_soft_gap_joins(analyzer: PersianAnalyzer, gap: str) -> None:
    assert len(analyzer.analyze(f"بین{gap}المللی")) == 2


any_text = st.text(
    alphabet=st.one_of(st.sampled_from("ابپتسشمنهوی آء\u200c\u200d\u0654ـ۱۲ .،"), st.characters())
)


@given(any_text)
@settings(max_examples=300)
def test_tokens_are_in_order_whole_and_not_empty(analyzer: PersianAnalyzer, text: str) -> None:
    last_start = last_position = -1
    for token in analyzer.analyze(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.start >= last_start
        assert token.position >= last_position
        assert token.term
        assert token.exact
        assert token.end == len(text) or unicodedata.category(text[token.end])[0] != "M"
        last_start, last_position = token.start, token.position


@given(any_text)
@settings(max_examples=200)
def test_a_text_reads_the_same_every_time(analyzer: PersianAnalyzer, text: str) -> None:
    assert analyzer.analyze(text) == analyzer.analyze(text)


SPACED = st.lists(
    st.sampled_from(
        [form for forms in ONE_WORD + SEVERAL_WORDS for form in forms] + ["و", "از", "12", "(", "a\u200cb"]
    ),
    max_size=20,
)


@given(SPACED, st.sampled_from([" ", "\u200c", "، ", ""]), st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_words_that_are_looked_for_are_the_tokens_that_have_them(
    analyzer: PersianAnalyzer, words: list[str], joint: str, chance: random.Random
) -> None:
    text = joint.join(words)
    tokens = analyzer.analyze(text)
    terms = {token.term for token in tokens if chance.random() < 0.3}
    exact = {token.exact for token in tokens if chance.random() < 0.3}
    wanted = [token for token in tokens if token.term in terms or token.exact in exact]
    assert analyzer.find(text, terms, exact) == wanted


def test_words_read_the_same_however_few_are_kept(analyzer: PersianAnalyzer) -> None:
    forgetful = PersianAnalyzer(analyzer.lexicon, analyzer.layer, kept=2)
    for spelling in (spelling for spellings in ONE_WORD + SEVERAL_WORDS for spelling in spellings):
        assert forgetful.analyze(spelling) == analyzer.analyze(spelling), spelling


@given(st.text(alphabet=st.characters(categories=("Cs", "Lo", "Zs")), min_size=1))
def test_lone_surrogates_do_not_crash(analyzer: PersianAnalyzer, text: str) -> None:
    for token in analyzer.analyze(text):
        json.dumps(token.term)


@pytest.mark.parametrize("unit", ["ا", "ب\u200c", "می", "سلام", "\u0654", "و", "ها\u200c", "12", "a'", "ﷺ"])
def test_a_megabyte_without_a_space_is_read(analyzer: PersianAnalyzer, unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    tokens = analyzer.analyze(text)
    assert all(token.end <= len(text) for token in tokens)


def test_threads_share_one_analyzer(analyzer: PersianAnalyzer) -> None:
    text = "وزیرامورخارجه گفت‌وگو می رود کتاب های " * 50
    wanted = analyzer.analyze(text)
    got: list[bool] = []
    threads = [
        threading.Thread(target=lambda: got.append(analyzer.analyze(text) == wanted)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [True] * 8
