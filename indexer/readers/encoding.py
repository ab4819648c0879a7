"""Turns the bytes of a file into text, because old Persian archives are not in UTF-8.

No statistics over languages are needed: a file with a byte order mark says what it is, UTF-8 is hardly ever
valid by chance, and what is left of Persian is Windows-1256, recognised by its letters.
"""

import codecs
import re
from typing import NamedTuple

UTF_8 = "UTF-8"
UTF_16 = "UTF-16"
WINDOWS_1256 = "Windows-1256"

# The letters that Persian is written with in Windows-1256: it has no ی (U+06CC), so ي (U+064A) and ى (U+0649)
# stand for it, and often ك (U+0643) for ک.
_PERSIAN = frozenset("آابپتثجچحخدذرزژسشصضطظعغفقکكگلمنوهىيئءأإؤة")
_FREQUENT = frozenset("اينردمهتوبىسشلكک")
_BESIDE = frozenset("،؛؟«»ـ…–—‘’“”•\u200c\u200d\u200e\u200f\u00a0\u064b\u064c\u064d\u064e\u064f\u0650\u0651")

# A Latin letter beside a Persian one, as in every second word of a German text read as Windows-1256.
_MIXED = re.compile("[A-Za-z](?=[آ-ي])|[آ-ي](?=[A-Za-z])")

# Shares: of Persian letters and marks among all characters beyond ASCII; among letters, of the frequent and
# of those that stand beside a Latin one.
_LEAST_PERSIAN = 0.9
_LEAST_FREQUENT = 0.5
_MOST_MIXED = 0.1


class Decoded(NamedTuple):
    """A text, and the name of the encoding it was in."""

    text: str
    encoding: str


class EncodingError(ValueError):
    """Bytes in no encoding that is known here; ``line`` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__("the encoding is not known; save the file as UTF-8")
        self.line = line


def decode(raw: bytes) -> Decoded:
    """Read bytes as UTF-8, as UTF-16 with a byte order mark, or as Persian in Windows-1256.

    Raises :class:`EncodingError`.

    >>> decode("تحريم روسيه".encode("windows-1256"))
    Decoded(text='تحريم روسيه', encoding='Windows-1256')
    """
    if is_utf_16(raw):
        try:
            return Decoded(raw.decode("utf-16"), UTF_16)
        except UnicodeDecodeError as error:
            raise EncodingError(raw[: error.start].decode("utf-16", "ignore").count("\n") + 1) from None
    try:
        return Decoded(raw.decode("utf-8-sig"), UTF_8)
    except UnicodeDecodeError as error:
        text = raw.decode("windows-1256")
        if not _looks_persian(text):
            raise EncodingError(raw[: error.start].count(b"\n") + 1) from None
        return Decoded(text, WINDOWS_1256)


def is_utf_16(raw: bytes) -> bool:
    """Tell by its byte order mark whether a file, of which these are the first bytes, is UTF-16."""
    return raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _looks_persian(text: str) -> bool:
    """Tell Persian from bytes of another encoding, which would be rare letters, symbols and controls.

    UTF-8 with a broken byte among it comes out as ط, ظ, غ and Latin letters.
    """
    if any(character < " " and not character.isspace() for character in text):
        return False
    beyond = [character for character in text if character > "\x7f"]
    letters = [character for character in beyond if character in _PERSIAN]
    marks = sum(character in _BESIDE for character in beyond)
    frequent = sum(character in _FREQUENT for character in letters)
    mixed = len(_MIXED.findall(text))
    return (
        len(letters) + marks >= _LEAST_PERSIAN * len(beyond)
        and frequent >= _LEAST_FREQUENT * len(letters)
        and mixed <= _MOST_MIXED * len(letters)
    )
