"""What may stand in the place of a question's words: near spellings, other keyboard layouts and scripts.

A correction is made of words that the index holds. The rest of the question, its operators too, stays.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from analyzers.exonyms import exonyms, latin_words
from analyzers.folding import fold
from analyzers.keyboard import as_latin, as_persian
from searchapp.known import KnownWords
from searchapp.vocabulary import Candidate

_PIECE = re.compile(r"\S+")
# Marks around a word that belong to the question; on a Latin keyboard some of them are Persian letters.
_MARKS = "\"«»()[]{}،؛؟!.,:;*~+-'"
_OPERATORS = frozenset(["or", "and", "not", "یا"])
_LATIN = re.compile(r"[!-~]*[A-Za-z;'\[\],\\][!-~]*")
_PERSIAN = re.compile("[\u0600-\u06ff\u200c]+")
_MOST_WORDS = 12
_MOST_FORMS = 3
_LONGEST_NAME = 6
# A word that the index hardly holds is doubted when a near one is this much commoner.
_RARE, _COMMONER, _VERY_NEAR = 2, 60, 0.61
_FEWEST_LATIN = 3


class _Piece(NamedTuple):
    """A word of the question: its place and its text without marks."""

    start: int
    end: int
    text: str


class Correction(NamedTuple):
    """What may stand in the place of ``question[start:end]``, the best first."""

    start: int
    end: int
    kind: str
    forms: Sequence[str]


class Corrections:
    """The corrections of one question."""

    def __init__(self, question: str, known: KnownWords) -> None:
        self._question = question
        self._known = known

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

    def found(self) -> list[Correction]:
        """Return them in the order of the question, none overlapping."""
        found: list[Correction] = []
        at = 0
        while at < len(self._pieces):
            count, correction = self._name(at) or self._pair(at) or (1, self._word(self._pieces[at]))
            if correction is not None:
                found.append(correction)
            at += count
        return found

    def _name(self, at: int) -> tuple[int, Correction] | None:
        """Find the longest Latin name that begins at a word."""
        if not self._pieces[at].text.isascii():
            return None
        for count in range(min(_LONGEST_NAME, len(self._pieces) - at), 0, -1):
            span = self._pieces[at : at + count]
            if not all(piece.text.isascii() for piece in span):
                continue
            start, end = span[0].start, span[-1].end
            if persian := self._persian_name(self._question[start:end]):
                return count, Correction(self._without_repeating(at, persian), end, "exonym", [persian])
        return None

    def _without_repeating(self, at: int, persian: str) -> int:
        """Return where a name begins, or the word before it when that is the name's first: سازمان OIC."""
        before = self._pieces[at - 1] if at else None
        repeated = before is not None and fold(before.text) == fold(persian.split(maxsplit=1)[0])
        return before.start if before is not None and repeated else self._pieces[at].start

    def _pair(self, at: int) -> tuple[int, Correction] | None:
        """Read two words as one that was parted and misspelt: زنگه زور for زنگزور."""
        pair = self._pieces[at : at + 2]
        if len(pair) < 2 or not all(_PERSIAN.fullmatch(piece.text) for piece in pair):
            return None
        if not any(self._is_doubtful(piece) for piece in pair):
            return None
        near = self._known.vocabulary.nearest(fold(pair[0].text) + fold(pair[1].text))
        whole = _Piece(pair[0].start, pair[1].end, "")
        found = self._correction(whole, "spelling", [each for each in near if each.distance < _VERY_NEAR])
        return (2, found) if found else None

    def _persian_name(self, latin: str) -> str | None:
        """Find the first Persian form of a Latin name that the index holds."""
        forms = exonyms().get(latin_words(latin), ())
        return next((form for form in forms if self._known.holds(form)), None)

    def _word(self, piece: _Piece) -> Correction | None:
        if _PERSIAN.fullmatch(piece.text):
            if not self._is_doubtful(piece) and not self._is_rare(piece):
                return None
            return self._latin_name(piece) or self._misspelt(piece) or self._latin_word(piece)
        whole = self._whole(piece)
        if _LATIN.fullmatch(whole.text) and not self._known.holds(piece.text):
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

    @cached_property
    def _doubtful(self) -> list[tuple[int, int]]:
        return self._known.doubtful(self._question)

    def _is_doubtful(self, piece: _Piece) -> bool:
        return any(start < piece.end and piece.start < end for start, end in self._doubtful)

    @cached_property
    def _counts(self) -> dict[str, int]:
        return self._known.counts([fold(piece.text) for piece in self._pieces])

    def _is_rare(self, piece: _Piece) -> bool:
        return 0 < self._counts[fold(piece.text)] <= _RARE

    def _misspelt(self, piece: _Piece) -> Correction | None:
        key = fold(piece.text)
        count = self._counts[key]
        near = self._known.vocabulary.nearest(key)
        if count:
            near = [
                each for each in near if each.paragraphs >= _COMMONER * count and each.distance < _VERY_NEAR
            ]
        return self._correction(piece, "spelling", near)

    def _finglish(self, piece: _Piece) -> Correction | None:
        if len(piece.text) < _FEWEST_LATIN:
            return None
        return self._correction(piece, "finglish", self._known.vocabulary.sounding(fold(piece.text)))

    def _correction(self, piece: _Piece, kind: str, candidates: list[Candidate]) -> Correction | None:
        forms = self._known.written(self._known.apart([each.word for each in candidates])[:_MOST_FORMS])
        return Correction(piece.start, piece.end, kind, forms) if forms else None

    def _latin_for_persian(self, piece: _Piece) -> Correction | None:
        """Read Latin letters as keys of a Persian layout."""
        forms = [form for form in as_persian(piece.text) if _is_word(form)]
        counts = {form: self._known.frequency(form) for form in forms}
        best = max(forms, key=lambda form: counts[form], default="")
        if not best:
            return None
        if counts[best] and self._known.holds(best):
            return Correction(piece.start, piece.end, "layout", [best])
        return None

    def _latin_name(self, piece: _Piece) -> Correction | None:
        """Read Persian letters as keys of a Latin layout, as a name that has a Persian form."""
        for latin in as_latin(piece.text):
            if persian := self._persian_name(latin):
                return Correction(piece.start, piece.end, "layout", [persian])
        return None

    def _latin_word(self, piece: _Piece) -> Correction | None:
        """Read Persian letters as keys of a Latin layout, as a word that the index has in Latin letters."""
        for latin in as_latin(piece.text):
            if len(latin) >= _FEWEST_LATIN and latin.isalpha() and self._known.count(latin):
                return Correction(piece.start, piece.end, "layout", [latin])
        return None


def _is_word(form: str) -> bool:
    """Tell whether keys gave letters and no signs, but for a mark at the end."""
    return form.rstrip(".").replace("\u200c", "").isalpha()
