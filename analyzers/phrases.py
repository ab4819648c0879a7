"""Phrases recognised by their terms, so that one entry finds a name or cue in every spacing and inflection.

A table of phrases is a trie over term sequences; a text is walked once, whatever the number of phrases.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import compress, count
from typing import Any, Generic, NamedTuple, TypeVar

from msgspec import Struct

from analyzers.persian import PersianAnalyzer
from analyzers.token import Token

Value = TypeVar("Value")

# What may follow some terms, by term: the values of the phrase that ends with it or, where longer ones go
# on, a node of its own.
_Node = dict[str, Any]
# No term: under it a node has the values of the phrase that ends there.
_END = "\n"
_ZWNJ = "\u200c"


class PhraseMatch(NamedTuple, Generic[Value]):
    """An occurrence of a phrase, ``tokens[first]`` to ``tokens[last]`` inclusive, and what it stands for."""

    first: int
    last: int
    values: Sequence[Value]


# Without the call of a method: a text has many.
_match: Callable[[tuple[int, int, Any]], PhraseMatch[Any]] = partial(tuple.__new__, PhraseMatch)


class PackedPhrases(Struct, array_like=True, frozen=True):
    """A table of phrases in few objects, to be kept in a file.

    The nodes of its trie are numbered from the root, 0, so that each comes after the one it follows: that is
    ``parents`` for the nodes 1, 2, …, and ``labels`` is by which of the ``terms``. ``ends`` tells what the
    phrase stands for that ends there, one of ``values``, or -1. The three are arrays of C's ``int``.
    """

    terms: list[str]
    parents: bytes
    labels: bytes
    ends: bytes
    values: list[tuple[int, ...]]


class PhraseTable(Generic[Value]):
    """Term sequences and what each stands for."""

    def __init__(self, root: _Node | None = None) -> None:
        self._root = root or {}
        # A set has the hashes beside each other; a dictionary would have to look at a key for most words.
        self._begins = set(self._root)

    def add(self, terms: Sequence[str], value: Value) -> None:
        """Enter a phrase by its terms, at least one; a phrase may have several values, kept in order."""
        self._begins.add(terms[0])
        node = self._root
        for term in terms[:-1]:
            following = node.get(term)
            if not isinstance(following, dict):
                following = node[term] = {} if following is None else {_END: following}
            node = following
        last = terms[-1]
        if isinstance(node.get(last), dict):
            node, last = node[last], _END
        node[last] = (*node.get(last, ()), value)

    def matches(self, tokens: Sequence[Token]) -> list[PhraseMatch[Value]]:
        """Return every phrase in ``tokens``, nested and overlapping ones too, in the order they begin."""
        root = self._root
        terms = [token.term for token in tokens]
        begun = [*compress(count(), map(self._begins.__contains__, terms))]
        if not begun:
            return []
        found: list[PhraseMatch[Value]] = []
        if tokens[-1].position - tokens[0].position != len(tokens) - 1:
            for first in begun:
                found += _beginning(root, tokens, first, first)
            return found
        # No tokens share a position, so a phrase goes on with the very next one.
        terms.append("")
        for first in begun:
            node, last = root[terms[first]], first
            while isinstance(node, dict):
                if _END in node:
                    found.append(_match((first, last, node[_END])))
                last += 1
                node = node.get(terms[last])
            if node is not None:
                found.append(_match((first, last, node)))
        return found

    def packed(self: "PhraseTable[int]") -> PackedPhrases:
        """Pack a table whose values are numbers."""
        terms, values = numbers(), numbers()
        parents, labels, ends = array("i"), array("i"), array("i")
        nodes = [(0, self._root)]
        for number, node in nodes:  # those that go on are added while it runs
            for term, following in node.items():
                if term == _END:
                    continue
                parents.append(number)
                labels.append(terms[term])
                goes_on = isinstance(following, dict)
                end = following.get(_END) if goes_on else following
                ends.append(-1 if end is None else values[end])
                if goes_on:
                    nodes.append((len(parents), following))
        return PackedPhrases(list(terms), parents.tobytes(), labels.tobytes(), ends.tobytes(), list(values))


def unpacked_phrases(packed: PackedPhrases, values: Sequence[Value]) -> PhraseTable[Value]:
    """Make the table of ``values`` that was packed with their numbers; phrases share what is equal."""
    parents, labels, ends = array("i", packed.parents), array("i", packed.labels), array("i", packed.ends)
    several = [tuple([values[number] for number in each]) for each in packed.values]
    nodes: list[_Node | None] = [None] * (len(parents) + 1)
    rows = zip(range(len(parents), 0, -1), reversed(parents), reversed(labels), reversed(ends), strict=True)
    for number, parent, label, end in rows:
        node = nodes[number]
        if node is not None and end >= 0:
            node[_END] = several[end]
        before = nodes[parent]
        if before is None:
            before = nodes[parent] = {}
        before[packed.terms[label]] = several[end] if node is None else node
    return PhraseTable(nodes[0])


def _beginning(
    node: _Node, tokens: Sequence[Token], first: int, following: int
) -> Iterator[PhraseMatch[Any]]:
    """Yield the phrases that go on with the token ``following``, each before those that go on after it."""
    child = node.get(tokens[following].term)
    if not isinstance(child, dict):
        if child is not None:
            yield _match((first, following, child))
        return
    if _END in child:
        yield _match((first, following, child[_END]))
    wanted = tokens[following].position + 1
    for after in range(following + 1, len(tokens)):
        if tokens[after].position > wanted:
            break
        if tokens[after].position == wanted:
            yield from _beginning(child, tokens, first, after)


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


def numbers() -> defaultdict[Any, int]:
    """Make a dictionary that numbers what it is asked for, from 0: its keys are then what has the numbers."""
    return defaultdict(count().__next__)
