"""The Persian analyzer: raw text in, tokens out, the same at index and at query time.

Steps: chunks (:mod:`analyzers.tokenizer`), folding (:mod:`analyzers.folding`), spacing (:mod:`analyzers.spacing`),
lemmas (:mod:`analyzers.morphology`). Each only ever rewrites a term; offsets always slice the raw text.
"""

import re
from functools import lru_cache

from analyzers.corpus_layer import CorpusLayer
from analyzers.lexicon import Lexicon, load_lexicon
from analyzers.spacing import MAX_JOINED, Reading, Spacing
from analyzers.token import Token
from analyzers.tokenizer import chunk_spans

_SOFT_GAP = re.compile("[ \u00a0\u200b-\u200f\u202f]{1,3}")
_MEMO_SIZE = 60_000


class PersianAnalyzer:
    """Turns text into tokens; one instance serves all threads of a process."""

    def __init__(self, lexicon: Lexicon, layer: CorpusLayer | None = None) -> None:
        self._lexicon = lexicon
        self._layer = layer or CorpusLayer()
        self.spacing = Spacing(lexicon, self._layer)
        self._memo: dict[str, Reading] = {}
        self._join = lru_cache(maxsize=_MEMO_SIZE)(self.spacing.join)

    @property
    def fingerprint(self) -> str:
        """What the terms depend on, so that an index knows when it must be built anew."""
        return f"{self._lexicon.fingerprint}-{self._layer.fingerprint}"

    def analyze(self, text: str) -> list[Token]:
        """Return the tokens of ``text`` in order; never raises, whatever the text holds."""
        memo = self._memo
        spans = list(chunk_spans(text))
        readings = []
        joinable = False
        for start, end in spans:
            chunk = text[start:end]
            reading = memo.get(chunk)
            if reading is None:
                reading = self._remember(chunk)
            readings.append(reading)
            joinable = joinable or reading.opens or reading.attaches
        tokens: list[Token] = []
        index = 0
        total = len(readings)
        while index < total:
            reading = readings[index]
            start, end = spans[index]
            count = 1
            if index + 1 < total and (reading.opens or readings[index + 1].attaches):
                count, term, exact = self._joined(text, spans, readings, index)
            if count > 1:
                tokens.append(Token(term, start, spans[index + count - 1][1], len(tokens), exact))
            else:
                for piece in reading.pieces:
                    tokens.append(Token(piece.term, start + piece.start, start + piece.end, len(tokens), piece.exact))
            index += count
        return tokens

    def _remember(self, chunk: str) -> Reading:
        if len(self._memo) >= _MEMO_SIZE:
            self._memo.clear()
        reading = self._memo[chunk] = self.spacing.read(chunk)
        return reading

    def _joined(
        self, text: str, spans: list[tuple[int, int]], readings: list[Reading], index: int
    ) -> tuple[int, str, str]:
        """Return how many chunks from ``index`` on are one word (1: none), its term and its exact form."""
        last = index
        while (
            last + 1 < len(readings)
            and last + 1 < index + MAX_JOINED
            and _SOFT_GAP.fullmatch(text, spans[last][1], spans[last + 1][0])
        ):
            last += 1
        for stop in range(last, index, -1):
            keys = tuple(reading.key for reading in readings[index : stop + 1])
            if (term := self._join(keys)) is not None:
                return stop - index + 1, term, "".join(keys)
        return 1, "", ""


def load_analyzer(layer: CorpusLayer | None = None) -> PersianAnalyzer:
    """Load the compiled lexicon and build the analyzer that indexing and searching share."""
    return PersianAnalyzer(load_lexicon(), layer)
