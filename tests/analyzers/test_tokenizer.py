import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.tokenizer import chunk_columns

CHUNKS = [
    ("", []),
    ("   \n\t", []),
    ("سلام دنیا", ["سلام", "دنیا"]),
    ("سفر کرد.وزیر امور", ["سفر", "کرد", "وزیر", "امور"]),
    ("همکاری\u200cهای دو کشور", ["همکاری\u200cهای", "دو", "کشور"]),
    ("«تحریم»، (ایران)؛ آیا؟", ["تحریم", "ایران", "آیا"]),
    ("۲۰ساله", ["۲۰", "ساله"]),
    ("۱۴۰۱/۰۴/۰۲", ["۱۴۰۱", "۰۴", "۰۲"]),
    ("۳٫۵ درصد", ["۳٫۵", "درصد"]),
    ("1,000.5 دلار", ["1,000.5", "دلار"]),
    ("قطعنامه ۲۲۳۱.", ["قطعنامه", "۲۲۳۱"]),
    ("IAEA و آژانس", ["IAEA", "و", "آژانس"]),
    ("Iran's plan", ["Iran's", "plan"]),
    ("اسCOVID۱۹ت", ["اس", "COVID", "۱۹", "ت"]),
    ("_ایران_", ["ایران"]),
    ("https://x.ir/ایران", ["https", "x", "ir", "ایران"]),
    ("كـــتاب", ["كـــتاب"]),
    ("مُحَمَّد", ["مُحَمَّد"]),
    ("کتاب\u200c ها", ["کتاب\u200c", "ها"]),
    ("\u202bایران\u202c", ["ایران"]),
    ("جمهوری\u00adاسلامی", ["جمهوری\u00adاسلامی"]),
    ("Zürich", ["Zürich"]),
    ("Zu\u0308rich", ["Zu\u0308rich"]),
    ("हिन्दी", ["हिन्दी"]),
    ("1\ufe0f\u20e3", ["1\ufe0f\u20e3"]),
    ("😀", []),
]


@pytest.mark.parametrize(("text", "chunks"), CHUNKS)
def test_chunks(text: str, chunks: list[str]) -> None:
    found, starts, ends = chunk_columns(text)
    assert found == chunks
    assert [text[start:end] for start, end in zip(starts, ends, strict=True)] == chunks


@given(st.text())
def test_chunks_stand_where_they_are_said_to_in_order_and_not_empty(text: str) -> None:
    last = 0
    for chunk, start, end in zip(*chunk_columns(text), strict=True):
        assert text[start:end] == chunk
        assert last <= start < end <= len(text)
        last = end


@given(st.text())
def test_no_mark_is_left_behind_a_chunk(text: str) -> None:
    for end in chunk_columns(text)[2]:
        assert end == len(text) or unicodedata.category(text[end])[0] != "M"


@given(st.text())
def test_every_letter_and_digit_is_in_a_chunk(text: str) -> None:
    _, starts, ends = chunk_columns(text)
    covered = {index for span in zip(starts, ends, strict=True) for index in range(*span)}
    for index, letter in enumerate(text):
        if letter.isalpha() or letter.isdecimal():
            assert index in covered, (index, letter)
