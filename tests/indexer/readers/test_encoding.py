import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indexer.readers.encoding import UTF_8, UTF_16, WINDOWS_1256, EncodingError, decode

NEWS = (
    "وزير امور خارجه ايران روز شنبه براي گفت\u200cوگو درباره همکاري\u200cهاي دو کشور به مسکو رفت.",
    "سخنگوي وزارت خارجه: «آيا مذاکرات به نتيجه مي\u200cرسد؟»",
    "پژوهشگران گفتند كه چاپ اين گزارش دو روز طول مي كشد",
    "تحريم",
    "نفت 85 دلار شد (WTI)",
    "گزارش\u00a0ويژه – ژنو، 12 آبان…",
)


@pytest.mark.parametrize("text", NEWS)
@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", UTF_8),
        ("utf-8-sig", UTF_8),
        ("utf-16", UTF_16),
        ("windows-1256", WINDOWS_1256),
    ],
)
def test_persian_is_read_in_every_encoding(text: str, codec: str, name: str) -> None:
    assert decode(text.encode(codec)) == (text, name)


@pytest.mark.parametrize("text", NEWS)
def test_utf16_of_the_other_byte_order(text: str) -> None:
    assert decode(b"\xfe\xff" + text.encode("utf-16-be")) == (text, UTF_16)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"\xff\xfe\xfa", 1),
        ("یک\nدو".encode("utf-16") + b"x", 2),
        (NEWS[0].encode() + b"\n\n\xff", 3),
        ("Größe und Länge\n".encode("latin-1"), 1),
        ("ΑΒΓ αβγ".encode("iso8859-7"), 1),
        ("Москва и Тегеран".encode("windows-1251"), 1),
        ("سخنگوی وزارت".replace("ی", "ي").replace("گ", "ك").encode("iso8859-6") + b"\x00", 1),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 1),
        (bytes(range(256)), 2),
        ("東京と北京".encode("shift-jis"), 1),
    ],
)
def test_bytes_of_no_known_encoding_are_refused_with_their_line(raw: bytes, line: int) -> None:
    with pytest.raises(EncodingError, match="UTF-8") as refused:
        decode(raw)
    assert refused.value.line == line


@given(st.text())
def test_utf8_is_never_taken_for_anything_else(text: str) -> None:
    assume(not text.startswith("\ufeff"))
    assert decode(text.encode()) == (text, UTF_8)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_utf16_is_read_whole(text: str) -> None:
    assert decode(text.encode("utf-16")) == (text, UTF_16)


@given(st.binary())
def test_any_bytes_are_text_or_refused(raw: bytes) -> None:
    lines = raw.count(b"\n") + 1
    try:
        text, encoding = decode(raw)
        line = 1
    except EncodingError as error:
        text, encoding, line = "", UTF_8, error.line
    assert encoding in {UTF_8, UTF_16, WINDOWS_1256}
    assert len(text) <= len(raw)
    assert 1 <= line <= lines
