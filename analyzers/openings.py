"""Names that no table holds, known by the word that opens them: a given name, a title, «دانشگاه», «شهرستان».

What follows the opening word is taken as far as the text runs on without a mark, a verb or a function word.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from analyzers.folding import fold
from analyzers.lexicon import zipf_hundredths
from analyzers.people import people_rows
from analyzers.persian import PersianAnalyzer
from analyzers.tables import DATA, read_rows
from analyzers.token import Token

_GAP = re.compile("[ \u00a0\u200c]{0,3}")
_MOST_WORDS = {"of": 0, "one": 1, "many": 3}
# Zipf in hundredths, from which a word is hardly a surname; one that ends like one; a second one.
_COMMON, _VERY_COMMON, _RARE = 400, 530, 400
_SURNAME_PARTS = frozenset(
    ["زاده", "نژاد", "پور", "وند", "فر", "نیا", "لو", "راد", "زند", "فرد", "خواه", "تبار", "منش", "بیگی"]
)
_SURNAME = re.compile(".{2,}(?:زاده|نژاد|پور|فر|نیا|یان|وند|لو|منش|دوست|خواه|چی|مقدم|تبار|راد|[^ی]ی)")


class Opened(NamedTuple):
    """A name from ``tokens[first]`` to ``tokens[last]`` inclusive, and its type."""

    type: str
    first: int
    last: int


class Openings:
    """Reads names that begin with a known word; one instance serves all threads.

    ``tables`` are those words, for a fingerprint.
    """

    def __init__(self, analyzer: PersianAnalyzer) -> None:
        self._lexicon = analyzer.lexicon
        self._shapes = {
            fold(word): (kind, shape) for word, kind, shape in read_rows(DATA / "openings.tsv", columns=3)
        }
        self._shapes |= {word + "ی": shape for word, shape in self._shapes.items() if word.endswith("ا")}
        self._given = {fold(name) for (name,) in read_rows(DATA / "given_names.tsv", columns=1)}
        self._stops = {fold(word) for (word,) in read_rows(DATA / "stop_words_of_names.tsv", columns=1)}
        self._surnames = {fold(label.split()[-1]) for _, label, *_ in people_rows()}
        self.tables = (sorted(self._given), sorted(self._shapes.items()), sorted(self._stops))
        self._openers = self._given | self._shapes.keys() | {"سید"}

    def find(self, text: str, tokens: Sequence[Token], places: Iterable[tuple[int, int]]) -> list[Opened]:
        """Return the names in ``tokens``; ``places`` are those found, first to last token."""
        openers = self._openers
        starts = [index for index, token in enumerate(tokens) if token.exact in openers]
        if not starts:
            return []
        ends = dict(places)
        found: list[Opened] = []
        after = 0
        for first in starts:
            if first < after:
                continue
            opened = self._open(text, tokens, first, ends)
            if opened is not None:
                found.append(opened)
                after = opened.last + 1
        return found

    def _open(self, text: str, tokens: Sequence[Token], first: int, ends: dict[int, int]) -> Opened | None:
        kind, shape = self._shapes.get(tokens[first].exact, ("person", "given"))
        if kind == "person":
            named = first if shape == "given" else first + 1
            last = self._person(text, tokens, named, titled=shape != "given")
            return None if last is None else Opened("person", named, last)
        last = first
        for _ in range(_MOST_WORDS[shape] + 1):
            if not self._runs_on(text, tokens, last):
                break
            if last + 1 in ends:
                return Opened(kind, first, ends[last + 1])
            if last - first == _MOST_WORDS[shape] or self._is_stop(tokens[last + 1]):
                break
            last += 1
        return None if last == first else Opened(kind, first, last)

    def _person(self, text: str, tokens: Sequence[Token], first: int, *, titled: bool) -> int | None:
        """Return the last token of a given name and surname, or of a surname after a title."""
        if first >= len(tokens) or (first and titled and not self._runs_on(text, tokens, first - 1)):
            return None
        last = first
        given = 0
        while tokens[last].exact in self._given or tokens[last].exact == "سید":
            given += 1
            if not self._runs_on(text, tokens, last):
                return last if given > 1 else None
            last += 1
        if not self._is_surname(tokens[last]):
            return last - 1 if given > 1 else None
        while self._goes_on(text, tokens, last):
            last += 1
        return last

    def _is_surname(self, token: Token) -> bool:
        word = token.exact
        if word in self._surnames or word in _SURNAME_PARTS:
            return True
        if self._is_stop(token) or word in self._shapes or not word[:1].isalpha():
            return False
        return self._zipf(word) < (_VERY_COMMON if _SURNAME.fullmatch(word) else _COMMON)

    def _goes_on(self, text: str, tokens: Sequence[Token], last: int) -> bool:
        """Tell whether the next word is of the surname: glued to it, its ending, or itself like a surname."""
        if not self._runs_on(text, tokens, last):
            return False
        after = tokens[last + 1]
        if after.start == tokens[last].end or after.exact in _SURNAME_PARTS:
            return True
        rare = self._zipf(after.exact) < _RARE
        return rare and self._is_surname(after) and bool(_SURNAME.fullmatch(after.exact))

    def _is_stop(self, token: Token) -> bool:
        return (
            token.exact in self._stops
            or token.term in self._stops
            or token.exact in self._lexicon.verbs
            or token.exact[:1].isdigit()
        )

    def _zipf(self, word: str) -> int:
        return zipf_hundredths(self._lexicon.words.get(word, 0))

    def _runs_on(self, text: str, tokens: Sequence[Token], last: int) -> bool:
        """Tell whether nothing but a space stands between ``tokens[last]`` and the token after it."""
        return last + 1 < len(tokens) and bool(_GAP.fullmatch(text, tokens[last].end, tokens[last + 1].start))
