"""Learns a corpus layer: the words and compounds of a corpus that the lexicon does not hold.

Only distinct chunks are looked at, so a corpus is read once and quickly. A compound is learned the way its
parts read when a space stands between them; that is what makes its spellings meet.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from analyzers.corpus_layer import CorpusLayer
from analyzers.folding import fold
from analyzers.introductions import Introductions
from analyzers.lexicon import Lexicon, zipf_hundredths
from analyzers.morphology import SUFFIXES, VERB_SIGNS, Morphology
from analyzers.persian import PersianAnalyzer
from analyzers.tokenizer import CHUNK

_LEAST_WORD = 3  # occurrences before a word outside the lexicon is believed
_LEAST_COMPOUND = 2


class Counts(NamedTuple):
    """How often chunks stand in some texts, and in how many of these someone is introduced."""

    chunks: Counter[str]
    introduced: Counter[str]


class Counting:
    """Counts what a layer is learned from, so that parts of a corpus can be counted apart and added up."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._introductions = Introductions(lexicon)
        self._counts = Counts(Counter(), Counter())

    def count(self, texts: Iterable[str]) -> Counts:
        """Count texts without adding them."""
        counts = Counts(Counter(), Counter())
        for text in texts:
            counts.chunks.update(CHUNK.findall(text))
            counts.introduced.update(self._introductions.find(text))
        return counts

    def add(self, counts: Counts) -> None:
        """Add what was counted here or elsewhere."""
        self._counts.chunks.update(counts.chunks)
        self._counts.introduced.update(counts.introduced)

    def layer(self) -> CorpusLayer:
        """Keep, of all that was added, what no list explains."""
        people = self._introductions.people(self._counts.introduced)
        return _Learner(self._lexicon, self._counts.chunks).layer(people)


def learn_layer(texts: Iterable[str], lexicon: Lexicon) -> CorpusLayer:
    """Learn from texts in one go."""
    counting = Counting(lexicon)
    counting.add(counting.count(texts))
    return counting.layer()


class _Learner:
    """What was counted in one corpus."""

    def __init__(self, lexicon: Lexicon, chunks: Mapping[str, int]) -> None:
        self._lexicon = lexicon
        self._morphology = Morphology(lexicon)
        self._analyzer = PersianAnalyzer(lexicon)
        self._total = sum(chunks.values())
        self._counts: defaultdict[str, int] = defaultdict(int)
        self._compounds: dict[str, Counter[tuple[str, ...]]] = {}
        for chunk, count in chunks.items():
            self._take(chunk, count)

    def layer(self, people: Sequence[str]) -> CorpusLayer:
        """Decide on every word and compound that was counted, and add the ``people`` of the same corpus."""
        words = {
            key: self._zipf(count)
            for key, count in self._counts.items()
            if count >= _LEAST_WORD and len(key) > 1 and not zipf_hundredths(self._lexicon.words.get(key, 0))
        }
        joins: dict[str, tuple[int, ...]] = {}
        splits: dict[str, tuple[int, ...]] = {}
        for key, written in sorted(self._compounds.items()):
            parts = max(sorted(written), key=written.__getitem__)
            if not self._is_listed(key) and self._is_believed(parts, written.total()):
                borders = self._borders_when_spaced(parts)
                if self._morphology.lemma(key) == key:
                    joins[key] = borders
                elif self._morphology.lemma(key) is None:
                    splits[key] = borders
        return CorpusLayer(
            words,
            {key: cuts for key, cuts in joins.items() if cuts},
            {key: cuts for key, cuts in splits.items() if cuts},
            people,
        )

    def _take(self, chunk: str, count: int) -> None:
        if "\u200c" in chunk:
            parts = [part for part in map(fold, chunk.split("\u200c")) if part]
            while len(parts) > 1 and parts[-1] in SUFFIXES:
                parts.pop()
        else:
            parts = [fold(chunk)]
        key = "".join(parts)
        if not "\u0600" <= key[:1] <= "\u06ff":
            return
        self._counts[key] += count
        if len(parts) == 1:
            return
        for part in set(parts):
            self._counts[part] += count
        if not key.startswith(VERB_SIGNS):
            self._compounds.setdefault(key, Counter())[tuple(parts)] += count

    def _is_listed(self, key: str) -> bool:
        return key in self._lexicon.verbs or key in self._lexicon.compounds or key in self._lexicon.splits

    def _is_believed(self, parts: tuple[str, ...], count: int) -> bool:
        """A compound seen once is believed when each of its parts is a word that stands elsewhere too."""
        return count >= _LEAST_COMPOUND or all(
            part in self._lexicon.words or self._counts.get(part, 0) > 1 for part in parts
        )

    def _borders_when_spaced(self, parts: tuple[str, ...]) -> tuple[int, ...]:
        tokens = self._analyzer.analyze(" ".join(parts))
        return tuple(accumulate(len(token.exact) for token in tokens[:-1]))

    def _zipf(self, count: int) -> int:
        return round(100 * (math.log10(count / self._total) + 9))
