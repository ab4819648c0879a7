"""Places that no table holds: what follows «شهرستان» or «خیابان», a side of something, a town and country.

What is known within a longer name makes way for it, «شرق موصل» is one place and «حلب سوریه» another; but a
country that is only spoken of in part, «شرق لیبی», stays a country.
"""

from collections.abc import Iterable, Sequence

from analyzers.folding import fold
from analyzers.openings import Opened, Opening, Openings
from analyzers.passage import Known, Passage
from analyzers.word_kinds import WordKinds

# What may stand before the name of a person after whom a place is named.
_HONORED = frozenset(map(fold, ["سید", "شهید", "شهدای", "امام", "حضرت", "آیتالله", "دکتر", "استاد", "علامه"]))
# Zipf in hundredths, from which a word is not believed to be a place's own name.
_COMMON = 300
_WORDS = 4
# From which a word, or a part of it, is not believed to be a foreign town before its country.
_RARE, _PART, _SHORTEST, _TOWN_WORDS = 250, 370, 4, 2
_BEFORE_TOWNS = frozenset(
    map(fold, ["در", "به", "از", "تا", "راهی", "عازم", "مقیم", "ساکن", "اهل", "شهر", "مردم", "خاک", "حوالی"])
)
_SIDES = frozenset(["شمال", "جنوب", "شرق", "غرب", "سواحل", "حومه"])
_BEFORE_CLUBS = frozenset(
    map(fold, ["مقابل", "برابر", "تیم", "دروازه‌بان", "مهاجم", "مدافع", "هافبک", "سرمربی"])
)
# What follows the object of a verb: «زلنسکی روسیه را» is no place of Russia's.
_OBJECT = (["را"], ["رو"])
# The ministry of the interior is «وزارت کشور», and «وزارت کشور عراق» speaks of no «کشور عراق».
_HOME, _INTERIOR = "کشور", frozenset(["وزارت", "وزیر", "وزارتخانه"])
_OPENING, _CLOSING = ("«", '"', "“"), ("»", '"', "”")
_PLURAL = ("ها", "های", "هایی", "ان")


class Localities:
    """Reads places; one instance serves all threads."""

    def __init__(self, openings: Openings, kinds: WordKinds) -> None:
        self._openings = openings
        self._kinds = kinds

    def read(self, passage: Passage, opened: Iterable[tuple[int, Opened]]) -> None:
        """Enter places; ``opened`` are the openings of the text."""
        exact = passage.exact
        for index, openings in opened:
            if index and exact[index] == _HOME and exact[index - 1] in _INTERIOR:
                continue
            around = passage.around(index)
            for opening, last in openings:
                if opening.type == "place" and (around is None or around.last < last):
                    place = self._place(passage, opening, index, last) if passage.runs_on(last) else None
                    if place is not None:
                        passage.put(place)
                        break
        _join(passage)
        for known in passage.known():
            if known.entity.type == "country" and known.entity.via == "name" and known.may_end:
                self._unknown_of(passage, known)

    def _unknown_of(self, passage: Passage, country: Known) -> None:
        """Enter what a country tells the whereabouts of: «در تروندهایم نروژ», «مقابل اوفی یونان»."""
        first = country.first
        for _ in range(_TOWN_WORDS):
            if not first or not passage.runs_on(first - 1):
                break
            start = passage.word_start(first - 1)
            if not self._is_foreign(passage, start, first - 1):
                break
            first = start
        if first == country.first or not first or not passage.runs_on(first - 1):
            return
        if passage.exact[country.last + 1 : country.last + 2] in _OBJECT:
            return
        before = passage.exact[first - 1]
        if before in _BEFORE_CLUBS:
            why = "a word that no list has, and its country, after a word of sport"
            passage.put(passage.unlisted("organization", first, country.last, why))
            return
        in_part = before in _SIDES
        if in_part or before in _BEFORE_TOWNS:
            why = "a word that no list has, and its country, where a place is told"
            passage.put(passage.unlisted("place", first - in_part, country.last, why))

    def _is_foreign(self, passage: Passage, first: int, last: int) -> bool:
        """Tell whether a written word is so rare that it can only be a name."""
        word = passage.written(first, last)
        return (
            len(word) >= _SHORTEST
            and self._kinds.zipf(word) < _RARE
            and not any(map(passage.around, range(first, last + 1)))
            and word.replace("\u200c", "").isalpha()
            and not word.endswith(_PLURAL)
            and not self._openings.opens(passage.tokens[first])
            and not any(map(self._kinds.is_stop, passage.tokens[first : last + 1]))
            and not any(self._kinds.zipf(part) >= _PART for part in self._parts(passage, first, last))
        )

    def _parts(self, passage: Passage, first: int, last: int) -> Sequence[str]:
        """Return what a word is made of: no name are «گوشه‌گوشه», «حقیقت‌یاب» and «جودوی»."""
        written = passage.text[passage.tokens[first].start : passage.tokens[last].end]
        pieces = written.split("\u200c")
        if len(pieces) > 1:
            return [fold(pieces[0])]
        return [fold(written[:-1])] if written.endswith("ی") else []

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
            if passage.exact[last + 1] in _HONORED:
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
    """Make one name of a town and the country right after it: «حلب سوریه» is Aleppo.

    «دوحه قطر» is Qatar, named by its capital.
    """
    for known in passage.known():
        entity = known.entity
        capital = entity.type == "country" and entity.via == "metonym"
        if not (entity.type == "place" or capital):
            continue
        after = passage.at(known.last + 1)
        if after is None or not after.is_where or after.entity.via != "name":
            continue
        joins = entity.id == after.entity.id if capital else not after.settled
        if joins and _runs_on(passage, known):
            passage.put(passage.widened(known, known.first, after.last))


def _runs_on(passage: Passage, known: Known) -> bool:
    """Tell whether a country may follow a place, which may stand in quotation marks: ««الرقه» سوریه»."""
    if passage.runs_on(known.last):
        return True
    return passage.gap(known.last) in _CLOSING and passage.gap(known.first - 1).endswith(_OPENING)


def _around(passage: Passage, known: Known, shape: str, first: int) -> Known | None:
    """Return the place that an opening makes of a known one, «شهر حلب», or None where it stays what it is."""
    country = known.entity.type == "country"
    if country and known.entity.via == "name":
        if shape == "site":
            return passage.unlisted("place", first, known.last, "a building or a street named for a country")
        return passage.widened(known, first, known.last) if shape == "self" else None
    if known.settled or shape not in ("of", "one", "site"):
        return None
    if country:
        return passage.unlisted("place", first, known.last, f"{known.why}; with a word for places")
    return passage.widened(known, first, known.last)
