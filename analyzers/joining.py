"""Neighbouring chunks that are one word with a space in it (می رود, کتاب ها, بین المللی), read as that word.

The same tables decide as for one chunk, so a word typed with a space meets the one typed without. Chunks are
tried only where the first can open a word and the second can go on with it.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate
from sys import intern

import msgspec

from analyzers.corpus_layer import CorpusLayer
from analyzers.folding import fold
from analyzers.lexicon import Lexicon
from analyzers.morphology import (
    PERSON_ENDINGS,
    PLURALS,
    PREVERBS,
    SUFFIXES,
    VERB_PREFIXES,
    VERB_SIGNS,
    Morphology,
)
from analyzers.spacing import Piece, Spacing

MAX_JOINED = 6  # chunks
_MAX_TERM = 256  # letters; what is longer is no word, and an index need not hold it whole
_PERFECT = PERSON_ENDINGS | {"است"}
# What makes a participle before it a finite form, as in گفته است and گفته شده‌اند.
_AUXILIARIES = _PERFECT | {"شده", "شدگان"} | {"شده" + ending for ending in _PERFECT}
# خواهد رفت is a form of رفت; خواهد alone stays a form of خواست.
_PERSONS = ("م", "ی", "د", "یم", "ید", "ند")
FUTURE = frozenset(negation + "خواه" + person for negation in ("", "ن") for person in _PERSONS)
_NOTHING: frozenset[str] = frozenset()
# Before one of these می is no sign, whatever the verb: «ترزا می در بیانیه‌ای».
_PARTICLES = frozenset(
    ["از", "به", "با", "بر", "تا", "در", "که", "و", "را", "برای", "این", "آن", "هم", "نیز", "یا", "اما"]
)
# What a verb may begin with when it is typed in any number of chunks.
_OPENS_A_VERB = VERB_PREFIXES | PREVERBS


class Reading(msgspec.Struct, frozen=True, gc=False):
    """What a chunk says: its folded letters, its words, and how it may join others; there are thousands.

    ``term`` is that of its first word, and empty where its parts have to be read. ``pieces`` are its words if
    it has several; the exact form of a single one is ``key``.
    ``opens`` holds the first two letters of what may follow it in one word, ``begins`` are its own;
    ``attaches`` tells whether it may be a suffix of what stands before.
    """

    key: str
    term: str
    pieces: tuple[Piece, ...] = ()
    opens: frozenset[str] = _NOTHING
    begins: str = ""
    attaches: bool = False


class Together(msgspec.Struct, frozen=True, gc=False):
    """What neighbouring chunks are as one word: its term and exact form, both empty where they are several.

    ``goes_on`` tells whether a word that begins with them may go on with a chunk that is no suffix.
    """

    term: str
    exact: str
    goes_on: bool


_APART, _APART_BUT_OPEN = (Together("", "", goes_on) for goes_on in (False, True))


class Joining:
    """Reads chunks with what they may join, and joins them."""

    def __init__(self, lexicon: Lexicon, layer: CorpusLayer) -> None:
        self._morphology = Morphology(lexicon)
        self._spacing = Spacing(lexicon, layer, self._morphology)
        self._verbs = lexicon.verbs
        self._past_stems = frozenset(lexicon.verbs.different)
        self._compounds = (lexicon.compounds, layer.joins)
        self._number = lexicon.number
        self._openings = lexicon.openings
        self._learned_openings = openings_of_compounds(layer.joins)
        self._before_surnames = lexicon.before_surnames

    def read(self, chunk: str) -> Reading:
        """Read one chunk of raw text as the words it holds."""
        key = fold(chunk)[:_MAX_TERM] or chunk[:_MAX_TERM]  # a hamza alone folds to nothing
        number = self._number(key)
        term, pieces = self._spacing.words(chunk, key, number)
        attaches = key in SUFFIXES or key in _AUXILIARIES
        return Reading(key, term, pieces, self._opens(key, number), intern(key[:2]), attaches)

    def _opens(self, key: str, number: int) -> frozenset[str]:
        starts = self._openings.at(number)
        opens = _NOTHING if starts is None else _starts(starts)
        learned = self._learned_openings.get(key)
        return opens if learned is None else opens | learned

    def is_before_surname(self, key: str) -> bool:
        """Tell whether what looks like a verb's sign is a surname after a chunk: می after ترزا."""
        return key in self._before_surnames

    def together(self, keys: tuple[str, ...]) -> Together:
        """Read neighbouring chunks (folded) as one word."""
        letters = "".join(keys)
        goes_on = self._goes_on(keys[0], letters)
        if term := self._join(keys, letters):
            return Together(term, letters, goes_on)
        return _APART_BUT_OPEN if goes_on else _APART

    def _goes_on(self, first: str, letters: str) -> bool:
        if letters in self._openings or letters in self._learned_openings:
            return True
        return first in _OPENS_A_VERB and self._verbs.goes_on(letters)

    def _join(self, keys: tuple[str, ...], joined: str) -> str | None:
        first, *rest = keys
        finite = first in VERB_PREFIXES or _AUXILIARIES.issuperset(rest) or _is_preverb(first, rest[0])
        if finite and (verb := self._verbs.get(joined)) is not None:
            return verb
        if first in VERB_SIGNS:
            colloquial = len(rest) == 1 and rest[0].isalpha() and rest[0] not in _PARTICLES
            return self._morphology.lemma(joined) or joined if colloquial else None
        if first in FUTURE:
            return rest[0] if len(rest) == 1 and rest[0] in self._past_stems else None
        if SUFFIXES.issuperset(rest) and first not in SUFFIXES and _takes_suffix(first, rest[0]):
            return self._spacing.with_suffixes(first, joined)
        return self._compound(keys, joined)

    def _compound(self, keys: tuple[str, ...], joined: str) -> str | None:
        lemma = self._morphology.lemma(joined)
        if lemma is None:
            return None
        borders = next((found for table in self._compounds if (found := table.get(lemma))), ())
        inside = False
        for position in accumulate(map(len, keys[:-1])):
            if position in borders:
                inside = True
            elif joined[position:] not in SUFFIXES:
                return None
        return lemma if inside else None


def openings_of_compounds(compounds: Mapping[str, Sequence[int]]) -> dict[str, set[str]]:
    """Return what may open each compound typed in several chunks, and the beginnings of what may follow.

    >>> {opening: sorted(starts) for opening, starts in openings_of_compounds({"گفتوگو": (3, 4)}).items()}
    {'گفت': ['و', 'وگ'], 'گفتو': ['گو']}
    """
    openings: dict[str, set[str]] = {}
    for key, borders in compounds.items():
        for border, end in zip(borders, (*borders[1:], len(key)), strict=True):
            starts = {key[border : border + 2], key[border : min(border + 2, end)]}
            openings.setdefault(key[:border], set()).update(starts)
    return openings


@cache
def _starts(starts: str) -> frozenset[str]:
    """Take the beginnings of a column apart; there are 2,000 different ones."""
    return frozenset(map(intern, starts.split()))


def _takes_suffix(word: str, suffix: str) -> bool:
    """Tell whether a suffix set apart can belong to a word: anything has a plural, little words no more."""
    return word[:1].isalpha() and (suffix in PLURALS or len(word) > 2)


def _is_preverb(first: str, second: str) -> bool:
    """Tell whether a word such as بر stands before a verb that shows its sign; else it is a preposition."""
    return first in PREVERBS and second.startswith(VERB_SIGNS)
