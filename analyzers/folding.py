"""One canonical spelling for every letter, so that keyboards, encodings and agencies cannot hide a word.

Folding is blind to what readers do not see or do not mind: Arabic and Persian code points of one letter
(U+064A and U+06CC), the carrier of a hamza (مسائل, مسایل), vowel marks, tatweel, presentation forms, the
three digit sets, Latin case and accents, and every zero-width or bidi control, the zero-width non-joiner
(U+200C) among them. The madda of آ (U+0622) is kept: it tells words apart.
"""

import re
import unicodedata
from functools import lru_cache

_LETTERS = {
    "ا": "\u0623\u0625\u0671\u0672\u0673\u0675",
    "ی": "\u0626\u0649\u064a\u06cd\u06ce\u06d0\u06d1\u06d2\u06d3\u0678\u063d",
    "ک": "\u0643\u06aa\u063b\u06ac",
    "ه": "\u0629\u06be\u06c0\u06c1\u06c2\u06c3\u06d5",
    "و": "\u0624\u0676\u06c4\u06c5\u06c6\u06c7\u06c8\u06c9\u06ca\u06cb",
    "ر": "\u0692\u0693\u0694\u0695\u0696",
    "ل": "\u06b5\u06b6\u06b7",
    "ن": "\u06ba\u06bb",
    "ت": "\u067c",
    "د": "\u0689",
}
# Hamza alone (سوء, اعضاء), Koranic and vowel marks, tatweel, soft hyphen and the controls that take no room.
_DROPPED = [
    0x0621, 0x0640, 0x0674, 0x00AD, 0x061C, 0x180E, 0xFEFF,
    *range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670,
    *range(0x06D6, 0x06DD), *range(0x06DF, 0x06E9), *range(0x06EA, 0x06EE), *range(0x08D3, 0x0900),
    *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070),
]  # fmt: skip
_DECOMPOSED_MADDA = "\u0627\u0653"


def _table() -> dict[int, str]:
    table = {ord(variant): letter for letter, variants in _LETTERS.items() for variant in variants}
    for zero in (0x0660, 0x06F0):
        table.update({zero + digit: str(digit) for digit in range(10)})
    table.update(dict.fromkeys(_DROPPED, ""))
    for presentation in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        plain = unicodedata.normalize("NFKC", chr(presentation))
        if plain != chr(presentation):
            table[presentation] = plain.translate(table).replace(" ", "")
    table.update({upper: chr(upper + 32) for upper in range(ord("A"), ord("Z") + 1)})
    return table


_TABLE = _table()
_PLAIN = frozenset(map(chr, [*range(0x80), *range(0x0600, 0x0700), 0x200C]))
# What may have to be folded: most words hold none of it, and are told so by one search.
_UNFOLDED = re.compile(f"[^{re.escape(''.join(sorted(_PLAIN - set(map(chr, _TABLE)))))}]")


def fold(text: str) -> str:
    """Fold ``text`` to the spelling that terms are compared in; idempotent, and never longer in what it says.

    >>> fold("مسؤولين كشور‌هايی") == fold("مسوولین کشورهایی")
    True
    >>> fold("ﻣﺬﺍﻛﺮﻩ ۱۴۰۱ Café")
    'مذاکره 1401 cafe'
    >>> fold("قرا\u0653ن") == fold("قرآن"), fold("هیأت"), fold("خانۀ")
    (True, 'هیات', 'خانه')
    """
    if not _UNFOLDED.search(text):
        return text
    folded = text.replace(_DECOMPOSED_MADDA, "\u0622").translate(_TABLE)
    return folded if _PLAIN.issuperset(folded) else _fold_foreign(folded)


def _fold_foreign(text: str) -> str:
    """Fold what is neither ASCII nor Arabic script, until nothing changes (two rounds)."""
    for _ in range(4):
        folded = "".join(map(_fold_letter, text)).replace(_DECOMPOSED_MADDA, "\u0622").translate(_TABLE)
        if folded == text:
            break
        text = folded
    return text


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    if "\u0600" <= letter <= "\u06ff":
        return letter
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    bare = "".join(part for part in parts if unicodedata.category(part) != "Mn")
    return bare or ("" if unicodedata.category(letter) == "Mn" else parts)
