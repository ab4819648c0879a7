"""The Persian analyzer: raw text in, tokens out, the same at index and at query time.

Steps: chunks (:mod:`analyzers.tokenizer`), folding (:mod:`analyzers.folding`), the words of a chunk
(:mod:`analyzers.spacing`) and their lemmas (:mod:`analyzers.morphology`), words typed with a space
(:mod:`analyzers.joining`). Each only ever rewrites a term; offsets always slice the raw text.
"""

import re
from collections.abc import Callable, Iterable, Sequence, Set
from operator import attrgetter
from typing import TypeVar

from analyzers.corpus_layer import CorpusLayer
from analyzers.joining import MAX_JOINED, Joining, Reading
from analyzers.lexicon import Lexicon, load_lexicon
from analyzers.morphology import VERB_SIGNS
from analyzers.token import Token
from analyzers.tokenizer import chunk_columns

Key = TypeVar("Key")
Value = TypeVar("Value")

VERSION = 2  # raised when the rules change, so that an index is built anew
_SOFT_GAP = re.compile("[ \u00a0\u00ad\u200b-\u200f\u202f]{0,3}")
_BETWEEN_NON_JOINERS = re.compile("[^\u200c]+\u200c*")
KEPT = 45_000
_NOTHING = Reading("", "")
_term = attrgetter("term")


class PersianAnalyzer:
    """Turns text into tokens; one instance serves all threads of a process.

    ``kept`` is how many words' readings it keeps at hand, and as many met before those, some 300 bytes each.
    Who reads a corpus wants many, who reads a page at a time few.
    """

    def __init__(self, lexicon: Lexicon, layer: CorpusLayer | None = None, *, kept: int = KEPT) -> None:
        self.lexicon = lexicon
        self.layer = layer or CorpusLayer()
        self._joining = Joining(lexicon, self.layer)
        self._readings = _Lately(self._joining.read, kept)
        self._together = _Lately(self._joining.together, kept // 2)

    @property
    def fingerprint(self) -> str:
        """What the terms depend on, so that an index knows when it must be built anew."""
        return f"{VERSION}-{self.lexicon.fingerprint}-{self.layer.fingerprint}"

    def analyze(self, text: str) -> list[Token]:
        """Return the tokens of ``text`` in order; never raises, whatever the text holds."""
        return self._tokens(text, *self._read(text))

    def find(self, text: str, terms: Set[str], exact: Set[str]) -> list[Token]:
        """Return those tokens of ``text`` that have one of some terms or exact forms."""
        if not terms and not exact:
            return []
        return [token for token in self.analyze(text) if token.term in terms or token.exact in exact]

    def steps(self, text: str) -> list[tuple[str, list[str]]]:
        """Name each step of analysis with what it gives, so that a person sees why a term is what it is."""
        starts, ends, readings = self._read(text)
        tokens = self._tokens(text, starts, ends, readings)
        return [
            ("chunks", [text[start:end] for start, end in zip(starts, ends, strict=True)]),
            ("folded", [reading.key for reading in readings]),
            ("words", [" + ".join(_words_of(reading)) for reading in readings]),
            ("joined", [token.exact for token in tokens]),
            ("terms", [token.term for token in tokens]),
        ]

    def _tokens(
        self, text: str, starts: Sequence[int], ends: Sequence[int], readings: Sequence[Reading]
    ) -> list[Token]:
        tokens: list[Token] = []
        append = tokens.append
        position = 0
        chunks = zip(readings, (*readings[1:], _NOTHING), starts, ends, range(len(readings)), strict=False)
        for reading, after, start, end, index in chunks:
            if after.attaches or after.begins in reading.opens:
                joined = self._joined(text, starts, ends, readings, index)
                if joined is not None:
                    last, term, exact = joined
                    append(Token(term, start, ends[last], position, exact))
                    position += 1
                    for _ in range(index, last):
                        next(chunks)
                    continue
            if reading.pieces:
                for term, exact, begins, stops in reading.pieces:
                    append(Token(term, start + begins, start + stops, position, exact))
                    position += 1
            else:
                append(Token(reading.term, start, end, position, reading.key))
                position += 1
        return tokens

    def _read(self, text: str) -> tuple[list[int], list[int], list[Reading]]:
        """Return where the chunks of ``text`` start and end, and how each reads."""
        chunks, starts, ends = chunk_columns(text)
        readings = list(map(self._readings.__getitem__, chunks))
        if "\u200c" not in text or all(map(_term, readings)):
            return starts, ends, readings
        return self._scattered(text, zip(starts, ends, readings, strict=True))

    def _scattered(
        self, text: str, chunks: Iterable[tuple[int, int, Reading]]
    ) -> tuple[list[int], list[int], list[Reading]]:
        """Read the parts of unexplained chunks as if a space stood where their U+200C is."""
        parts: list[tuple[int, int]] = []
        for start, end, reading in chunks:
            if reading.term:
                parts.append((start, end))
            else:
                parts += (match.span() for match in _BETWEEN_NON_JOINERS.finditer(text, start, end))
        readings = [self._readings[text[start:end]] for start, end in parts]
        return [start for start, _ in parts], [end for _, end in parts], readings

    def _joined(
        self, text: str, starts: Sequence[int], ends: Sequence[int], readings: Sequence[Reading], index: int
    ) -> tuple[int, str, str] | None:
        """Return the last chunk of the longest word that begins with one, its term and its exact form."""
        keys: tuple[str, ...] = (readings[index].key,)
        if keys[0] in VERB_SIGNS and index and self._joining.is_before_surname(readings[index - 1].key):
            return None
        longest = None
        goes_on = True
        last = index
        for after in readings[index + 1 : index + MAX_JOINED]:
            gap = text[ends[last] : starts[last + 1]]
            if not (goes_on or after.attaches) or (gap != " " and not _SOFT_GAP.fullmatch(gap)):
                break
            last += 1
            keys += (after.key,)
            together = self._together[keys]
            goes_on = together.goes_on
            if together.term:
                longest = last, together.term, together.exact
        return longest


class _Lately(dict[Key, Value]):
    """What was worked out lately, as much as memory allows.

    When it is full, what is met again is taken over from before, so that the common words are read once.
    """

    def __init__(self, work_out: Callable[[Key], Value], kept: int) -> None:
        super().__init__()
        self._kept = kept
        self._work_out = work_out
        self._before: dict[Key, Value] = {}

    def __missing__(self, key: Key) -> Value:
        if len(self) >= self._kept:
            self._before = dict(self)
            self.clear()
        value = self[key] = self._before.get(key) or self._work_out(key)
        return value


def _words_of(reading: Reading) -> list[str]:
    return [piece.exact for piece in reading.pieces] or [reading.key]


def load_analyzer(layer: CorpusLayer | None = None, *, kept: int = KEPT) -> PersianAnalyzer:
    """Load the compiled lexicon and build the analyzer that indexing and searching share."""
    return PersianAnalyzer(load_lexicon(), layer, kept=kept)
