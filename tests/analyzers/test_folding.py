import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.folding import fold

SAME = [
    ("علي", "علی"),
    ("كيف", "کیف"),
    ("شوراي", "شورای"),
    ("رئیس", "رییس"),
    ("مسائل", "مسایل"),
    ("مسؤول", "مسوول"),
    ("تأمین", "تامین"),
    ("إسلام", "اسلام"),
    ("ٱلله", "الله"),
    ("خانۀ", "خانه"),
    ("خانهٔ", "خانه"),
    ("آیة", "آیه"),
    ("هیأت", "هیات"),
    ("اعضاء", "اعضا"),
    ("قرا\u0653ن", "قرآن"),
    ("مو\u0654من", "مومن"),
    ("ي\u0654", "ی"),
    ("مُحَمَّد", "محمد"),
    ("كـــتاب", "کتاب"),
    ("ﻣﺬﺍﻛﺮﻩ", "مذاکره"),
    ("ﻻزم", "لازم"),
    ("ﷲ", "الله"),
    ("همکاری\u200cها", "همکاریها"),
    ("می\u200e‌رود", "میرود"),
    ("\ufeffایران", "ایران"),
    ("سوء", "سو"),
    ("ہند", "هند"),
    ("١٤٠٣", "1403"),
    ("۱۴۰۳", "1403"),
    ("NATO", "nato"),
    ("Café", "cafe"),
    ("ＮＡＴＯ", "nato"),
]

APART = [("آب", "اب"), ("قرآن", "قران"), ("علم", "عالم"), ("ایران", "ایراد")]


@pytest.mark.parametrize(("written", "folded"), SAME)
def test_variants_fold_to_one_spelling(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_tells_words_apart_stays(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec=None, categories=("Cs",)), min_size=1))
def test_lone_surrogates_pass_through(text: str) -> None:
    assert fold(text) == text


@given(st.text(alphabet="اآأإبپتيىئکكةۀهؤو\u0653\u0654\u0655\u200c"))
def test_composed_and_decomposed_letters_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))
