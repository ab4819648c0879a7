import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.keyboard import as_latin, as_persian, neighbours

LETTERS = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jpvdl", "تحریم"),
        ("JPVDL", "تحریم"),
        ("lbh;vhj", "مذاکرات"),
        ("v,sdi", "روسیه"),
        ("`hdhk", "پایان"),
        ("\\hdhk", "پایان"),
        ("mhdhk", "پایان"),
        ("'tj", "گفت"),
        ("]dk", "چین"),
        ("[li,vd", "جمهوری"),
        ("Hlvd;h", "آمریکا"),
        ("Ck,", "ژنو"),
        ("", ""),
    ],
)
def test_latin_keys_are_read_as_persian_letters(typed, meant):
    assert meant in as_persian(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("قعسسهش", "russia"),
        ("هشثش", "iaea"),
        ("مشرقخر", "lavrov"),
        ("ذذز", "bbc"),
        ("فقعئح", "trump"),
        ("فقعپح", "trump"),
        ("هقشد", "iran"),
        ("هقشن", "irak"),
        ("\u064aث", "de"),
        ("۱۴۰۱", "۱۴۰۱"),
    ],
)
def test_persian_letters_are_read_as_latin_keys(typed, meant):
    assert meant in as_latin(typed)


@given(st.text(LETTERS))
def test_what_is_typed_on_either_layout_comes_back(word):
    for typed in as_latin(word):
        assert word in as_persian(typed)


@given(st.text())
def test_any_text_has_a_reading(text):
    assert as_persian(text)
    assert as_latin(text)


def test_every_letter_has_neighbours_and_they_are_mutual():
    near = neighbours()
    assert set(LETTERS) - {"ژ"} <= near.keys()  # a shifted key
    assert all(letter in near[other] for letter, others in near.items() for other in others)
    assert all(letter not in others for letter, others in near.items() if letter != "پ")  # on two keys
