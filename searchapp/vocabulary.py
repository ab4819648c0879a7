"""The words of an index laid out for finding the one that was meant, with a misspelling or in Latin letters.

Words are the index's exact forms: folded, without U+200C. Most are set aside by the letters they hold before
any is compared letter by letter.
"""

from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzers.keyboard import neighbours
from analyzers.transliteration import NOT_TYPED, readings, untyped_cost
from indexer.engine import TermCount
from searchapp.alignment import Costs, Typed, distances

ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
LONGEST = 24
_CODES = {letter: code for code, letter in enumerate(ALPHABET)}
_TO_CODES = str.maketrans(ALPHABET, "".join(map(chr, range(len(ALPHABET)))))
_PADDING = len(ALPHABET)

# Letters of one sound, and letters that differ by dots alone.
_SOUNDS = ("سصث", "زذضظ", "تط", "هح", "قغ", "اآع")
_SHAPES = ("بپتثن", "جچحخ", "دذ", "رزژ", "سش", "صض", "طظ", "عغ", "فق", "کگ", "یبن", "وه")
_SAME_SOUND, _SAME_SHAPE, _NEXT_KEY, _OTHER = 0.4, 0.8, 0.6, 1.2
_SWAPPED = 0.45
_ADDED, _LEFT_OUT = 0.8, 0.45
_SOFT_LETTERS = "اآویهع"
_SOFT = 0.4  # long vowels and what is hardly heard are left out more easily

# How much a unit of distance counts against how common a word is (natural logarithm of its paragraphs).
_STRICTNESS = 10.0
_LATIN_STRICTNESS = 9.0
_BAG_OF_LATIN = "بپتسجچخدزژرشقکگلمن"
_MOST_COMPARED = 6000
_MOST_CANDIDATES = 10


class Candidate(NamedTuple):
    """A word of the index that may have been meant; the best has the highest ``score``."""

    word: str
    paragraphs: int
    distance: float
    score: float


def _classes(groups: Sequence[str]) -> dict[str, int]:
    """Number the sounds, of which there are fewer than 32; letters of one sound share its number."""
    first = {letter: group[0] for group in groups for letter in group}
    numbers = {
        sound: number for number, sound in enumerate(dict.fromkeys(map(first.get, ALPHABET, ALPHABET)))
    }
    return {letter: numbers[first.get(letter, letter)] for letter in ALPHABET}


_CLASS = _classes(_SOUNDS)
_BITS = np.array([1 << _CLASS[letter] for letter in ALPHABET] + [0], np.uint32)
_EVERY_LETTER = np.uint32(0xFFFFFFFF)
_LATIN_MASK = np.uint32(sum({1 << _CLASS[letter] for letter in _BAG_OF_LATIN}))
_ONES = np.array([number.bit_count() for number in range(1 << 16)], np.uint8)


def _spelling_costs() -> tuple[Costs, Costs]:
    """Make the costs of a letter for another, and of a letter alone."""
    instead = np.full((_PADDING, _PADDING + 1), _OTHER, np.float32)
    alike = [(one, other, _SAME_SHAPE) for group in _SHAPES for one in group for other in group]
    alike += [(one, other, _NEXT_KEY) for one, others in neighbours().items() for other in others]
    alike += [(one, other, _SAME_SOUND) for group in _SOUNDS for one in group for other in group]
    for one, other, cost in alike:
        if one in _CODES and other in _CODES:
            at = _CODES[one], _CODES[other]
            instead[at] = min(instead[at], cost)
    np.fill_diagonal(instead, 0)
    alone = np.array(
        [_SOFT if letter in _SOFT_LETTERS else _LEFT_OUT for letter in ALPHABET] + [0], np.float32
    )
    return instead, alone


_INSTEAD, _ALONE = _spelling_costs()
_UNTYPED = np.array([untyped_cost(letter) for letter in ALPHABET] + [0], np.float32)


class Vocabulary:
    """The words of one state of an index; immutable, shared by all threads."""

    def __init__(self, terms: Iterable[TermCount]) -> None:
        """Lay out ``terms``, which may come one by one: only letters and counts are kept, no strings."""
        codes, lengths, counts = bytearray(), bytearray(), array("L")
        for term in terms:
            if 1 < len(term.term) <= LONGEST and _CODES.keys() >= set(term.term):
                codes += term.term.translate(_TO_CODES).encode()
                lengths.append(len(term.term))
                counts.append(term.count)
        commonest = np.argsort(-np.array(counts, np.int64), kind="stable")
        self._counts = np.array(counts, np.uint32)[commonest]
        self._lengths = np.array(lengths, np.int8)[commonest]
        self._ends = self._lengths.cumsum(dtype=np.uint32)
        ends = np.array(lengths).cumsum(dtype=np.uint32)[commonest]
        self._letters = np.zeros(len(codes), np.uint8)
        self._bags = np.zeros(len(lengths), np.uint32)
        spelt = np.array(codes, np.uint8)
        for place in range(1, LONGEST + 1):
            words = np.flatnonzero(self._lengths >= place)
            letters = spelt[ends[words] - np.uint32(place)]
            self._letters[self._ends[words] - np.uint32(place)] = letters
            self._bags[words] |= _BITS[letters]

    def nearest(self, word: str, limit: int = 5) -> list[Candidate]:
        """Return the words that a misspelt one may stand for, the likeliest first; never the word itself."""
        if not _CODES.keys() >= set(word) or not 2 < len(word) <= LONGEST:
            return []
        codes = np.array([_CODES[letter] for letter in word], np.uint8)
        typed = Typed(
            _INSTEAD[codes], _ALONE[codes] + np.float32(_ADDED - _LEFT_OUT), _ALONE, codes, _SWAPPED
        )
        bag = np.bitwise_or.reduce(_BITS[codes])
        reach = 1.2 if len(word) < 5 else 1.7
        for edits in (1, 2):
            chosen = self._with_letters(bag, 2 * edits, len(word), edits, _EVERY_LETTER)
            found = self._ranked(typed, chosen, min(reach, _OTHER * edits), _STRICTNESS)
            if found := [each for each in found if each.word != word]:
                return found[:limit]
        return []

    def sounding(self, latin: str, limit: int = 5) -> list[Candidate]:
        """Return the words that one in Latin letters may stand for, the likeliest first."""
        ways = readings(latin) if 1 < len(latin) <= LONGEST else []
        found: dict[str, Candidate] = {}
        for way in ways:
            instead = np.full((len(way), _PADDING + 1), NOT_TYPED, np.float32)
            bag = 0
            for row, sound in enumerate(way):
                for letter, cost in sound.letters.items():
                    instead[row, _CODES[letter]] = cost
                if sound.letters and sound.silent > 1:
                    bag |= 1 << _CLASS[min(sound.letters, key=lambda each: sound.letters[each])]
            extra = np.array([sound.silent for sound in way], np.float32)
            typed = Typed(instead, extra, _UNTYPED, np.empty(0, np.uint8), 0)
            chosen = self._with_letters(np.uint32(bag) & _LATIN_MASK, 2, len(way), len(way), _LATIN_MASK)
            reach = 0.5 + 0.12 * len(way)
            for each in self._ranked(typed, chosen, reach, _LATIN_STRICTNESS):
                if each.word not in found or each.score > found[each.word].score:
                    found[each.word] = each
        return sorted(found.values(), key=lambda each: -each.score)[:limit]

    def _with_letters(
        self, bag: np.uint32, most: int, length: int, stretch: int, mask: np.uint32
    ) -> NDArray[np.intp]:
        """Choose words of about a length whose letters, as far as ``mask`` goes, differ in few sounds."""
        differing = (self._bags ^ bag) & mask
        ones = _ONES[differing & np.uint32(0xFFFF)] + _ONES[differing >> np.uint32(16)]
        fits = (ones <= most) & (np.abs(self._lengths - length) <= stretch)
        return np.flatnonzero(fits)[:_MOST_COMPARED]

    def _ranked(
        self, typed: Typed, chosen: NDArray[np.intp], reach: float, strictness: float
    ) -> list[Candidate]:
        """Compare chosen words, and order those within reach."""
        lengths = self._lengths[chosen].astype(np.intp)
        distance = distances(typed, self._spelt(chosen, lengths), lengths)
        near = np.flatnonzero(distance <= reach)
        counts = self._counts[chosen[near]]
        scores = np.log(counts.astype(np.float32)) - strictness * distance[near]
        return [
            Candidate(
                self._word(chosen[near[at]]), int(counts[at]), float(distance[near[at]]), float(scores[at])
            )
            for at in np.argsort(-scores, kind="stable")[:_MOST_CANDIDATES]
        ]

    def _spelt(self, chosen: NDArray[np.intp], lengths: NDArray[np.intp]) -> NDArray[np.uint8]:
        """Write chosen words side by side, one a column, padded to the length of the longest."""
        place = np.arange(lengths.max(initial=0))[:, np.newaxis]
        starts = self._ends[chosen] - lengths
        letters: NDArray[np.uint8] = self._letters[np.where(place < lengths, starts + place, 0)]
        letters[place >= lengths] = _PADDING
        return letters

    def _word(self, number: np.intp) -> str:
        end = int(self._ends[number])
        return "".join(ALPHABET[code] for code in self._letters[end - int(self._lengths[number]) : end])
