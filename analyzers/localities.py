"""Places that no table holds: what follows «شهرستان» or «خیابان», a side of something, a town and country.

What is known within a longer name makes way for it, «شرق موصل» is one place and «حلب سوریه» another; but a
country that is only spoken of in part, «شرق لیبی», stays a country.
"""

from collections.abc import Sequence

from analyzers.folding import fold
from analyzers.openings import Opening, Openings
from analyzers.passage import Known, Passage
from analyzers.word_kinds import WordKinds

# What may stand before the name of a person after whom a place is named.
_HONORED = frozenset(map(fold, ["سید", "شهید", "شهدای", "امام", "حضرت", "آیتالله", "دکتر", "استاد", "علامه"]))
# Zipf in hundredths, from which a word is not believed to be a place's own name.
_COMMON = 300
_WORDS = 4


class Localities:
    """Reads places; one instance serves all threads."""

    def __init__(self, openings: Openings, kinds: WordKinds) -> None:
        self._openings = openings
        self._kinds = kinds

    def read(self, passage: Passage, starts: Sequence[int]) -> None:
        """Enter places; ``starts`` are the tokens that may open a name."""
        for index in starts:
            around = passage.around(index)
            for opening, last in self._openings.at(passage, index, "place"):
                if passage.runs_on(last) and (around is None or around.last < last):
                    place = self._place(passage, opening, index, last)
                    if place is not None:
                        passage.put(place)
                        break
        _join(passage)

    def _place(self, passage: Passage, opening: Opening, first: int, last: int) -> Known | None:
        """Return the place that an opening up to ``last`` opens, or None."""
        known, shape = passage.at(last + 1), opening.shape
        if known is not None and known.is_where:
            return _around(passage, known, shape, first)
        if shape in ("of", "self") or passage.around(first) is not None:
            return None
        end = self._named_after(passage, last)
        if end is None:
            return None
        why = f"what follows «{' '.join(opening.words)}» is like a name"
        return passage.unlisted("place", last + 1 if shape == "after" else first, end, why)

    def _named_after(self, passage: Passage, last: int) -> int | None:
        """Return the end of the person or the words that a street or a village is named after."""
        known = passage.at(last + 1)
        if known is not None:
            return known.last if known.entity.type == "person" else None
        end = None
        for _ in range(_WORDS):
            if not passage.runs_on(last) or passage.around(last + 1) is not None:
                break
            if passage.tokens[last + 1].exact in _HONORED:
                last += 1
                continue
            word_end = passage.word_end(last + 1)
            if passage.around(word_end) is not None or self._openings.opens(passage.tokens[last + 1]):
                break
            if not self._kinds.is_name(passage, last + 1, word_end, _COMMON):
                break
            end = last = word_end
        return end


def _join(passage: Passage) -> None:
    """Make one name of a town and the country right after it: «حلب سوریه» is Aleppo, «دوحه قطر» Qatar."""
    for known in passage.known():
        entity = known.entity
        capital = entity.type == "country" and entity.via == "metonym"
        if not (entity.type == "place" or capital) or not passage.runs_on(known.last):
            continue
        after = passage.at(known.last + 1)
        if after is None or not after.is_where or after.entity.via != "name":
            continue
        if capital and entity.id == after.entity.id:
            passage.put(passage.widened(after, known.first, after.last))
        elif not capital and not after.settled:
            passage.put(passage.widened(known, known.first, after.last))


def _around(passage: Passage, known: Known, shape: str, first: int) -> Known | None:
    """Return the place that an opening makes of a known one, «شهر حلب», or None where it stays what it is."""
    country = known.entity.type == "country"
    if country and known.entity.via == "name":
        return passage.widened(known, first, known.last) if shape == "self" else None
    if known.settled or shape not in ("of", "one"):
        return None
    if country:
        return passage.unlisted("place", first, known.last, f"{known.why}; with a word for places")
    return passage.widened(known, first, known.last)
