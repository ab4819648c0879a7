"""The words that open names of organizations and places, so that «دانشگاه» and what follows is a university.

They stand in ``data/openings.tsv``, each with the shape that names behind it have.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from analyzers.passage import Passage
from analyzers.persian import PersianAnalyzer
from analyzers.tables import DATA, read_rows
from analyzers.token import Token


class Opening(Struct, frozen=True):
    """A word, or a few, that open a name."""

    words: tuple[str, ...]
    type: str
    shape: str


Opened = Sequence[tuple[Opening, int]]  # what opens at a token, the longest first, each with its last token


class Openings:
    """Finds the opening words of a text; one instance serves all threads.

    ``words`` are the first words of all openings, and ``of_rows`` how the ids begin of what is a row of
    bodies and no single one: «دولت‌های ایران و عراق».
    """

    def __init__(self, analyzer: PersianAnalyzer) -> None:
        self.table = list(read_rows(DATA / "openings.tsv", columns=3))
        openings = (
            Opening(words, type_, shape)
            for text, type_, shape in self.table
            for words in _spellings(analyzer, text)
        )
        every = sorted(dict.fromkeys(openings), key=lambda opening: -len(opening.words))
        self.words = frozenset(each.words[0] for each in every)
        self._alone = frozenset(each.words[0] for each in every if len(each.words) == 1)
        self._of_state = frozenset(each.words[0] for each in every if each.shape == "state")
        self.of_rows = tuple(sorted("-".join((*each.words, "")) for each in every if each.shape == "states"))
        self._at: dict[str, list[tuple[list[str], Opening]]] = {}
        for each in every:
            self._at.setdefault(each.words[0], []).append((list(each.words), each))

    def opens(self, token: Token) -> bool:
        """Tell whether a word by itself may open a name; «نیروهای» does with «مسلح» after it only."""
        return token.exact in self._alone

    def of_state(self, token: Token) -> bool:
        """Tell whether a word may open the name of what belongs to a state or its leader: «دولت»."""
        return token.exact in self._of_state

    def read(self, passage: Passage, starts: Iterable[int]) -> list[tuple[int, Opened]]:
        """Return what opens at those of some tokens where anything does, with the token."""
        exact = passage.exact
        return [(index, self.at(passage, index)) for index in starts if exact[index] in self._at]

    def at(self, passage: Passage, index: int) -> Opened:
        """Return what opens at a token."""
        exact = passage.exact
        found = []
        for words, opening in self._at.get(exact[index], ()):
            count = len(words)
            if count == 1 or exact[index : index + count] == words:
                found.append((opening, index + count - 1))
        return found


def _spellings(analyzer: PersianAnalyzer, text: str) -> list[tuple[str, ...]]:
    """Return how the words of an opening may stand in analysed text."""
    spaced = text.replace("\u200c", " ")
    found = [tuple(token.exact for token in analyzer.analyze(spelling)) for spelling in (text, spaced)]
    found.append(tuple(token.exact for word in spaced.split() for token in analyzer.analyze(word)))
    return list(dict.fromkeys(found))
