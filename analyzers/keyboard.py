"""What was meant when the keyboard stood on the wrong layout, and which keys lie side by side.

Persian is typed on two layouts: ISIRI 9147, the national standard, and the older one of Windows, which
differ in the places of پ, ئ, ژ and آ. Latin is US QWERTY. A key is named by the character it gives there.
"""

from itertools import product
from math import hypot

# Keys as QWERTY names them, row by row, plain and shifted, and the letters they give in Persian.
_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,./\\`"
_SHIFTED = 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?|~'
_BOTH = "ضصثقفغعهخحجچشسیبلاتنمکگظطزرذد"
_STANDARD = _BOTH + "پو./\\\u200d"
_STANDARD_SHIFTED = (
    "\u0652\u064c\u064d\u064b\u064f\u0650\u064e\u0651][}{ؤئيإأآة»«:؛ك\u0653ژ\u0670\u200c\u0654ء><؟|÷"
)
_WINDOWS = _BOTH + "ئو./پپ"
_WINDOWS_SHIFTED = '\u064b\u064c\u064d\u0631،؛,][\\}{\u064e\u064f\u0650\u0651ۀآـ«»:"ةيژؤإأء><؟|÷'

_ROWS = (("qwertyuiop[]\\", 0.0), ("asdfghjkl;'", 0.25), ("zxcvbnm,./", 0.75))
_NEAR = 1.3  # in key widths: the keys that touch


def _layout(plain: str, shifted: str) -> dict[str, str]:
    return dict(zip(_KEYS + _SHIFTED, plain + shifted, strict=True))


_LAYOUTS = (_layout(_STANDARD, _STANDARD_SHIFTED), _layout(_WINDOWS, _WINDOWS_SHIFTED))
_KEY_OF = [{letter: key for key, letter in reversed(layout.items())} for layout in _LAYOUTS]
_TO_PERSIAN = [str.maketrans(layout) for layout in _LAYOUTS]
_TO_LATIN = [str.maketrans(keys) for keys in _KEY_OF]


def as_persian(typed: str) -> list[str]:
    """Return what keys struck on a Latin layout would have given on each Persian one, each reading once.

    Capitals are read as shifted keys, and also as if the capitals lock had been on.

    >>> as_persian("jpvdl")
    ['تحریم']
    >>> as_persian("mdl"), as_persian("Hlvd;h")
    (['پیم', 'ئیم'], ['آمریکا', 'امریکا'])
    """
    return list(dict.fromkeys(case.translate(t) for case, t in product((typed, typed.lower()), _TO_PERSIAN)))


def as_latin(typed: str) -> list[str]:
    """Return what keys struck on a Persian layout would have given on a Latin one, each reading once.

    >>> as_latin("قعسسهش"), as_latin("هشثش")
    (['russia'], ['iaea'])
    """
    plain = typed.replace("\u064a", "ی").replace("\u0643", "ک")
    return list(dict.fromkeys(plain.translate(table) for table in _TO_LATIN))


def neighbours() -> dict[str, frozenset[str]]:
    """Return for each Persian letter those whose keys touch its own, on either layout.

    >>> sorted(neighbours()["م"])
    ['ح', 'خ', 'ن', 'و', 'ک']
    """
    places = {
        key: (column + offset, float(row))
        for row, (keys, offset) in enumerate(_ROWS)
        for column, key in enumerate(keys)
    }
    touching: dict[str, set[str]] = {}
    for layout in _LAYOUTS:
        for (one, (x, y)), (other, (u, v)) in product(places.items(), repeat=2):
            if one != other and hypot(x - u, y - v) < _NEAR:
                touching.setdefault(layout[one], set()).add(layout[other])
    return {
        letter: frozenset(filter(str.isalpha, others))
        for letter, others in touching.items()
        if letter.isalpha()
    }
