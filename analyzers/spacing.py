"""One reading for every spacing, so that همکاری‌های, همکاریهای and همکاری های are the same term.

A chunk is read by its letters alone: what the lexicon or the corpus layer explains as one word, or as several,
is read so whether a U+200C is written or not. Where neither can explain it, the writer's own U+200C counts as a
space. Neighbouring chunks that stand apart (می رود, کتاب ها, بین المللی) are joined by the same tables, so the
three spellings meet in the middle.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from analyzers.corpus_layer import CorpusLayer
from analyzers.folding import fold
from analyzers.lexicon import Lexicon, zipf_hundredths
from analyzers.morphology import (
    HA_ENDINGS,
    PERSON_ENDINGS,
    PLURALS,
    PREVERBS,
    SUFFIXES,
    VERB_PREFIXES,
    Morphology,
)
from analyzers.segmentation import Segmenter

MAX_JOINED = 4
_MAX_TERM = 256  # letters; what is longer is no word, and an index need not hold it whole
_PERFECT = PERSON_ENDINGS | {"است"}
# What makes a participle before it a finite form, as in گفته است and گفته شده‌اند.
_AUXILIARIES = _PERFECT | {"شده", *("شده" + ending for ending in _PERFECT)}
# خواهد رفت is a form of رفت; خواهد alone stays a form of خواست.
_FUTURE = frozenset(
    negation + "خواه" + person for negation in ("", "ن") for person in ("م", "ی", "د", "یم", "ید", "ند")
)
# Any longer word may hold two letters by chance; only these are common enough to be glued to a neighbour.
_SIGNS = ("می", "نمی")  # never words of their own beside a verb, colloquial ones included
_NONE: frozenset[str] = frozenset()
_SHORT_WORDS = frozenset(map(fold, "و به از در با تا بر که هم بی پر کم سه دو هر آن سر پا را نه چه شد ما من او".split()))
_WORD_COST_BASE = 900  # a word's cost is log10 of how rare it is among 10^9 words, in hundredths
_UNATTESTED = 200


class Piece(NamedTuple):
    """One word within a chunk: its term, its exact form, and the offsets of its letters in the raw chunk."""

    term: str
    exact: str
    start: int
    end: int


class Reading(NamedTuple):
    """What a chunk says: its folded letters, its words, and whether its neighbours may belong to it.

    ``opens`` holds the first two letters of what may follow it in one word; ``attaches`` tells whether it may
    be a suffix of what stands before.
    """

    key: str
    pieces: tuple[Piece, ...]
    opens: frozenset[str]
    attaches: bool


class Spacing:
    """Reads chunks and joins neighbours by a lexicon and, where there is one, a corpus layer."""

    def __init__(self, lexicon: Lexicon, layer: CorpusLayer) -> None:
        self._lexicon = lexicon
        self._layer = layer
        self._words = lexicon.words
        self.morphology = Morphology(lexicon)
        self._segmenter = Segmenter(self._cost, budget=400, per_letter=100)
        self._past_stems = frozenset(lexicon.verb_lemmas)
        self._openings = self._gather_openings()

    def read(self, chunk: str) -> Reading:
        """Read one chunk of raw text as the words it holds."""
        key = fold(chunk)[:_MAX_TERM]
        return Reading(key, self._pieces(chunk, key), self._openings.get(key, _NONE), key in SUFFIXES or key in _AUXILIARIES)

    def _gather_openings(self) -> dict[str, frozenset[str]]:
        openings: dict[str, set[str]] = defaultdict(set)
        for compounds in (self._lexicon.compounds, self._layer.joins):
            for key, cuts in compounds.items():
                for cut, end in zip(cuts, (*cuts[1:], len(key)), strict=True):
                    openings[key[:cut]] |= {key[cut : cut + 2], key[cut : min(cut + 2, end)]}
        for form in self._lexicon.verbs:
            for prefix in _SIGNS:
                if form.startswith(prefix):
                    for opening in (prefix, *(preverb + prefix for preverb in PREVERBS)):
                        openings[opening].add(form[len(prefix) : len(prefix) + 2])
        for future in _FUTURE:
            openings[future] = {stem[:2] for stem in self._past_stems}
        for preverb in PREVERBS:
            openings[preverb] |= {"می", "نم"}
        return {opening: frozenset(starts) for opening, starts in openings.items()}

    def join(self, keys: tuple[str, ...]) -> str | None:
        """Return the term of neighbouring chunks that are one word with a space in it, or None."""
        joined = "".join(keys)
        if (
            keys[0] in VERB_PREFIXES
            or _AUXILIARIES.issuperset(keys[1:])
            or (keys[0] in PREVERBS and keys[1].startswith(_SIGNS))
        ):
            verb = self._lexicon.verbs.get(joined)
            if verb is not None:
                return self._lexicon.verb_lemmas[verb]
        if keys[0] in _SIGNS:
            return joined if len(keys) == 2 and keys[1].isalpha() else None
        if keys[0] in _FUTURE:
            return keys[1] if len(keys) == 2 and keys[1] in self._past_stems else None
        if keys[0] not in SUFFIXES and keys[0] not in VERB_PREFIXES and SUFFIXES.issuperset(keys[1:]):
            return self._with_suffixes(keys[0], joined)
        return self._compound(keys, joined)

    def _with_suffixes(self, base: str, joined: str) -> str | None:
        """Return the term of a word whose suffixes stand apart; an unknown word is its own term."""
        if not base[:1].isalpha():
            return None
        lemma = self.morphology.lemma(joined, len(base))
        base_lemma = self.morphology.lemma(base) or base
        return lemma if lemma in {joined, base_lemma} else base_lemma

    def _compound(self, keys: tuple[str, ...], joined: str) -> str | None:
        lemma = self.morphology.lemma(joined)
        if lemma is None:
            return None
        base = lemma if joined.startswith(lemma) else joined
        borders = self._lexicon.compounds.get(base) or self._layer.joins.get(base)
        if borders is None:
            return None
        position = 0
        for key in keys[:-1]:
            position += len(key)
            if position < len(base) and position not in borders:
                return None
            if position >= len(base) and joined[position:] not in SUFFIXES:
                return None
        return lemma

    def _pieces(self, chunk: str, key: str) -> tuple[Piece, ...]:
        if not key or not "\u0600" <= key[0] <= "\u06ff":
            return (Piece(key, key, 0, len(chunk)),)
        cuts = self._cuts(chunk, key)
        if not cuts:
            border = _last_border(chunk)
            if border and key[border:] in SUFFIXES and key not in self._lexicon.verbs:
                lemma = self._with_suffixes(key[:border], key)
            else:
                lemma = self.morphology.lemma(key, border)
            return (Piece(lemma or self._unknown_lemma(key), key, 0, len(chunk)),)
        offsets = _raw_offsets(chunk, len(key))
        borders = (0, *cuts, len(key))
        pieces = []
        for start, end in zip(borders, borders[1:], strict=False):
            part = key[start:end]
            lemma = self.morphology.lemma(part) or self._unknown_lemma(part)
            raw_end = len(chunk) if end == len(key) else offsets[end]
            pieces.append(Piece(lemma, part, offsets[start] if start else 0, raw_end))
        return tuple(pieces)

    def _cuts(self, chunk: str, key: str) -> tuple[int, ...]:
        """Return where the letters of a chunk fall into several words; empty when it is one."""
        if (listed := self._lexicon.splits.get(key) or self._layer.splits.get(key)) is not None:
            return listed
        if self.morphology.lemma(key) is not None or key.startswith(_SIGNS):
            return ()
        if "\u200c" not in chunk and zipf_hundredths(self._words.get(key, 0)):
            return ()
        stem = _without_plural(key)
        if stem is not None and (listed := self._lexicon.splits.get(stem) or self._layer.splits.get(stem)):
            return listed
        if key[0] == "و" and len(key) > 4 and self.morphology.lemma(key[1:]) is not None:
            return (1,)
        if "\u200c" in chunk and (written := self._written_cuts(chunk, key)):
            return self._refined(key, written)
        return self._without_suffix_cuts(key, self._segmenter.cuts(key))

    def _without_suffix_cuts(self, key: str, cuts: Sequence[int]) -> tuple[int, ...]:
        """Drop borders before a suffix, which belongs to the word before it."""
        borders = (*cuts, len(key))
        return tuple(
            cut for cut, end in zip(cuts, borders[1:], strict=False) if key[cut:end] not in SUFFIXES
        )

    def _written_cuts(self, chunk: str, key: str) -> tuple[int, ...]:
        borders: list[int] = []
        position = 0
        for part in chunk.split("\u200c")[:-1]:
            position += len(fold(part))
            if 0 < position < len(key) and (not borders or borders[-1] < position):
                borders.append(position)
        return self._without_suffix_cuts(key, borders)

    def _refined(self, key: str, cuts: tuple[int, ...]) -> tuple[int, ...]:
        """Cut the pieces between the written borders on, as they would be cut if they stood alone."""
        borders = (0, *cuts, len(key))
        refined = []
        for start, end in zip(borders, borders[1:], strict=False):
            part = key[start:end]
            refined += [start, *(start + cut for cut in self._cuts(part, part))]
        return tuple(refined[1:])

    def _unknown_lemma(self, key: str) -> str:
        return _without_plural(key) or key

    def _cost(self, word: str) -> int | None:
        if len(word) < 3 and word not in _SHORT_WORDS:
            return None
        packed = self._words.get(word)
        if packed is not None:
            return _WORD_COST_BASE - (zipf_hundredths(packed) or _UNATTESTED)
        if word in self._lexicon.verbs:
            return _WORD_COST_BASE - _UNATTESTED
        if word in PLURALS:
            return 0
        count = self._layer.words.get(word)
        return None if count is None else _WORD_COST_BASE - count


def _without_plural(key: str) -> str | None:
    for ending in HA_ENDINGS:
        if key.endswith(ending) and len(key) >= len(ending) + 3:
            return key[: -len(ending)]
    return None


def _last_border(chunk: str) -> int:
    """Return how many letters stand before the last U+200C of a chunk, 0 where there is none."""
    before, _, after = chunk.rpartition("\u200c")
    return len(fold(before)) if after else 0


def _raw_offsets(chunk: str, length: int) -> list[int]:
    """Return where each folded letter begins in the raw chunk; marks and U+200C go with the letter before."""
    offsets = []
    for index, letter in enumerate(chunk):
        offsets += [index] * len(fold(letter))
    while len(offsets) <= length:
        offsets.append(len(chunk))
    return offsets
