"""The Persian analyzer: raw text in, tokens out, the same at index and at query time.

Steps: chunks (:mod:`analyzers.tokenizer`), folding (:mod:`analyzers.folding`), the words of a chunk
(:mod:`analyzers.spacing`) and their lemmas (:mod:`analyzers.morphology`), words typed with a space
(:mod:`analyzers.joining`). Each only ever rewrites a term; offsets always slice the raw text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache, partial
from operator import attrgetter

from analyzers.corpus_layer import CorpusLayer
from analyzers.joining import MAX_JOINED, Joining, Reading
from analyzers.lexicon import Lexicon, load_lexicon
from analyzers.token import Token
from analyzers.tokenizer import chunk_columns

VERSION = 2  # raised when the rules change, so that an index is built anew
_SOFT_GAP = re.compile("[ \u00a0\u00ad\u200b-\u200f\u202f]{0,3}")
_BETWEEN_NON_JOINERS = re.compile("[^\u200c]+\u200c*")
KEPT = 45_000
_NOTHING = Reading("", "")
_term = attrgetter("term")
# ``Token._make`` without its checks and the call of a method: there is one for every word of a corpus.
_token = partial(tuple.__new__, Token)


class PersianAnalyzer:
    """Turns text into tokens; one instance serves all threads of a process.

    ``kept`` is how many words' readings it keeps at hand, and as many met before those, some 500 bytes each.
    Who reads a corpus wants many, who reads a page at a time few.
    """

    def __init__(self, lexicon: Lexicon, layer: CorpusLayer | None = None, *, kept: int = KEPT) -> None:
        self.lexicon = lexicon
        self.layer = layer or CorpusLayer()
        self._joining = Joining(lexicon, self.layer)
        self._readings = _Readings(self._joining, kept)
        self._join = lru_cache(maxsize=kept)(self._joining.join)

    @property
    def fingerprint(self) -> str:
        """What the terms depend on, so that an index knows when it must be built anew."""
        return f"{VERSION}-{self.lexicon.fingerprint}-{self.layer.fingerprint}"

    def analyze(self, text: str) -> list[Token]:
        """Return the tokens of ``text`` in order; never raises, whatever the text holds."""
        return list(map(_token, self._words(text)))

    def find(self, text: str, terms: Set[str], exact: Set[str]) -> list[Token]:
        """Return those tokens of ``text`` that have one of some terms or exact forms, and make no others.

        A page marks few words of many: this takes less time than picking them from :meth:`analyze`.
        """
        if not terms and not exact:
            return []
        return [_token(word) for word in self._words(text) if word[0] in terms or word[4] in exact]

    def steps(self, text: str) -> list[tuple[str, list[str]]]:
        """Name each step of analysis with what it gives, so that a person sees why a term is what it is."""
        starts, ends, readings = self._read(text)
        tokens = self.analyze(text)
        return [
            ("chunks", [text[start:end] for start, end in zip(starts, ends, strict=True)]),
            ("folded", [reading.key for reading in readings]),
            ("words", [" + ".join(_words_of(reading)) for reading in readings]),
            ("joined", [token.exact for token in tokens]),
            ("terms", [token.term for token in tokens]),
        ]

    def _words(self, text: str) -> Iterator[tuple[str, int, int, int, str]]:
        """Yield what each token of ``text`` holds."""
        starts, ends, readings = self._read(text)
        following = iter(readings)
        next(following, None)
        chunks = zip(readings, (*following, _NOTHING), starts, ends, strict=False)
        position = 0
        skip = 0
        for index, (reading, after, start, end) in enumerate(chunks):
            if skip:
                skip -= 1
                continue
            if after.attaches or after.begins in reading.opens:
                joined = self._joined(text, starts, ends, readings, index)
                if joined is not None:
                    skip, term, exact = joined
                    yield term, start, ends[index + skip], position, exact
                    position += 1
                    continue
            if reading.pieces:
                for term, exact, begins, stops in reading.pieces:
                    yield term, start + begins, start + stops, position, exact
                    position += 1
            else:
                yield reading.term, start, end, position, reading.key
                position += 1

    def _read(self, text: str) -> tuple[list[int], list[int], list[Reading]]:
        """Return where the chunks of ``text`` start and end, and how each reads."""
        chunks, starts, ends = chunk_columns(text)
        readings = list(map(self._readings.__getitem__, chunks))
        if all(map(_term, readings)):
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
        """Return how many chunks after ``index`` belong to its word, its term and its exact form, or None."""
        if index and self._joining.is_surname(readings[index].key, readings[index - 1].key):
            return None
        last = index
        limit = min(len(readings), index + MAX_JOINED) - 1
        keys: tuple[str, ...] = (readings[index].key,)
        while last < limit and (
            (gap := text[ends[last] : starts[last + 1]]) == " " or _SOFT_GAP.fullmatch(gap)
        ):
            after = readings[last + 1]
            if last > index and not (after.attaches or self._joining.goes_on(keys)):
                break
            keys += (after.key,)
            last += 1
        while len(keys) > 1:
            if (term := self._join(keys)) is not None:
                return len(keys) - 1, term, "".join(keys)
            keys = keys[:-1]
        return None


class _Readings(dict[str, Reading]):
    """How the chunks met lately read, as many as memory allows.

    When it is full, what is met again is taken over from before, so that the common words are read once.
    """

    def __init__(self, joining: Joining, kept: int) -> None:
        super().__init__()
        self._kept = kept
        self._read = joining.read
        self._before: dict[str, Reading] = {}

    def __missing__(self, chunk: str) -> Reading:
        if len(self) >= self._kept:
            self._before = dict(self)
            self.clear()
        reading = self[chunk] = self._before.get(chunk) or self._read(chunk)
        return reading


def _words_of(reading: Reading) -> list[str]:
    return [piece.exact for piece in reading.pieces] or [reading.key]


def load_analyzer(layer: CorpusLayer | None = None, *, kept: int = KEPT) -> PersianAnalyzer:
    """Load the compiled lexicon and build the analyzer that indexing and searching share."""
    return PersianAnalyzer(load_lexicon(), layer, kept=kept)
