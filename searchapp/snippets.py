"""What to mark in a text and how much of it to show, so that a reader sees why a paragraph was found.

Marks follow the query tree: a term marks its words wherever they stand, a phrase only its own occurrences.
They are widened to whole words of the raw text, because a mark inside a word tears Persian letters apart.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from whoosh.query.compound import And, AndMaybe, DisjunctionMax, Or
from whoosh.query.positional import Phrase
from whoosh.query.positional import Sequence as Places
from whoosh.query.qcore import Query
from whoosh.query.terms import Prefix, Term
from whoosh.query.wrappers import Not

from analyzers import PersianAnalyzer, Token
from analyzers.tokenizer import chunk_columns

Span = tuple[int, int]
Place = tuple[int, Span]

SNIPPET_LENGTH = 480
ELLIPSIS = "…"
# What may stand beside a word and is never part of one; the empty string is the edge of a text.
_APART = frozenset(["", *" \n\t،؛؟:!()[]«»/…"])
_ESCAPED = re.compile("[&<>\"']")


class Marker:
    """Marks what answers one query; the tree is walked once, however many texts there are."""

    def __init__(self, analyzer: PersianAnalyzer, query: Query | None) -> None:
        self._analyzer = analyzer
        leaves = list(_positive_leaves(query))
        self._terms, self._exact = _texts(leaf for leaf in leaves if isinstance(leaf, Term))
        # Phrases, patterns and other leaves, which ask where words stand.
        self._placed = [leaf for leaf in leaves if isinstance(leaf, Phrase | Places | Prefix)]
        words = [word for leaf in leaves for word in _words(leaf)]
        self._all_terms, self._all_exact = _texts(words)
        # A beginning of a word cannot be looked up: every word of a text has to be compared.
        self._compares = any(isinstance(word, Prefix) for word in words)

    def marks(self, text: str) -> list[Span]:
        """Find the [start, end) of each whole word or phrase that answers the query, none overlapping."""
        if self._compares:
            tokens = self._analyzer.analyze(text)
        else:
            tokens = self._analyzer.find(text, self._all_terms, self._all_exact)
        if not tokens:
            return []
        terms, exact = self._terms, self._exact
        found = {(each.start, each.end) for each in tokens if each.term in terms or each.exact in exact}
        if self._placed:
            words = _Words(tokens)
            for leaf in self._placed:
                found.update(_spans(leaf, words))
        merged: list[Span] = []
        for start, end in _widened(sorted(found), text):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged


def marked_html(text: str, marks: Iterable[Span]) -> str:
    """Escape a text but for ``<mark>`` around its marks.

    >>> marked_html("a < تحریم‌ها", [(4, 12)])
    'a &lt; <mark>تحریم\\u200cها</mark>'
    """
    escape = html.escape if _ESCAPED.search(text) else str
    parts = []
    position = 0
    for start, end in marks:
        parts += [escape(text[position:start]), "<mark>", escape(text[start:end]), "</mark>"]
        position = end
    parts.append(escape(text[position:]))
    return "".join(parts)


def snippet_html(text: str, marks: Sequence[Span], length: int = SNIPPET_LENGTH) -> str:
    """Show a short text whole and of a long one the stretch that holds most marks, cut between words."""
    start, end = snippet_window(text, marks, length)
    inside = [(left - start, right - start) for left, right in marks if start <= left and right <= end]
    before = ELLIPSIS + " " if start else ""
    after = " " + ELLIPSIS if end < len(text) else ""
    return before + marked_html(text[start:end], inside) + after


def snippet_window(text: str, marks: Sequence[Span], length: int = SNIPPET_LENGTH) -> Span:
    """Choose the [start, end) to show: all of a short text, of a long one where most marks are."""
    if len(text) <= length * 1.25:
        return 0, len(text)
    lead = length // 6
    best, most = 0, -1
    for first, (left, _) in enumerate(marks):
        start = max(0, left - lead)
        held = sum(1 for _, right in marks[first:] if right <= start + length)
        if held > most:
            best, most = start, held
    best = min(best, len(text) - length)
    start = _space_after(text, best) if best else 0
    end = best + length
    return start, (len(text) if end >= len(text) else max(_space_before(text, end), start))


def _space_after(text: str, position: int) -> int:
    space = text.find(" ", position, position + 40)
    return space + 1 if space >= 0 else position


def _space_before(text: str, position: int) -> int:
    space = text.rfind(" ", position - 40, position)
    return space if space >= 0 else position


def _widened(spans: Sequence[Span], text: str) -> Iterator[Span]:
    """Widen spans to whole words; what stands between spaces and marks that are in no word is whole."""
    words: list[Span] = []
    for start, end in spans:
        if text[start - 1 : start] in _APART and text[end : end + 1] in _APART:
            yield start, end
            continue
        words = words or list(zip(*chunk_columns(text)[1:], strict=True))
        first = words[bisect_right(words, (start, len(text))) - 1]
        last = words[bisect_right(words, (end - 1, len(text))) - 1]
        yield (first[0] if first[1] > start else start), max(end, last[1])


class _Words:
    """Where every word of a text stands, by its term and by its exact form; a question asks for many."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.terms: dict[str, list[Place]] = {}
        self.exact: dict[str, list[Place]] = {}
        for token in tokens:
            place = token.position, (token.start, token.end)
            self.terms.setdefault(token.term, []).append(place)
            self.exact.setdefault(token.exact, []).append(place)


def _beginning_with(prefix: str, words: Mapping[str, list[Place]]) -> list[Place]:
    return sorted(place for word, places in words.items() if word.startswith(prefix) for place in places)


def _positive_leaves(query: Query | None) -> Iterator[Query]:
    """The words and phrases of a query that a text is found by."""
    match query:
        case None | Not():
            return
        case AndMaybe():
            # What only adds to the score, as «و» beside other words, would be marked everywhere.
            yield from _positive_leaves(query.a)
        case And() | Or() | DisjunctionMax():
            for part in query.subqueries:
                yield from _positive_leaves(part)
        case _:
            yield query


def _words(leaf: Query) -> Iterator[Term | Prefix]:
    """The words, and the beginnings of words, that a leaf is made of."""
    match leaf:
        case Term() | Prefix():
            yield leaf
        case Phrase():
            yield from (Term(leaf.fieldname, word) for word in leaf.words)
        case Places() | Or() | DisjunctionMax():
            for part in leaf.subqueries:
                yield from _words(part)


def _texts(words: Iterable[Term | Prefix]) -> tuple[set[str], set[str]]:
    """Part words into terms and exact forms; those of titles are in no text."""
    found: dict[str, set[str]] = {"text": set(), "exact": set()}
    for word in words:
        found.get(word.fieldname, set()).add(word.text)
    return found["text"], found["exact"]


def _spans(leaf: Query, words: _Words) -> Iterator[Span]:
    """Collect the places that answer a phrase or a pattern."""
    match leaf:
        case Phrase():
            places = [_places(Term(leaf.fieldname, word), words) for word in leaf.words]
            yield from _in_order(places)
        case Places(ordered=True):
            yield from _in_order([_places(part, words) for part in leaf.subqueries])
        case Places():
            yield from _nearby([_places(part, words) for part in leaf.subqueries], leaf.slop)
        case _:
            yield from (span for _, span in _places(leaf, words))


def _places(query: Query, words: _Words) -> list[Place]:
    """Find the positions and spans of one place of a phrase: a term, a prefix, or alternatives of these."""
    match query:
        case Or() | DisjunctionMax():
            return [place for part in query.subqueries for place in _places(part, words)]
        case Term(fieldname="text"):
            return words.terms.get(query.text, [])
        case Term(fieldname="exact"):
            return words.exact.get(query.text, [])
        case Prefix(fieldname="text"):
            return _beginning_with(query.text, words.terms)
        case Prefix(fieldname="exact"):
            return _beginning_with(query.text, words.exact)
        case _:
            return []


def _in_order(places: Sequence[Sequence[Place]]) -> Iterator[Span]:
    """Yield one span for each run of neighbouring positions that the places fill in order."""
    if not all(places):
        return
    by_position = [dict(place) for place in places]
    for position, (start, end) in by_position[0].items():
        row = [spans.get(position + offset) for offset, spans in enumerate(by_position)]
        if all(row):
            filled = [span for span in row if span]
            yield min(start, *(s for s, _ in filled)), max(end, *(e for _, e in filled))


def _nearby(places: Sequence[Sequence[Place]], slop: int) -> Iterator[Span]:
    """Yield the words of each group that holds all places, neighbours at most ``slop`` positions apart."""
    if not all(places):
        return
    found = sorted((position, index, span) for index, place in enumerate(places) for position, span in place)
    groups = [[found[0]]]
    for before, after in pairwise(found):
        if after[0] - before[0] <= slop:
            groups[-1].append(after)
        else:
            groups.append([after])
    for group in groups:
        if len({index for _, index, _ in group}) == len(places):
            yield from (span for _, _, span in group)
