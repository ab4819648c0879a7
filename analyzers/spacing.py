"""One reading for every spacing of a chunk, so that همکاری‌های and همکاریهای are the same term.

A chunk is read by its letters alone: what the lexicon or the corpus layer explains as one word, or as
several, is read so whether a U+200C is written or not. Where neither can explain it, the writer's own U+200C
counts as a space, and letters without one are cut where known words meet.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from analyzers.corpus_layer import CorpusLayer
from analyzers.folding import fold
from analyzers.lexicon import Lexicon, zipf_hundredths
from analyzers.morphology import HA_ENDINGS, PLURALS, SUFFIXES, VERB_SIGNS, Morphology
from analyzers.segmentation import Segmenter

_MAX_TERM = 256  # letters; what is longer is no word, and an index need not hold it whole
# Any longer word may hold two letters by chance; only these are common enough to be glued to a neighbour.
_SHORT_WORDS = frozenset(
    (
        "و",
        "به",
        "از",
        "در",
        "با",
        "تا",
        "بر",
        "که",
        "هم",
        "بی",
        "پر",
        "کم",
        "سه",
        "دو",
        "هر",
        "آن",
        "سر",
        "پا",
    )
) | {"را", "نه", "چه", "شد", "ما", "من", "او"}
_RAREST = 900  # a word's cost: log10 of how rare it is among 10^9 words, in hundredths
_UNATTESTED = 200  # the Zipf frequency, in hundredths, of a word that no frequency list holds
_LEAST_UNKNOWN_STEM = 3


class Piece(NamedTuple):
    """One word within a chunk: its term, its exact form, and the offsets of its letters in the raw chunk."""

    term: str
    exact: str
    start: int
    end: int


class Spacing:
    """Reads single chunks by a lexicon and a corpus layer."""

    def __init__(self, lexicon: Lexicon, layer: CorpusLayer, morphology: Morphology) -> None:
        self._lexicon = lexicon
        self._layer = layer
        self._morphology = morphology
        self._segmenter = Segmenter(self._cost, budget=400, per_letter=100)

    def pieces(self, chunk: str) -> tuple[str, tuple[Piece, ...]]:
        """Return the folded letters of a raw chunk and the words they hold.

        No words mean that nothing explains its letters together: its parts between U+200C are chunks.
        """
        key = fold(chunk)[:_MAX_TERM] or chunk[:_MAX_TERM]  # a hamza alone folds to nothing
        if not "\u0600" <= key[:1] <= "\u06ff":
            return key, (Piece(key, key, 0, len(chunk)),)
        cuts = self._cuts(key)
        if cuts is None:
            if _is_scattered(chunk, key):
                return key, ()
            attested = zipf_hundredths(self._lexicon.words.get(key, 0))
            cuts = () if attested else _without_suffix_cuts(key, self._segmenter.cuts(key))
        if not cuts:
            return key, (Piece(self._term(key, _last_border(chunk)), key, 0, len(chunk)),)
        offsets = _raw_offsets(chunk, len(key))
        words = [
            Piece(self._term(key[start:end]), key[start:end], offsets[start], offsets[end])
            for start, end in pairwise((0, *cuts, len(key)))
        ]
        return key, tuple(words)

    def with_suffixes(self, base: str, joined: str) -> str:
        """Return the term of a word whose suffixes are set apart; the stem of an unknown word is its term."""
        lemma = self._morphology.lemma(joined, len(base))
        base_lemma = self._morphology.lemma(base) or base
        return (
            lemma if lemma is not None and (lemma == base_lemma or joined.startswith(lemma)) else base_lemma
        )

    def _term(self, key: str, border: int = 0) -> str:
        if border and key[border:] in SUFFIXES and key not in self._lexicon.verbs:
            return self.with_suffixes(key[:border], key)
        return self._morphology.lemma(key, border) or _without_plural(key) or key

    def _cuts(self, key: str) -> tuple[int, ...] | None:
        """Return where letters fall into several words; empty when they are one, None when nothing tells."""
        if listed := self._listed_cuts(key):
            return listed
        if self._morphology.lemma(key) is not None or key.startswith(VERB_SIGNS):
            return ()
        if listed := self._listed_cuts(_without_plural(key) or ""):
            return listed
        if key[0] == "و" and len(key) > 4 and self._morphology.lemma(key[1:]) is not None:
            return (1,)
        return None

    def _listed_cuts(self, key: str) -> tuple[int, ...]:
        return self._lexicon.splits.get(key) or self._layer.splits.get(key) or ()

    def _cost(self, word: str) -> int | None:
        if len(word) < 3 and word not in _SHORT_WORDS:
            return None
        packed = self._lexicon.words.get(word)
        if packed is not None:
            return _RAREST - (zipf_hundredths(packed) or _UNATTESTED)
        if word in self._lexicon.verbs:
            return _RAREST - _UNATTESTED
        if word in PLURALS:
            return 0
        learned = self._layer.words.get(word)
        return None if learned is None else _RAREST - learned


def _without_plural(key: str) -> str | None:
    for ending in HA_ENDINGS:
        if key.endswith(ending) and len(key) >= len(ending) + _LEAST_UNKNOWN_STEM:
            return key[: -len(ending)]
    return None


def _without_suffix_cuts(key: str, cuts: Sequence[int]) -> tuple[int, ...]:
    """Drop borders before a suffix, which belongs to the word before it."""
    return tuple(cut for cut, end in pairwise((*cuts, len(key))) if key[cut:end] not in SUFFIXES)


def _is_scattered(chunk: str, key: str) -> bool:
    """Tell whether a chunk has a U+200C between words, not only before a suffix."""
    position = 0
    for part in chunk.split("\u200c")[:-1]:
        position += len(fold(part))
        if 0 < position < len(key) and key[position:] not in SUFFIXES:
            return True
    return False


def _last_border(chunk: str) -> int:
    """Return how many letters stand before the last U+200C of a chunk, 0 where there is none."""
    before, _, after = chunk.rpartition("\u200c")
    return len(fold(before)) if after else 0


def _raw_offsets(chunk: str, length: int) -> list[int]:
    """Return where each folded letter begins in the raw chunk, and where the last one ends.

    Marks and U+200C go with the letter before them.
    """
    offsets: list[int] = []
    for index, letter in enumerate(chunk):
        offsets += [index] * len(fold(letter))
    return [0, *offsets[1:length], len(chunk)]
