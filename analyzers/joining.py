"""Neighbouring chunks that are one word with a space in it (می رود, کتاب ها, بین المللی), read as that word.

The same tables decide as for one chunk, so a word typed with a space meets the one typed without. Chunks are
tried only where the first can open a word and the second can go on with it.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate

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
from analyzers.names import forms
from analyzers.people import people_rows
from analyzers.spacing import Piece, Spacing

MAX_JOINED = 6  # chunks
_PERFECT = PERSON_ENDINGS | {"است"}
# What makes a participle before it a finite form, as in گفته است and گفته شده‌اند.
_AUXILIARIES = _PERFECT | {"شده", "شدگان"} | {"شده" + ending for ending in _PERFECT}
# خواهد رفت is a form of رفت; خواهد alone stays a form of خواست.
_PERSONS = ("م", "ی", "د", "یم", "ید", "ند")
_FUTURE = frozenset(negation + "خواه" + person for negation in ("", "ن") for person in _PERSONS)
_NOTHING: frozenset[str] = frozenset()
# Before one of these می is no sign, whatever the verb: «ترزا می در بیانیه‌ای».
_PARTICLES = frozenset(
    ["از", "به", "با", "بر", "تا", "در", "که", "و", "را", "برای", "این", "آن", "هم", "نیز", "یا", "اما"]
)
# What a verb may begin with when it is typed in any number of chunks.
_OPENS_A_VERB = VERB_PREFIXES | PREVERBS


@dataclass(frozen=True, slots=True)
class Reading:
    """What a chunk says: its folded letters, its words (none: read its parts), and how it may join others.

    ``term`` and ``exact`` are those of its first word, and ``more`` tells whether there are others: most
    chunks are one word.
    ``opens`` holds the first two letters of what may follow it in one word, ``begins`` are its own;
    ``attaches`` tells whether it may be a suffix of what stands before.
    """

    key: str
    pieces: tuple[Piece, ...]
    opens: frozenset[str]
    attaches: bool
    begins: str
    term: str
    exact: str
    more: bool


class Joining:
    """Reads chunks with what they may join, and joins them."""

    def __init__(self, lexicon: Lexicon, layer: CorpusLayer) -> None:
        self._morphology = Morphology(lexicon)
        self._spacing = Spacing(lexicon, layer, self._morphology)
        self._verbs = lexicon.verbs
        self._verb_lemmas = lexicon.verb_lemmas
        self._past_stems = frozenset(lexicon.verb_lemmas)
        self._compounds = (lexicon.compounds, layer.joins)
        self._openings = self._gather_openings()
        self._before_surnames = _before_surnames()

    def read(self, chunk: str) -> Reading:
        """Read one chunk of raw text as the words it holds."""
        key, pieces = self._spacing.pieces(chunk)
        attaches = key in SUFFIXES or key in _AUXILIARIES
        term, exact = pieces[0][:2] if pieces else ("", "")
        opens = self._openings.get(key, _NOTHING)
        return Reading(key, pieces, opens, attaches, key[:2], term, exact, more=len(pieces) > 1)

    def is_surname(self, key: str, before: str) -> bool:
        """Tell whether a chunk that looks like a verb's sign is a surname of the tables: می after ترزا."""
        return key in VERB_SIGNS and before in self._before_surnames

    def goes_on(self, keys: tuple[str, ...]) -> bool:
        """Tell whether a word that begins with these chunks may go on with one that is no suffix."""
        return keys[0] in _OPENS_A_VERB or "".join(keys) in self._openings

    def join(self, keys: tuple[str, ...]) -> str | None:
        """Return the term of neighbouring chunks (folded) that are one word, None where they are several."""
        first, *rest = keys
        joined = "".join(keys)
        if first in VERB_PREFIXES or _AUXILIARIES.issuperset(rest) or _is_preverb(first, rest[0]):
            verb = self._verbs.get(joined)
            if verb is not None:
                return self._verb_lemmas[verb]
        if first in VERB_SIGNS:
            colloquial = len(rest) == 1 and rest[0].isalpha() and rest[0] not in _PARTICLES
            return self._morphology.lemma(joined) or joined if colloquial else None
        if first in _FUTURE:
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

    def _gather_openings(self) -> dict[str, frozenset[str]]:
        openings: dict[str, set[str]] = defaultdict(set)
        for table in self._compounds:
            for key, borders in table.items():
                for border, end in zip(borders, (*borders[1:], len(key)), strict=True):
                    openings[key[:border]] |= {key[border : border + 2], key[border : min(border + 2, end)]}
        for sign in VERB_SIGNS:
            starts = {form[len(sign) : len(sign) + 2] for form in self._verbs if form.startswith(sign)}
            for opening in (sign, *(preverb + sign for preverb in PREVERBS)):
                openings[opening] |= starts
        past_starts = {stem[:2] for stem in self._past_stems}
        for future in _FUTURE:
            openings[future] = past_starts
        for preverb in PREVERBS:
            openings[preverb] |= {sign[:2] for sign in VERB_SIGNS}
        return {opening: frozenset(starts) for opening, starts in openings.items()}


def _before_surnames() -> frozenset[str]:
    """Return the words of the tables after which what is spelt like a verb's sign is a surname."""
    names = [fold(form).split() for _, label, cell, *_ in people_rows() for form in (label, *forms(cell))]
    return frozenset(words[-2] for words in names if len(words) > 1 and words[-1] in VERB_SIGNS)


def _takes_suffix(word: str, suffix: str) -> bool:
    """Tell whether a suffix set apart can belong to a word: anything has a plural, little words no more."""
    return word[:1].isalpha() and (suffix in PLURALS or len(word) > 2)


def _is_preverb(first: str, second: str) -> bool:
    """Tell whether a word such as بر stands before a verb that shows its sign; else it is a preposition."""
    return first in PREVERBS and second.startswith(VERB_SIGNS)
