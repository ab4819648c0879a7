"""The Persian analyzer: raw text in, tokens out, the same at index and at query time.

Steps: chunks (:mod:`analyzers.tokenizer`), folding (:mod:`analyzers.folding`), the words of a chunk
(:mod:`analyzers.spacing`) and their lemmas (:mod:`analyzers.morphology`), words typed with a space
(:mod:`analyzers.joining`). Each only ever rewrites a term; offsets always slice the raw text.
"""

import re
from collections.abc import Set
from functools import lru_cache, partial
from operator import attrgetter

from analyzers.corpus_layer import CorpusLayer
from analyzers.joining import MAX_JOINED, Joining, Reading
from analyzers.lexicon import Lexicon, load_lexicon
from analyzers.token import Token
from analyzers.tokenizer import chunk_spans

VERSION = 1  # raised when the rules change, so that an index is built anew
_SOFT_GAP = re.compile("[ \u00a0\u00ad\u200b-\u200f\u202f]{0,3}")
_BETWEEN_NON_JOINERS = re.compile("[^\u200c]+\u200c*")
_MEMO_SIZE = 60_000
_NOTHING = Reading("", (), frozenset(), attaches=False)
_words = attrgetter("pieces")
# ``Token._make`` without its checks and the call of a method: there is one for every word of a corpus.
_token = partial(tuple.__new__, Token)


class PersianAnalyzer:
    """Turns text into tokens; one instance serves all threads of a process."""

    def __init__(self, lexicon: Lexicon, layer: CorpusLayer | None = None) -> None:
        self.lexicon = lexicon
        self.layer = layer or CorpusLayer()
        self._joining = Joining(lexicon, self.layer)
        self._readings = _Readings(self._joining)
        self._join = lru_cache(maxsize=_MEMO_SIZE)(self._joining.join)

    @property
    def fingerprint(self) -> str:
        """What the terms depend on, so that an index knows when it must be built anew."""
        return f"{VERSION}-{self.lexicon.fingerprint}-{self.layer.fingerprint}"

    def analyze(self, text: str) -> list[Token]:
        """Return the tokens of ``text`` in order; never raises, whatever the text holds."""
        spans, readings = self._read(text)
        tokens: list[Token] = []
        make = _token
        following = iter(readings)
        next(following, None)
        skip = 0
        for index, (reading, after) in enumerate(zip(readings, (*following, _NOTHING), strict=False)):
            if skip:
                skip -= 1
                continue
            start, end = spans[index]
            if after.attaches or (reading.opens and after.key[:2] in reading.opens):
                joined = self._joined(text, spans, readings, index)
                if joined is not None:
                    skip, term, exact = joined
                    tokens.append(make((term, start, spans[index + skip][1], len(tokens), exact)))
                    continue
            pieces = reading.pieces
            if len(pieces) == 1:
                term, exact, _, _ = pieces[0]
                tokens.append(make((term, start, end, len(tokens), exact)))
            else:
                for term, exact, begins, ends in pieces:
                    tokens.append(make((term, start + begins, start + ends, len(tokens), exact)))
        return tokens

    def find(self, text: str, terms: Set[str], exact: Set[str]) -> list[Token]:
        """Return those tokens of ``text`` that have one of some terms or exact forms, and make no others.

        A page marks few words of many: this takes a third less time than picking them from :meth:`analyze`.
        """
        if not terms and not exact:
            return []
        spans, readings = self._read(text)
        telling = [
            (index, reading, after)
            for index, (reading, after) in enumerate(zip(readings, (*readings[1:], _NOTHING), strict=False))
            if len(pieces := reading.pieces) != 1
            or pieces[0][0] in terms
            or pieces[0][1] in exact
            or after.attaches
            or (reading.opens and after.key[:2] in reading.opens)
        ]
        tokens: list[Token] = []
        # How many more tokens than chunks there were, and the first chunk that no word before it holds.
        surplus = free = 0
        for index, reading, after in telling:
            if index < free:
                continue
            start, position = spans[index][0], index + surplus
            if after.attaches or (reading.opens and after.key[:2] in reading.opens):
                joined = self._joined(text, spans, readings, index)
                if joined is not None:
                    more, term, form = joined
                    free = index + more + 1
                    surplus -= more
                    if term in terms or form in exact:
                        tokens.append(Token(term, start, spans[index + more][1], position, form))
                    continue
            surplus += len(reading.pieces) - 1
            for offset, (term, form, begins, ends) in enumerate(reading.pieces):
                if term in terms or form in exact:
                    tokens.append(Token(term, start + begins, start + ends, position + offset, form))
        return tokens

    def steps(self, text: str) -> list[tuple[str, list[str]]]:
        """Name each step of analysis with what it gives, so that a person sees why a term is what it is."""
        spans, readings = self._read(text)
        tokens = self.analyze(text)
        return [
            ("chunks", [text[start:end] for start, end in spans]),
            ("folded", [reading.key for reading in readings]),
            ("words", [" + ".join(piece.exact for piece in reading.pieces) for reading in readings]),
            ("joined", [token.exact for token in tokens]),
            ("terms", [token.term for token in tokens]),
        ]

    def _read(self, text: str) -> tuple[list[tuple[int, int]], list[Reading]]:
        spans = list(chunk_spans(text))
        chunks = [text[start:end] for start, end in spans]
        readings = list(map(self._readings.__getitem__, chunks))
        if all(map(_words, readings)):
            return spans, readings
        return self._scattered(text, spans, readings)

    def _scattered(
        self, text: str, spans: list[tuple[int, int]], readings: list[Reading]
    ) -> tuple[list[tuple[int, int]], list[Reading]]:
        """Read the parts of unexplained chunks as if a space stood where their U+200C is."""
        parts: list[tuple[int, int]] = []
        for span, reading in zip(spans, readings, strict=True):
            if reading.pieces:
                parts.append(span)
            else:
                parts += (match.span() for match in _BETWEEN_NON_JOINERS.finditer(text, *span))
        chunks = [text[start:end] for start, end in parts]
        return parts, list(map(self._readings.__getitem__, chunks))

    def _joined(
        self, text: str, spans: list[tuple[int, int]], readings: list[Reading], index: int
    ) -> tuple[int, str, str] | None:
        """Return how many chunks after ``index`` belong to its word, its term and its exact form, or None."""
        last = index
        limit = min(len(readings), index + MAX_JOINED) - 1
        keys: tuple[str, ...] = (readings[index].key,)
        while last < limit and (
            (gap := text[spans[last][1] : spans[last + 1][0]]) == " " or _SOFT_GAP.fullmatch(gap)
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
    """How the chunks met so far read, as many as memory allows."""

    def __init__(self, joining: Joining) -> None:
        super().__init__()
        self._read = joining.read

    def __missing__(self, chunk: str) -> Reading:
        if len(self) >= _MEMO_SIZE:
            self.clear()
        reading = self[chunk] = self._read(chunk)
        return reading


def load_analyzer(layer: CorpusLayer | None = None) -> PersianAnalyzer:
    """Load the compiled lexicon and build the analyzer that indexing and searching share."""
    return PersianAnalyzer(load_lexicon(), layer)
