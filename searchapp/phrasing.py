"""Phrases of the news that go on from what was typed, counted in the newest texts that hold its words.

Headlines are asked first: they are short, and news says there what it is about in the words that readers
use. A corpus without headlines is asked for its paragraphs.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from whoosh.query.compound import And, Or
from whoosh.query.qcore import Query
from whoosh.query.terms import Prefix, Term

from analyzers import PersianAnalyzer, Token
from analyzers.folding import fold
from indexer.engine import Engine, SearchRequest, StoredParagraph
from searchapp.slots import PARTICLES
from searchapp.wording import commonest, tidied

_LAST = re.compile(r"[^\s\"«»():-]*$")
_HEADLINES, _PARAGRAPHS = 80, 30
# Words that a phrase goes on beyond the one that is being typed.
_FURTHER_WORDS = 2
# A phrase stands in at least two texts, and in one of twenty.
_LEAST_COUNT, _ONE_OF = 2, 20
# گفت و گ for گفت‌وگو glues two words to what is being typed.
_MOST_GLUED = 2
# A phrase is left out when a longer one makes up so much of it: «امور خارجه» beside «وزیر امور خارجه».
_MOST_IN_LONGER = 0.7


def last_word(text: str) -> str:
    """Return what stands after the last space or mark; nothing when that ends the text.

    >>> last_word("کشور:رو"), last_word("وزیر ")
    ('رو', '')
    """
    return _LAST.search(text)[0]  # type: ignore[index]


class Phrases:
    """Finds phrases and headlines in one index; one instance serves all threads."""

    def __init__(self, engine: Engine, analyzer: PersianAnalyzer) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._particles = frozenset(token.exact for token in analyzer.analyze(PARTICLES))

    def headlines(self, typed: str) -> list[StoredParagraph]:
        """Return the newest articles whose headline holds the words, as their first paragraphs."""
        return self._newest("title_exact", typed, _HEADLINES)

    def going_on(self, typed: str, headlines: Iterable[StoredParagraph]) -> list[str]:
        """Return phrases that begin as typed, the commonest first, none that ends in a word like «از»."""
        if found := self._counted(typed, [each.title for each in headlines]):
            return found
        return self._counted(typed, [each.text for each in self._newest("exact", typed, _PARAGRAPHS)])

    def _newest(self, field: str, typed: str, limit: int) -> list[StoredParagraph]:
        query = Or([_holding(field, *reading) for reading in self._readings(typed)])
        request = SearchRequest(query=query, sort="newest", limit=limit, group="paragraph", more=0, facets=())
        return [hit.document for hit in self._engine.search(request).hits]

    def _readings(self, typed: str) -> Iterator[tuple[Sequence[str], str]]:
        """Yield the whole words and the beginning of one more in every way that the index may hold them.

        What is being typed may go on with the words before it: ``بین الم`` for بین‌المللی.
        """
        last = last_word(typed)
        before = self._analyzer.analyze(typed[: len(typed) - len(last)])
        forms = [token.exact for token in _one_a_place(before)]
        for glued in range(min(_MOST_GLUED, len(forms)) + 1):
            whole, rest = forms[: len(forms) - glued], forms[len(forms) - glued :]
            if whole or rest or last:
                yield whole, "".join(rest) + fold(last)

    def _counted(self, typed: str, texts: Iterable[str]) -> list[str]:
        counts: Counter[tuple[str, ...]] = Counter()
        written: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        distinct = dict.fromkeys(texts)
        least = max(_LEAST_COUNT, len(distinct) // _ONE_OF)
        for text in distinct:
            for forms, shown in self._runs(typed, text):
                counts[forms] += 1
                written[forms][shown] += 1
        for forms, count in list(counts.items()):
            shorter = forms[:-1]
            if count > least and count >= counts[shorter] * _MOST_IN_LONGER:
                counts[shorter] = 0
        ranked = sorted(counts, key=lambda forms: (-counts[forms], len(forms), forms))
        return [commonest(written[forms]) for forms in ranked if counts[forms] >= least]

    def _runs(self, typed: str, text: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield the phrases of a text that begin as typed, each with the form in which it is written."""
        for run in _unbroken(self._analyzer.analyze(text), text):
            forms = [token.exact for token in run]
            for first in range(len(run)):
                reached = _reached(key(typed), forms, first)
                # A single word is no phrase, and after a space another one is wanted.
                shortest = max(reached + typed[-1].isspace(), first + 1)
                for last in range(shortest, min(reached + 1 + _FURTHER_WORDS, len(run))):
                    if reached >= 0 and forms[last] not in self._particles:
                        yield tuple(forms[first : last + 1]), tidied(text[run[first].start : run[last].end])


def key(text: str) -> str:
    """Return what spellings of one beginning have in common: its folded letters.

    >>> key("بین الم") == key("بين‌الم")
    True
    """
    return fold(text).replace(" ", "")


def _reached(typed: str, forms: Sequence[str], first: int) -> int:
    """Return the place of the word in which a run of words from ``first`` has all typed letters; else -1."""
    letters = ""
    for at in range(first, len(forms)):
        letters += forms[at]
        if letters.startswith(typed):
            return at
        if not typed.startswith(letters):
            break
    return -1


def _holding(field: str, whole: Sequence[str], last: str) -> Query:
    parts: list[Query] = [Term(field, form) for form in whole]
    return And([*parts, Prefix(field, last)] if last else parts)


def _one_a_place(tokens: Iterable[Token]) -> Iterator[Token]:
    """Leave out what only stands beside another token as its alternative."""
    position = -1
    for token in tokens:
        if token.position != position:
            yield token
        position = token.position


def _unbroken(tokens: Iterable[Token], text: str) -> Iterator[list[Token]]:
    """Cut a text's words into runs with nothing but spaces between them."""
    run: list[Token] = []
    for token in _one_a_place(tokens):
        if run and text[run[-1].end : token.start].strip(" \u200c"):
            yield run
            run = []
        run.append(token)
    if run:
        yield run
