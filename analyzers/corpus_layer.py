"""What a corpus teaches about its own words, since most names and new compounds are in no lexicon.

A news corpus writes a compound with a U+200C somewhere; the layer remembers where, so that the same letters
typed without it, or with a space, are read alike. It is learned when an index is built, frozen with it, and
used for indexing and querying alike.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

import msgspec

from analyzers.folding import fold
from analyzers.lexicon import Lexicon, zipf_hundredths
from analyzers.morphology import SUFFIXES, Morphology
from analyzers.tokenizer import CHUNK

_LEAST_WORD = 3  # occurrences before a word outside the lexicon is believed
_LEAST_COMPOUND = 2


class CorpusLayer(msgspec.Struct, frozen=True):
    """Words and compounds of one corpus that the lexicon lacks; the same corpus gives the same layer.

    ``words`` maps a word to its Zipf frequency in hundredths; ``joins`` a compound that is one term, and
    ``splits`` one whose parts are terms, to the offsets of its inner borders.
    """

    words: dict[str, int] = {}
    joins: dict[str, tuple[int, ...]] = {}
    splits: dict[str, tuple[int, ...]] = {}

    @property
    def fingerprint(self) -> str:
        """A short digest of the content, so that an index can tell which layer it was built with."""
        return hashlib.sha256(msgspec.msgpack.encode(self, order="sorted")).hexdigest()[:16]

    def save(self, path: Path) -> None:
        """Write the layer as MessagePack."""
        path.write_bytes(msgspec.msgpack.encode(self, order="sorted"))

    @classmethod
    def load(cls, path: Path) -> "CorpusLayer":
        """Read a layer that :meth:`save` wrote."""
        return msgspec.msgpack.decode(path.read_bytes(), type=cls)

    @classmethod
    def learn(cls, texts: Iterable[str], lexicon: Lexicon) -> "CorpusLayer":
        """Count a corpus once and keep what the lexicon does not explain."""
        chunks: Counter[str] = Counter()
        for text in texts:
            chunks.update(CHUNK.findall(text))
        return _Learner(lexicon, chunks).layer()


class _Learner:
    """One pass over the distinct chunks of a corpus."""

    def __init__(self, lexicon: Lexicon, chunks: Mapping[str, int]) -> None:
        self._lexicon = lexicon
        self._morphology = Morphology(lexicon)
        self._total = sum(chunks.values())
        self._counts: Counter[str] = Counter()
        self._compounds: dict[str, Counter[tuple[int, ...]]] = {}
        for chunk, count in chunks.items():
            self._take(chunk, count)

    def _take(self, chunk: str, count: int) -> None:
        parts = [part for part in map(fold, chunk.split("\u200c")) if part]
        if not parts or not "\u0600" <= parts[0][0] <= "\u06ff":
            return
        while len(parts) > 1 and parts[-1] in SUFFIXES:
            parts.pop()
        self._counts["".join(parts)] += count
        if len(parts) > 1:
            borders = []
            position = 0
            for part in parts[:-1]:
                self._counts[part] += count
                position += len(part)
                borders.append(position)
            self._counts[parts[-1]] += count
            self._compounds.setdefault("".join(parts), Counter())[tuple(borders)] += count

    def layer(self) -> CorpusLayer:
        words = {
            key: self._zipf(count)
            for key, count in self._counts.items()
            if count >= _LEAST_WORD and len(key) > 1 and not zipf_hundredths(self._lexicon.words.get(key, 0))
        }
        joins, splits = {}, {}
        for key, written in self._compounds.items():
            borders, _ = written.most_common(1)[0]
            if key in self._lexicon.verbs or key in self._lexicon.compounds or key in self._lexicon.splits:
                continue
            if self._morphology.lemma(key) == key:
                joins[key] = borders
            elif self._morphology.lemma(key) is None and self._believed(key, borders, written.total()):
                splits[key] = borders
        return CorpusLayer(words=words, joins=joins, splits=splits)

    def _believed(self, key: str, borders: tuple[int, ...], count: int) -> bool:
        """A compound seen once is believed when each of its pieces is a word that stands elsewhere too."""
        if count >= _LEAST_COMPOUND:
            return True
        edges = (0, *borders, len(key))
        pieces = [key[start:end] for start, end in pairwise(edges)]
        return all(piece in self._lexicon.words or self._counts[piece] > 1 for piece in pieces)

    def _zipf(self, count: int) -> int:
        return round(100 * (math.log10(count / self._total) + 9))
