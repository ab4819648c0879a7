"""Phrases recognised by their terms, so that one entry finds a name or cue in every spacing and inflection.

A table of phrases is a trie over term sequences; a text is walked once, whatever the number of phrases.
"""

from collections.abc import Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from analyzers.persian import PersianAnalyzer
from analyzers.token import Token

Value = TypeVar("Value")

_ZWNJ = "\u200c"


class PhraseMatch(NamedTuple, Generic[Value]):
    """An occurrence of a phrase, ``tokens[first]`` to ``tokens[last]`` inclusive, and what it stands for."""

    first: int
    last: int
    values: Sequence[Value]


class _Node(Generic[Value]):
    """What may follow the terms read so far, and the values of the phrase that ends here."""

    __slots__ = ("children", "values")

    def __init__(self) -> None:
        self.children: dict[str, _Node[Value]] = {}
        self.values: list[Value] = []


class PhraseTable(Generic[Value]):
    """Term sequences and what each stands for."""

    def __init__(self) -> None:
        self._root: _Node[Value] = _Node()

    def add(self, terms: Sequence[str], value: Value) -> None:
        """Enter a phrase by its terms, at least one; a phrase may have several values, kept in order."""
        node = self._root
        for term in terms:
            following = node.children.get(term)
            if following is None:
                following = node.children[term] = _Node()
            node = following
        node.values.append(value)

    def matches(self, tokens: Sequence[Token]) -> Iterator[PhraseMatch[Value]]:
        """Yield every phrase in ``tokens``, nested and overlapping ones too, in the order they begin."""
        children = self._root.children
        for first in [index for index, token in enumerate(tokens) if token.term in children]:
            node = children[tokens[first].term]
            if node.values:
                yield PhraseMatch(first, first, node.values)
            if node.children:
                yield from _longer(node, tokens, first, first)


def _longer(
    node: _Node[Value], tokens: Sequence[Token], first: int, last: int
) -> Iterator[PhraseMatch[Value]]:
    """Yield the phrases that go on after ``last``, each before those that go on after it."""
    wanted = tokens[last].position + 1
    for following in range(last + 1, len(tokens)):
        token = tokens[following]
        if token.position > wanted:
            break
        if token.position == wanted and (child := node.children.get(token.term)) is not None:
            if child.values:
                yield PhraseMatch(first, following, child.values)
            if child.children:
                yield from _longer(child, tokens, first, following)


class PhraseReading(NamedTuple):
    """How a phrase is read: its words as typed, and its terms in each way they may come, none twice."""

    exact: tuple[str, ...]
    sequences: tuple[tuple[str, ...], ...]


def read_phrase(analyzer: PersianAnalyzer, phrase: str) -> PhraseReading:
    """Read ``phrase``, its U+200C kept, dropped or a space.

    >>> from analyzers import load_analyzer
    >>> read_phrase(load_analyzer(), "سند ملی").sequences
    (('سند', 'ملی'),)
    """
    tokens = analyzer.analyze(phrase)
    sequences = {_terms(tokens): None}
    if _ZWNJ in phrase:
        sequences[_terms(analyzer.analyze(phrase.replace(_ZWNJ, "")))] = None
        sequences[_terms(analyzer.analyze(phrase.replace(_ZWNJ, " ")))] = None
    sequences.pop((), None)
    return PhraseReading(tuple([token.exact for token in tokens]), tuple(sequences))


def term_sequences(analyzer: PersianAnalyzer, phrase: str) -> tuple[tuple[str, ...], ...]:
    """Return how the analyzer may read ``phrase``, each way once, its U+200C kept, dropped or a space."""
    return read_phrase(analyzer, phrase).sequences


def _terms(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple([token.term for token in tokens])
