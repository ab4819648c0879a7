"""One reading for every spacing of a chunk, so that همکاری‌های and همکاریهای are the same term.

A chunk is read by its letters alone: what the lexicon or the corpus layer explains as one word, or as
several, is read so whether a U+200C is written or not. Where neither can explain it, the writer's own U+200C
counts as a space, and letters without one are cut where known words meet.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from analyzers.corpus_layer import CorpusLayer
from analyzers.folding import fold
from analyzers.lexicon import Lexicon, zipf_hundredths
from analyzers.morphology import SUFFIXES, VERB_SIGNS, Morphology, plural_stem
from analyzers.segmentation import Segmenter, cost_of

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
        self._segmenter = Segmenter(self._words_at, budget=400, per_letter=100)

    def words(self, chunk: str, key: str, number: int) -> tuple[str, tuple[Piece, ...]]:
        """Return the term of a raw chunk's first word, and its words if it has several.

        ``key`` are its folded letters, ``number`` is that of the key in the lexicon. No term means that
        nothing explains its letters together: its parts between U+200C are chunks.
        """
        if not "\u0600" <= key[:1] <= "\u06ff":
            return key, ()
        lemma: str | None = None
        cuts: Sequence[int] | None = self._lexicon.splits.at(number)
        if not cuts:
            cuts = ()
            lemma = self._lexicon.lemmas.at(number)
            if lemma is None:
                lemma = self._morphology.derived(key)
                if lemma is None and not key.startswith(VERB_SIGNS):
                    cuts = self._unexplained_cuts(chunk, key)
        if cuts:
            pieces = self._pieces(chunk, key, cuts)
            return pieces[0].term, pieces
        if cuts is None:
            return "", ()
        if border := _last_border(chunk):
            return self._term(key, border), ()
        if lemma is None:
            lemma = _without_plural(key)
        return lemma or key, ()

    def _pieces(self, chunk: str, key: str, cuts: Sequence[int]) -> tuple[Piece, ...]:
        offsets = _raw_offsets(chunk, len(key))
        return tuple(
            Piece(self._term(key[start:end]), key[start:end], offsets[start], offsets[end])
            for start, end in pairwise((0, *cuts, len(key)))
        )

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

    def _unexplained_cuts(self, chunk: str, key: str) -> Sequence[int] | None:
        """Return where letters that nothing explains fall into words; None where their writer parted them."""
        if learned := self._layer.splits.get(key):
            return learned
        if (singular := _without_plural(key)) and (listed := self._listed_cuts(singular)):
            return listed
        if key[0] == "و" and len(key) > 4 and self._morphology.lemma(key[1:]) is not None:
            return (1,)
        if _is_scattered(chunk, key):
            return None
        if zipf_hundredths(self._lexicon.words.get(key, 0)):
            return ()
        return _without_suffix_cuts(key, self._segmenter.cuts(key))

    def _listed_cuts(self, key: str) -> tuple[int, ...]:
        return self._lexicon.splits.get(key) or self._layer.splits.get(key) or ()

    def _words_at(self, letters: str) -> Iterable[tuple[int, int]]:
        """Return how long the words are that letters begin with, and what they cost."""
        listed = self._lexicon.costs.beginnings(letters)
        if not (learned := self._layer.words.beginnings(letters)):
            return listed
        costs = {length: cost_of(zipf) for length, zipf in learned if length > 2}
        costs.update(listed)
        return costs.items()


def _without_plural(key: str) -> str | None:
    stem = plural_stem(key)
    return stem if len(stem) >= _LEAST_UNKNOWN_STEM else None


def _without_suffix_cuts(key: str, cuts: Sequence[int]) -> tuple[int, ...]:
    """Drop borders before a suffix, which belongs to the word before it."""
    return tuple(cut for cut, end in pairwise((*cuts, len(key))) if key[cut:end] not in SUFFIXES)


def _is_scattered(chunk: str, key: str) -> bool:
    """Tell whether a chunk has a U+200C between words, not only before a suffix."""
    position = 0
    if "\u200c" not in chunk:
        return False
    for part in chunk.split("\u200c")[:-1]:
        position += len(fold(part))
        if 0 < position < len(key) and key[position:] not in SUFFIXES:
            return True
    return False


def _last_border(chunk: str) -> int:
    """Return how many letters stand before the last U+200C of a chunk, 0 where there is none."""
    before, _, after = chunk.rpartition("\u200c")
    return len(fold(before)) if before and after else 0


def _raw_offsets(chunk: str, length: int) -> list[int]:
    """Return where each folded letter begins in the raw chunk, and where the last one ends.

    Marks and U+200C go with the letter before them.
    """
    offsets: list[int] = []
    for index, letter in enumerate(chunk):
        offsets += [index] * len(fold(letter))
    return [0, *offsets[1:length], len(chunk)]
