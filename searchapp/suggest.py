"""Did you mean: a better question for one misspelt, typed on another keyboard layout or in Latin letters.

Only words that the index lacks are touched, and only words that it holds are offered, so a suggestion always
finds something. The rest of the question, its operators too, stays as typed.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from whoosh.query.positional import Phrase
from whoosh.query.terms import Term

from analyzers import PersianAnalyzer
from analyzers.exonyms import exonyms, latin_words
from analyzers.folding import fold
from analyzers.keyboard import as_latin, as_persian
from indexer.engine import Engine, SearchRequest
from searchapp.freshness import Fresh
from searchapp.models import Suggestion
from searchapp.translation import gettext, gettext_noop
from searchapp.vocabulary import Candidate, Vocabulary
from searchapp.wording import Wording

LABELS = {
    "spelling": gettext_noop("املای نزدیک"),
    "layout": gettext_noop("چیدمان دیگر صفحه‌کلید"),
    "finglish": gettext_noop("نوشتهٔ فارسی با حروف لاتین"),
    "exonym": gettext_noop("نام به فارسی"),
}
_PIECE = re.compile(r"\S+")
# Marks around a word that belong to the question; on a Latin keyboard some of them are Persian letters.
_MARKS = "\"«»()[]{}،؛؟!.,:;*~+-'"
_OPERATORS = frozenset(["or", "and", "not", "یا"])
_LATIN = re.compile(r"[!-~]*[A-Za-z;'\[\],\\][!-~]*")
_PERSIAN = re.compile("[\u0600-\u06ff\u200c]+")
_MOST_WORDS = 12
_LONGEST_NAME = 6
_LONGEST_QUESTION = 200
# A word that the index hardly holds is doubted when a near one is this much commoner.
_RARE, _COMMONER, _VERY_NEAR = 2, 60, 0.61
_FEWEST_LATIN = 3
_EVERYTHING = 1 << 62


class _Piece(NamedTuple):
    """A word of the question: its place and its text without marks."""

    start: int
    end: int
    text: str


class _Correction(NamedTuple):
    """What may stand in the place of ``question[start:end]``, the best first."""

    start: int
    end: int
    kind: str
    forms: Sequence[str]


class Suggester:
    """Suggests better questions from the words of one index; one instance serves all threads.

    A word that came into the index a moment ago counts as known, though it is not yet offered.
    """

    def __init__(self, engine: Engine, analyzer: PersianAnalyzer, wording: Wording) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._wording = wording
        self._words = Fresh(
            lambda: Vocabulary(engine.suggest_terms("", field="exact", limit=_EVERYTHING)), engine.revision
        )

    def prepare(self) -> None:
        """Read the words before anybody asks."""
        self._words()

    def suggest(self, question: str, limit: int = 3) -> list[Suggestion]:
        """Return better questions, the likeliest first; none where every word of the question is known."""
        if len(question) > _LONGEST_QUESTION:
            return []
        return _Question(self, question, self._words()).suggestions(limit)

    def holds(self, text: str) -> bool:
        """Tell whether a question of one word or name needs no suggestion, as the index holds it."""
        return self.known(text, self._words())

    def written(self, word: str) -> str:
        """Return how the corpus writes a word."""
        return self._wording.written(word)

    def known(self, text: str, words: Vocabulary) -> bool:
        """Tell whether the index holds a word as it is read; of several in one, all side by side."""
        if fold(text) in words:
            return True
        tokens = self._analyzer.analyze(text)
        if not tokens:
            return False
        alone = len(tokens) == 1
        query = Term("text", tokens[0].term) if alone else Phrase("exact", [token.exact for token in tokens])
        return self._engine.search(SearchRequest(query=query, limit=0, facets=())).total > 0

    def frequency(self, text: str, words: Vocabulary) -> int:
        """Count the paragraphs that hold the rarest word of a text; 0 when one is missing."""
        counts = words.counts
        return counts.get(fold(text), 0) or min(
            (counts.get(token.exact, 0) for token in self._analyzer.analyze(text)), default=0
        )


class _Question:
    """One question while it is being corrected."""

    def __init__(self, suggester: Suggester, question: str, words: Vocabulary) -> None:
        self._suggester = suggester
        self._question = question
        self._words = words

    def suggestions(self, limit: int) -> list[Suggestion]:
        corrections = self._corrections()
        if not corrections:
            return []
        choices = [[each.forms[0] for each in corrections]]
        for at, each in enumerate(corrections):
            choices += [[*choices[0][:at], form, *choices[0][at + 1 :]] for form in each.forms[1:]]
        kind = corrections[0].kind
        queries = dict.fromkeys(self._rewritten(corrections, forms) for forms in choices)
        return [
            Suggestion(kind, query, gettext(LABELS[kind])) for query in queries if query != self._question
        ][:limit]

    @cached_property
    def _pieces(self) -> list[_Piece]:
        found = []
        for match in _PIECE.finditer(self._question):
            raw = match.group()
            text = raw.strip(_MARKS)
            if text and ":" not in text and text.casefold() not in _OPERATORS:
                start = match.start() + raw.index(text)
                found.append(_Piece(start, start + len(text), text))
        return found[:_MOST_WORDS]

    def _corrections(self) -> list[_Correction]:
        found: list[_Correction] = []
        at = 0
        while at < len(self._pieces):
            count, correction = self._name(at) or (1, self._word(self._pieces[at]))
            if correction is not None:
                found.append(correction)
            at += count
        return found

    def _name(self, at: int) -> tuple[int, _Correction] | None:
        """Find the longest Latin name that begins at a word."""
        for count in range(min(_LONGEST_NAME, len(self._pieces) - at), 0, -1):
            span = self._pieces[at : at + count]
            if not all(piece.text.isascii() for piece in span):
                continue
            start, end = span[0].start, span[-1].end
            if persian := self._persian_name(self._question[start:end]):
                return count, _Correction(start, end, "exonym", [persian])
        return None

    def _persian_name(self, latin: str) -> str | None:
        """Find the first Persian form of a Latin name that the index holds."""
        forms = exonyms().get(latin_words(latin), ())
        return next((form for form in forms if self._suggester.known(form, self._words)), None)

    def _word(self, piece: _Piece) -> _Correction | None:
        if _PERSIAN.fullmatch(piece.text):
            if self._suggester.known(piece.text, self._words) and not self._is_rare(piece):
                return None
            return self._latin_name(piece) or self._misspelt(piece) or self._latin_word(piece)
        whole = self._whole(piece)
        if _LATIN.fullmatch(whole.text) and not self._suggester.known(piece.text, self._words):
            return self._latin_for_persian(whole) or self._finglish(piece)
        return None

    def _whole(self, piece: _Piece) -> _Piece:
        """Widen a word to the marks around it that are letters on a Persian keyboard."""
        for match in _PIECE.finditer(self._question):
            if match.start() <= piece.start < match.end():
                start = match.start() + (match.group()[0] in '-"(')
                end = match.end() - (match.group()[-1] in '")*')
                return _Piece(min(start, piece.start), max(end, piece.end), self._question[start:end])
        raise AssertionError("unreachable")

    def _is_rare(self, piece: _Piece) -> bool:
        return 0 < self._words.counts.get(fold(piece.text), 0) <= _RARE

    def _misspelt(self, piece: _Piece) -> _Correction | None:
        words = self._words
        key = fold(piece.text)
        count = words.counts.get(key, 0)
        near = words.nearest(key)
        if count:
            near = [
                each for each in near if each.paragraphs >= _COMMONER * count and each.distance < _VERY_NEAR
            ]
        return self._correction(piece, "spelling", near)

    def _finglish(self, piece: _Piece) -> _Correction | None:
        if len(piece.text) < _FEWEST_LATIN:
            return None
        return self._correction(piece, "finglish", self._words.sounding(fold(piece.text)))

    def _correction(self, piece: _Piece, kind: str, candidates: list[Candidate]) -> _Correction | None:
        forms = list(dict.fromkeys(self._suggester.written(each.word) for each in candidates[:3]))
        return _Correction(piece.start, piece.end, kind, forms) if forms else None

    def _latin_for_persian(self, piece: _Piece) -> _Correction | None:
        """Read Latin letters as keys of a Persian layout."""
        forms = [form for form in as_persian(piece.text) if _is_word(form)]
        counts = {form: self._suggester.frequency(form, self._words) for form in forms}
        best = max(forms, key=lambda form: counts[form], default="")
        if not best:
            return None
        if counts[best] and self._suggester.known(best, self._words):
            return _Correction(piece.start, piece.end, "layout", [best])
        return None

    def _latin_name(self, piece: _Piece) -> _Correction | None:
        """Read Persian letters as keys of a Latin layout, as a name that has a Persian form."""
        for latin in as_latin(piece.text):
            if persian := self._persian_name(latin):
                return _Correction(piece.start, piece.end, "layout", [persian])
        return None

    def _latin_word(self, piece: _Piece) -> _Correction | None:
        """Read Persian letters as keys of a Latin layout, as a word that the index has in Latin letters."""
        for latin in as_latin(piece.text):
            if len(latin) >= _FEWEST_LATIN and latin.isalpha() and latin in self._words:
                return _Correction(piece.start, piece.end, "layout", [latin])
        return None

    def _rewritten(self, corrections: list[_Correction], forms: list[str]) -> str:
        parts: list[str] = []
        at = 0
        for correction, form in zip(corrections, forms, strict=True):
            parts += [self._question[at : correction.start], form]
            at = correction.end
        return "".join([*parts, self._question[at:]])


def _is_word(form: str) -> bool:
    """Tell whether keys gave letters and no signs, but for a mark at the end."""
    return form.rstrip(".").replace("\u200c", "").isalpha()
