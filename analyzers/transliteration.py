"""How Persian is written in Latin letters, so that ``tahrim`` and ``mozakerat`` can be compared with words.

There is no one way to write it: short vowels that Persian leaves out are typed, several letters of one sound
share one, and خ is kh or x. So nothing is rewritten here; each sound that may have been typed is given with
what it costs to stand for a Persian letter, and whoever holds words finds the cheapest. A cost of 0 is the
usual spelling, and 1 one that is hardly meant. The costs are set by hand.
"""

from itertools import chain, islice, product
from typing import NamedTuple

_UNHEARD = 1.4  # a consonant that was typed for nothing

# Sound: the letters it may stand for and their costs; "" is the cost of standing for none.
_SOUNDS: dict[str, dict[str, float]] = {
    "a": {"ا": 0.1, "آ": 0.1, "ع": 0.25, "ه": 0.4, "ی": 0.7, "": 0.12},
    "aa": {"ا": 0.0, "آ": 0.0, "ع": 0.3, "": 0.6},
    "e": {"": 0.05, "ه": 0.15, "ا": 0.4, "ی": 0.35, "ع": 0.35},
    "o": {"": 0.1, "و": 0.12, "ا": 0.4, "ع": 0.4},
    "i": {"ی": 0.03, "": 0.55, "ا": 0.6, "ع": 0.6},
    "ee": {"ی": 0.0, "": 0.5},
    "u": {"و": 0.03, "": 0.4, "ا": 0.5, "ع": 0.6},
    "oo": {"و": 0.0, "": 0.5},
    "ou": {"و": 0.05, "": 0.4},
    "ei": {"ی": 0.08, "": 0.6},
    "y": {"ی": 0.0, "": 0.7},
    "b": {"ب": 0.0}, "p": {"پ": 0.0}, "t": {"ت": 0.0, "ط": 0.12}, "th": {"ث": 0.2, "ت": 0.3, "س": 0.5},
    "s": {"س": 0.0, "ص": 0.1, "ث": 0.2, "ز": 0.7}, "j": {"ج": 0.0, "ژ": 0.2, "ی": 0.7},
    "ch": {"چ": 0.0, "خ": 0.4, "ک": 0.5, "ش": 0.6}, "h": {"ه": 0.05, "ح": 0.08, "": 0.5},
    "kh": {"خ": 0.0}, "d": {"د": 0.0}, "z": {"ز": 0.0, "ض": 0.12, "ذ": 0.15, "ظ": 0.15},
    "r": {"ر": 0.0}, "zh": {"ژ": 0.0}, "sh": {"ش": 0.0}, "gh": {"ق": 0.03, "غ": 0.06, "گ": 0.5},
    "q": {"ق": 0.0, "غ": 0.1, "ک": 0.5}, "f": {"ف": 0.0}, "ph": {"ف": 0.05},
    "k": {"ک": 0.0, "ق": 0.5, "خ": 0.7}, "g": {"گ": 0.0, "ج": 0.5, "غ": 0.4, "ق": 0.5},
    "c": {"ک": 0.2, "س": 0.3, "چ": 0.3, "ث": 0.7}, "l": {"ل": 0.0}, "m": {"م": 0.0}, "n": {"ن": 0.0},
    "v": {"و": 0.0, "ف": 0.4}, "w": {"و": 0.03}, "x": {"خ": 0.1},
    "'": {"ع": 0.0, "": 0.02},
}  # fmt: skip
# What one typing may mean besides itself: letters of their own, and one sound written with two letters.
_READINGS: dict[str, tuple[tuple[str, ...], ...]] = {
    "kh": (("kh",), ("k", "h")), "gh": (("gh",), ("g", "h")), "sh": (("sh",), ("s", "h")),
    "zh": (("zh",), ("z", "h")), "ch": (("ch",),), "th": (("t", "h"), ("th",)), "ph": (("ph",), ("p", "h")),
    "ck": (("k",),), "x": (("x",), ("k", "s")), "aa": (("aa",),), "oo": (("oo",),),
    "ee": (("ee",), ("e", "e")), "ou": (("ou",),), "ow": (("ou",),), "ei": (("ei",), ("e", "i")),
    "ey": (("ei",),), "ai": (("a", "i"), ("ei",)), "ay": (("a", "y"),),
}  # fmt: skip
# A vowel that begins a word is written with ا before it.
_FIRST = {
    "a": {"ا": 0.05, "آ": 0.05, "ع": 0.15},
    "aa": {"آ": 0.0, "ا": 0.1, "ع": 0.2},
    "e": {"ا": 0.03, "ع": 0.15},
    "o": {"ا": 0.03, "ع": 0.15},
}
_BEFORE_FIRST = {"i": "e", "ee": "e", "ei": "e", "u": "o", "oo": "o", "ou": "o"}
# Letters that stand in Persian for what is not typed in Latin.
_UNTYPED = {"ع": 0.3, "ا": 0.4, "ه": 0.4, "و": 0.6, "ی": 0.5, "ح": 0.8}
NOT_TYPED = 1.5  # any other letter
_MOST_READINGS = 8
_DOUBLED = 0.03


class Sound(NamedTuple):
    """One typed sound: the cost of each letter that it may stand for, and of standing for none."""

    letters: dict[str, float]
    silent: float


def untyped_cost(letter: str) -> float:
    """Return what it costs that ``letter`` stands in the Persian word and nothing was typed for it."""
    return _UNTYPED.get(letter, NOT_TYPED)


def readings(typed: str) -> list[list[Sound]]:
    """Return the sounds of a Latin word, in each way it may be read; none when it holds anything else.

    >>> [[min(sound.letters, key=sound.letters.get) for sound in way] for way in readings("shax")]
    [['ش', 'ا', 'خ'], ['ش', 'ا', 'ک', 'س'], ['س', 'ه', 'ا', 'خ'], ['س', 'ه', 'ا', 'ک', 'س']]
    >>> readings("1401")
    []
    """
    parts: list[tuple[tuple[str, ...], ...]] = []
    word = typed.lower()
    at = 0
    while at < len(word):
        pair = word[at : at + 2]
        unit = pair if pair in _READINGS else word[at]
        if unit not in _READINGS and unit not in _SOUNDS:
            return []
        parts.append(_READINGS.get(unit, ((unit,),)))
        at += len(unit)
    ways = (list(chain.from_iterable(way)) for way in islice(product(*parts), _MOST_READINGS))
    return [_sounds(way) for way in ways if way]


def _sounds(names: list[str]) -> list[Sound]:
    """Look sounds up; the second of a doubled consonant is not written in Persian."""
    if names[0] in _BEFORE_FIRST:
        names = [_BEFORE_FIRST[names[0]], *names]
    sounds = []
    for before, name in zip(["", *names], names, strict=False):
        letters = _SOUNDS[name] if before else _FIRST.get(name, _SOUNDS[name])
        doubled = name == before and "" not in letters
        silent = _DOUBLED if doubled else letters.get("", _UNHEARD)
        sounds.append(Sound({letter: cost for letter, cost in letters.items() if letter}, silent))
    return sounds
