"""The words that open names of organizations and places, so that «دانشگاه» and what follows is a university.

They stand in ``data/openings.tsv``, each with the shape that names behind it have.
"""

from collections.abc import Iterator
from typing import NamedTuple

from analyzers.passage import Passage
from analyzers.persian import PersianAnalyzer
from analyzers.tables import DATA, read_rows
from analyzers.token import Token


class Opening(NamedTuple):
    """A word, or a few, that open a name."""

    words: tuple[str, ...]
    type: str
    shape: str


class Openings:
    """Finds the opening words of a text; one instance serves all threads.

    ``words`` are the first words of all openings.
    """

    def __init__(self, analyzer: PersianAnalyzer) -> None:
        self.table = list(read_rows(DATA / "openings.tsv", columns=3))
        self._openings: dict[str, list[Opening]] = {}
        for text, type_, shape in self.table:
            for words in _spellings(analyzer, text):
                opening = Opening(words, type_, shape)
                openings = self._openings.setdefault(words[0], [])
                if opening not in openings:
                    openings.append(opening)
        for openings in self._openings.values():
            openings.sort(key=lambda opening: -len(opening.words))
        self.words = frozenset(self._openings)
        self._alone = frozenset(
            word
            for word, openings in self._openings.items()
            if any(len(opening.words) == 1 for opening in openings)
        )

    @property
    def of_rows(self) -> tuple[str, ...]:
        """How the ids begin of what is a row of bodies and no single one: «دولت‌های ایران و عراق»."""
        openings = (opening for openings in self._openings.values() for opening in openings)
        return tuple(sorted("-".join((*each.words, "")) for each in openings if each.shape == "states"))

    def opens(self, token: Token) -> bool:
        """Tell whether a word by itself may open a name; «نیروهای» does with «مسلح» after it only."""
        return token.exact in self._alone

    def of_state(self, token: Token) -> bool:
        """Tell whether a word may open the name of what belongs to a state or its leader: «دولت»."""
        return any(opening.shape == "state" for opening in self._openings.get(token.exact, ()))

    def at(self, passage: Passage, index: int, type_: str) -> Iterator[tuple[Opening, int]]:
        """Yield the openings of one type at a token, the longest first, with their last token."""
        tokens = passage.tokens
        for opening in self._openings.get(tokens[index].exact, ()):
            last = index + len(opening.words) - 1
            if opening.type == type_ and (
                last == index
                or (
                    last < len(tokens)
                    and all(tokens[index + n].exact == word for n, word in enumerate(opening.words))
                )
            ):
                yield opening, last


def _spellings(analyzer: PersianAnalyzer, text: str) -> list[tuple[str, ...]]:
    """Return how the words of an opening may stand in analysed text."""
    spaced = text.replace("\u200c", " ")
    found = [tuple(token.exact for token in analyzer.analyze(spelling)) for spelling in (text, spaced)]
    found.append(tuple(token.exact for word in spaced.split() for token in analyzer.analyze(word)))
    return list(dict.fromkeys(found))
