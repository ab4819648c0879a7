"""Ministries named by their ministers: «وزیر خارجه روسیه» speaks of a ministry, without the word for it."""

from collections.abc import Sequence

from msgspec import structs

from analyzers.folding import fold
from analyzers.gazetteer import Gazetteer
from analyzers.mentions import Entity
from analyzers.passage import Known, Passage
from analyzers.persian import PersianAnalyzer
from analyzers.phrases import PhraseTable, term_sequences
from analyzers.tables import DATA, read_rows
from analyzers.token import Token

MINISTERS = frozenset(map(fold, ["وزیر", "وزیران", "وزرای"]))
_BETWEEN = frozenset(map(fold, ["سابق", "اسبق", "پیشین", "وقت", "جدید", "محترم", "کنونی"]))
_OURS = frozenset(map(fold, ["کشورمان", "کشورش"]))
_MARK = "\u060c"


class Ministries:
    """Reads what a minister is minister of; one instance serves all threads."""

    def __init__(self, analyzer: PersianAnalyzer, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._ministry = analyzer.analyze("وزارت")[0]
        self.table = list(read_rows(DATA / "portfolios.tsv", columns=2, optional=1))
        self._portfolios: PhraseTable[bool] = PhraseTable()
        for portfolio, minister in self.table:
            for terms in term_sequences(analyzer, portfolio):
                self._portfolios.add(terms, bool(minister))

    def read(self, passage: Passage, starts: Sequence[int]) -> None:
        """Enter what ministers are ministers of; ``starts`` are the tokens that may open a name."""
        for index in starts:
            if passage.exact[index] in MINISTERS and passage.around(index) is None:
                self._read(passage, index)

    def _read(self, passage: Passage, index: int) -> None:
        tokens = passage.tokens
        while passage.runs_on(index) and tokens[index + 1].exact in _BETWEEN:
            index += 1
        first = index + 1
        if not passage.runs_on(index):
            return
        # Offsets of the matches count from ``first``.
        matches = [
            match for match in self._portfolios.matches(tokens[first : first + 12]) if match.first == 0
        ]
        for match in sorted(matches, key=lambda match: -match.last):
            last = first + match.last
            if not all(passage.runs_on(inner) or passage.gap(inner) == _MARK for inner in range(first, last)):
                continue
            owner = passage.at(last + 1) if passage.runs_on(last) else None
            if owner is not None and owner.entity.type == "country" and owner.is_where:
                if owner.settled:
                    return
                end = owner.last
            elif passage.runs_on(last) and tokens[last + 1].exact in _OURS:
                end = last + 1
            elif all(match.values):
                return
            else:
                end = last
            if passage.around(first) is None or passage.around(first) == owner:
                passage.put(
                    Known(self._entity(passage, first, end), first, end, "what a minister is minister of")
                )
            return

    def _entity(self, passage: Passage, first: int, last: int) -> Entity:
        tokens = passage.tokens[first : last + 1]
        start, end = tokens[0].start, tokens[-1].end
        name = self._gazetteer.named(self._spelt_out(tokens), "organization")
        if name is not None:
            return Entity("organization", name.id, name.label, start, end, "name")
        label = f"وزارت {' '.join(passage.text[start:end].split())}"
        id_ = "-".join(token.exact for token in (self._ministry, *tokens))
        return Entity("organization", id_, label, start, end, "name")

    def _spelt_out(self, tokens: Sequence[Token]) -> list[Token]:
        """Return the tokens with «وزارت» before them, as if it stood there."""
        return [
            structs.replace(token, position=place) for place, token in enumerate((self._ministry, *tokens))
        ]
