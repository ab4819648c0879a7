"""Names in quotation marks after a word that opens them: «شبکه «الجدید» لبنان» is one name and no country.

Elsewhere a mark ends a name; here the marks say themselves where it ends, whatever words stand between.
"""

import re
from collections.abc import Sequence

from msgspec import structs

from analyzers.openings import Opened, Opening
from analyzers.passage import Passage
from analyzers.word_kinds import WordKinds

_MARKS = ("«", '"', "“", "”", "'", "‘")
_OPENS = re.compile(r"\s*[«\"“”'‘]\s*")
_CLOSES = re.compile(r"\s*[»\"”“'’]\s*")
_CLOSING = re.compile(r"\s*[»\"”“'’]")
# Shapes of organizations and of places whose names may be quoted.
_SHAPES = frozenset(["named", "named two", "one", "new", "site"])
_WORDS_BETWEEN, _WORDS_QUOTED = 2, 4


class Quotations:
    """Reads names in quotation marks; one instance serves all threads."""

    def __init__(self, kinds: WordKinds) -> None:
        self._kinds = kinds

    def read(self, passage: Passage, opened: Sequence[tuple[int, Opened]]) -> None:
        """Enter organizations and places; ``opened`` are the openings of the text."""
        if not opened or not any(map(passage.text.__contains__, _MARKS)):
            return
        for index, openings in opened:
            if passage.around(index) is None:
                for opening, last in openings:
                    if opening.shape in _SHAPES:
                        self._read(passage, opening, index, last)

    def _read(self, passage: Passage, opening: Opening, first: int, last: int) -> None:
        for _ in range(_WORDS_BETWEEN):
            if not passage.runs_on(last) or not self._is_between(passage, last + 1):
                break
            last += 1
        start, end = last + 1, _end(passage, last)
        if end is None:
            return
        inner = passage.at(start)
        why = f"in quotation marks after «{' '.join(opening.words)}»"
        state = passage.at(end + 1) if _CLOSES.fullmatch(_between(passage, end)) else None
        last = state.last if state is not None and state.may_end and state.entity.type == "country" else end
        if inner is not None and inner.last == end and inner.entity.type == opening.type:
            known = passage.widened(inner, first, last)
        else:
            known = passage.unlisted(opening.type, first, last, why)
        if last == end:
            closing = _CLOSING.match(passage.text, known.entity.end)
            if closing:
                entity = structs.replace(known.entity, end=closing.end())
                known = structs.replace(known, entity=entity)
        passage.put(known)

    def _is_between(self, passage: Passage, index: int) -> bool:
        """Tell whether a word may stand between an opening and the mark, as in «شبکه تلویزیونی «…»»."""
        known = passage.around(index)
        if known is not None:
            return known.entity.via == "demonym"
        return passage.tokens[index].term in self._kinds.of_organizations


def _end(passage: Passage, last: int) -> int | None:
    """Return the last token of what is quoted right after a token, None where nothing is."""
    if last + 1 >= len(passage.tokens) or not _OPENS.fullmatch(_between(passage, last)):
        return None
    for end in range(last + 1, min(last + 1 + _WORDS_QUOTED, len(passage.tokens))):
        if not passage.runs_on(end):
            return end if _CLOSING.match(passage.text, passage.tokens[end].end) else None
    return None


def _between(passage: Passage, index: int) -> str:
    """Return the text between a token and the one after it."""
    tokens = passage.tokens
    return passage.text[tokens[index].end : tokens[index + 1].start] if index + 1 < len(tokens) else ""
