"""Who and where a text speaks of, so that a search can be narrowed by what is meant, however it is spelt."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from analyzers.countries import country_names
from analyzers.names import Name
from analyzers.persian import PersianAnalyzer
from analyzers.phrases import PhraseTable, term_sequences
from analyzers.token import Token

# Raised when the same gazetteer finds other entities than before.
_RULES = 1
_ANY_NUMBER = "#"
_WORDS_AFTER = 2
_BREAK = re.compile(r"[.!?:;,()\[\]«»\"\n\u060c\u061b\u061f\u2026]")


class Entity(NamedTuple):
    """A country, place, person or organization named in a text, with what the text called it.

    ``type`` is country, place, person or organization; ``id`` is stable (for a country its ISO 3166 alpha-2
    code) and ``label`` what a reader sees. ``text[start:end]`` is the name; ``via`` tells how it names:
    name, demonym or metonym.
    """

    type: str
    id: str
    label: str
    start: int
    end: int
    via: str


class _Guarded(NamedTuple):
    """A name with the terms of the words that must, or must not, stand beside it."""

    name: Name
    exact: frozenset[str]
    needs: frozenset[str]
    unless: frozenset[str]

    def holds(self, first: int, last: int, tokens: Sequence[Token]) -> bool:
        """Tell whether the words beside ``tokens[first]`` to ``tokens[last]`` let these be the name."""
        if not self.needs and not self.unless:
            return True
        if any(token.exact not in self.exact for token in tokens[first : last + 1]):
            return False
        before = tokens[first - 1].term if first else ""
        beside = [before, *(token.term for token in tokens[last + 1 : last + 1 + _WORDS_AFTER])]
        if _ANY_NUMBER in self.unless and any(term[:1].isdigit() for term in beside):
            return False
        return (not self.needs or before in self.needs) and self.unless.isdisjoint(beside)


class EntityFinder:
    """Finds the names of the gazetteer in analysed text; one instance serves all threads.

    ``fingerprint`` names the gazetteer and the rules, so that an index knows when others would find more.
    """

    def __init__(self, analyzer: PersianAnalyzer, names: Iterable[Name] | None = None) -> None:
        """``names`` stands for the built-in gazetteer: every country by its names."""
        gazetteer = list(country_names() if names is None else names)
        self.fingerprint = hashlib.blake2b(repr((_RULES, gazetteer)).encode(), digest_size=8).hexdigest()
        self._table: PhraseTable[_Guarded] = PhraseTable()
        for name in gazetteer:
            guarded = _guard(analyzer, name)
            for terms in term_sequences(analyzer, name.text):
                self._table.add(terms, guarded)

    def find(self, text: str, tokens: Sequence[Token]) -> list[Entity]:
        """Return the entities of ``text`` in order, none overlapping: of two names the longer one counts.

        ``tokens`` are the analyzer's of this very text.

        >>> from analyzers import load_analyzer
        >>> analyzer = load_analyzer()
        >>> text = "در دریای عمان، نزدیک کرهٔ جنوبی و امارات"
        >>> entities = EntityFinder(analyzer).find(text, analyzer.analyze(text))
        >>> [(entity.id, text[entity.start : entity.end]) for entity in entities]
        [('KR', 'کرهٔ جنوبی'), ('AE', 'امارات')]
        """
        found: list[Entity] = []
        matches = sorted(self._table.matches(tokens), key=lambda match: (match.first, -match.last))
        for match in matches:
            start, end = tokens[match.first].start, tokens[match.last].end
            if (found and start < found[-1].end) or _BREAK.search(text, start, end):
                continue
            for guarded in match.values:
                if guarded.holds(match.first, match.last, tokens):
                    name = guarded.name
                    found.append(Entity(name.type, name.id, name.label, start, end, name.via))
                    break
        return found


def _guard(analyzer: PersianAnalyzer, name: Name) -> _Guarded:
    def terms(words: Iterable[str]) -> frozenset[str]:
        sequences = [
            [(_ANY_NUMBER,)] if word == _ANY_NUMBER else term_sequences(analyzer, word) for word in words
        ]
        return frozenset(sequence[0] for readings in sequences for sequence in readings if len(sequence) == 1)

    exact = frozenset(token.exact for token in analyzer.analyze(name.text))
    return _Guarded(name, exact, terms(name.needs), terms(name.unless))
