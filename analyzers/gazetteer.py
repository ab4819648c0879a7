"""The names of the tables in analysed text: which stand there, and which is meant where two may be."""

import re
from collections.abc import Iterable, Sequence
from operator import itemgetter

from analyzers.mentions import Entity, Mentions
from analyzers.name_table import Guard, NameTable, Reading
from analyzers.passage import Known
from analyzers.phrases import PhraseMatch
from analyzers.token import Token

_BREAK = re.compile(r"\.(?!\w)|[!?:;,()\[\]«»\"\n\u060c\u061b\u061f\u2026]")
# What is run together with a name without being part of a longer word: و before it, ست after it.
_GLUED_BEFORE = frozenset(["و", "به", "در", "از", "با", "که", "این", "آن", "ضد", "غیر", "بر", "تا"])
_GLUED_AFTER = frozenset(["ست", "است", "را", "ها", "های", "هم", "که", "و", "ی", "بود", "شد", "در", "به"])
_LISTED = "in the tables"
_GUARDED = "in the tables, and nothing beside it says that another word is meant"
_SETTLED = "in the tables, and the word before it settles that it is meant"
_SHORT = "the short form of what was named in full before"
_IS = "ست"  # آمریکاست is آمریکا است
# Endings that make another word of a name: who is from there (اردستانی is mostly a surname), or a plural,
# which a row of names begins with as well («بانک‌های ملت و تجارت»).
_OTHER_WORD = frozenset(["ی", "ای", "یی", "ان", "یان", "ها", "هایی", "یها", "یهای", "انی"])
_PLURAL, _AND, _ROW = "های", "و", 3
_JOINED_BY_YEH = re.compile("(?:[او]|[^اوی]ه)$")  # after these ی only joins: اروپای شرقی, کنگره‌ی آمریکا
_COMMA = "\u060c"
# What parts the two parties of «مذاکرات تهران و مسکو», and how many words the second may have.
_OTHER_PARTY, _LONGEST_PARTY = frozenset(["و", "با"]), 2
# What parts the pieces of an address, where isna.ir is no mention of ISNA.
_OF_ADDRESS = re.compile(r"[%@&=_.]|//")
_GOES_ON_AS_ADDRESS = re.compile(r"\.[a-z]|[%@&=_]|\d")
_NOBODY = Mentions()
_WITHIN = ("country", "person")  # what a longer name names besides
_CONJUNCTION = re.compile(r"\s*(?:\u060c|\u0648|,|/|-)\s*(?:\u0648\s+)?")


# What a match may stand for where nothing beside it settles that.
_Doubtful = tuple[PhraseMatch[Reading], Reading, Guard]


class Gazetteer:
    """Finds the names of tables; one instance serves all threads."""

    def __init__(self, names: NameTable) -> None:
        self._table = names.unpacked()

    def find(self, text: str, tokens: Sequence[Token], mentions: Mentions) -> list[Known]:
        """Return the names of ``text`` in order, none overlapping; ``mentions`` is told of them."""
        found: list[Known] = []
        doubtful: list[_Doubtful] = []
        end = 0
        matches = self._table.matches(tokens)
        matches.reverse()
        matches.sort(key=itemgetter(0))  # those that begin together are in their order now, the longest first
        for index, match in enumerate(matches):
            first, last, _ = match
            start = tokens[first].start
            if start < end or _is_inside_a_word(match, tokens):
                continue
            stop = tokens[last].end
            if text[start].isascii() and _is_in_an_address(text, start, stop):
                continue
            broken = None
            if first < last:
                if _cuts_a_country(match, matches[index + 1 :]):
                    continue
                broken = _BREAK.search(text, start, stop)
                if broken is not None and broken[0] != _COMMA:
                    continue
            reading = self._meant(match, tokens, mentions)
            if broken is not None and (reading is None or not reading.comma):
                continue
            if reading is not None:
                known = _known(reading, match, tokens)
                end = known.entity.end
                found.append(known)
                mentions.note(known.entity)
            else:
                doubtful += [
                    (match, each, each.guard)
                    for each in match.values
                    if each.guard is not None and not each.guard.default and not each.short
                ]
        return self._answered(doubtful, text, tokens, found, mentions) if doubtful else found

    def within(self, tokens: Sequence[Token]) -> list[Entity]:
        """Return the countries and people in a longer name's ``tokens``; none in a place of the tables."""
        found: list[Entity] = []
        for match in self._table.matches(tokens):
            first, last, readings = match
            if last - first + 1 == len(tokens):
                if any(reading.type == "place" for reading in readings):
                    return []
            elif any(reading.type in _WITHIN for reading in readings):
                reading = self._meant(match, tokens, _NOBODY)
                if reading is not None and reading.type in _WITHIN:
                    found.append(_known(reading, match, tokens).entity)
        return found

    def named(self, tokens: Sequence[Token], type_: str) -> Reading | None:
        """Return what all of ``tokens`` together name for sure, if it is of this type."""
        for match in self._table.matches(tokens):
            if match.first == 0 and match.last == len(tokens) - 1:
                for reading in match.values:
                    if reading.type == type_ and not reading.short:
                        return reading
        return None

    def _meant(
        self, match: PhraseMatch[Reading], tokens: Sequence[Token], mentions: Mentions
    ) -> Reading | None:
        """Return what a match stands for, or None where nothing settles it.

        What stands for its best known bearer alone stands for another whom the article has named since.
        """
        latest = 0
        short = sure = None
        for reading in match.values:
            if reading.short:
                rank = mentions.rank(reading)
                if rank > latest and not self._is_anothers(match, tokens, reading):
                    latest, short = rank, reading
            elif (
                sure is None
                and self._may_stand(reading, match, tokens)
                and (reading.guard is None or reading.guard.verdict(match.first, match.last, tokens))
            ):
                sure = reading
        if sure is None:
            return short
        if short is not None and short.type == sure.type and latest > mentions.rank(sure):
            return short
        return None if self._is_namesake(match, tokens, sure, mentions) else sure

    def _may_stand(self, reading: Reading, match: PhraseMatch[Reading], tokens: Sequence[Token]) -> bool:
        """Tell whether a match has the form of a name, and names nothing that is called for a capital.

        «مذاکرات وین» says where it is held; «مذاکرات تهران و مسکو» says who talks.
        """
        if not _fits(reading, match, tokens):
            return False
        guard = reading.guard
        if guard is None or not match.first or tokens[match.first - 1].term not in guard.named:
            return True
        after = match.last + 1
        joined = after < len(tokens) and tokens[after].exact in _OTHER_PARTY
        party = tokens[after + joined : after + joined + _LONGEST_PARTY]
        return self._begins_a_country(party, capital=not joined)

    def _begins_a_country(self, tokens: Sequence[Token], *, capital: bool = False) -> bool:
        """Tell whether the first of ``tokens`` begins what may be the name of a country, or its capital."""
        return any(
            reading.type == "country" and (not capital or reading.via == "metonym")
            for match in self._table.matches(tokens)
            if match.first == 0
            for reading in match.values
        )

    def _is_namesake(
        self, match: PhraseMatch[Reading], tokens: Sequence[Token], name: Reading, mentions: Mentions
    ) -> bool:
        """Tell whether a surname is that of somebody whom no table holds and the article named since."""
        if name.type != "person" or match.first < match.last:
            return False
        bearer = mentions.surnames.get(tokens[match.first].exact)
        return bearer is not None and mentions.rank(bearer) > mentions.rank(name)

    def _is_anothers(self, match: PhraseMatch[Reading], tokens: Sequence[Token], name: Reading) -> bool:
        """Tell whether a country right after a short form of an organization says that another is meant."""
        if name.type != "organization" or match.last + 1 == len(tokens):
            return False
        return self._begins_a_country(tokens[match.last + 1 : match.last + 3])

    def _answered(
        self,
        doubtful: Iterable[_Doubtful],
        text: str,
        tokens: Sequence[Token],
        found: list[Known],
        mentions: Mentions,
    ) -> list[Known]:
        """Add names for which nothing but the entity's own mention or a country beside them speaks."""
        answered = list(found)
        for match, reading, guard in doubtful:
            start, end = tokens[match.first].start, tokens[match.last].end
            if (
                any(known.entity.start < end and start < known.entity.end for known in answered)
                or not self._may_stand(reading, match, tokens)
                or guard.verdict(match.first, match.last, tokens) is not None
            ):
                continue
            if mentions.rank(reading) or _beside_a_country(text, start, end, answered):
                answered.append(_known(reading, match, tokens))
        return sorted(answered, key=lambda known: known.first)


def _known(reading: Reading, match: PhraseMatch[Reading], tokens: Sequence[Token]) -> Known:
    first, last, _ = match
    start, end = tokens[first].start, tokens[last].end
    entity = Entity(reading.type, reading.id, reading.label, start, end, reading.via)
    guard = reading.guard
    settled = guard is not None and first > 0 and tokens[first - 1].term in guard.before
    why = _SHORT if reading.short else _SETTLED if settled else _LISTED if guard is None else _GUARDED
    return Known(entity, first, last, why, settled)


def _is_inside_a_word(match: PhraseMatch[Reading], tokens: Sequence[Token]) -> bool:
    """Tell whether a match is a piece of a longer written word: اروند in دیناروند, ایران in ایرانجوان."""
    first, last = match.first, match.last
    if first and tokens[first - 1].end == tokens[first].start and tokens[first].exact[:1] >= "\u0600":
        before = tokens[first - 1].exact
        if before[:1] >= "\u0600" and before not in _GLUED_BEFORE:
            return True
    if last + 1 < len(tokens) and tokens[last].end == tokens[last + 1].start:
        after = tokens[last + 1].exact
        return after[:1] >= "\u0600" and not after[:1].isdigit() and after not in _GLUED_AFTER
    return False


def _cuts_a_country(match: PhraseMatch[Reading], following: Iterable[PhraseMatch[Reading]]) -> bool:
    """Tell whether a match ends within the name of a country that goes on: «ارتش سودان» before «جنوبی»."""
    for other in following:
        if other.first > match.last:
            return False
        if other.first > match.first and other.last > match.last:
            return any(reading.type == "country" for reading in other.values)
    return False


def _fits(reading: Reading, match: PhraseMatch[Reading], tokens: Sequence[Token]) -> bool:
    """Tell whether no word of a match has an ending that makes another word of the name."""
    if reading.via == "demonym":
        return True
    first, last, _ = match
    if first == last and reading.exact is None and tokens[first].exact == tokens[first].term:
        return True
    matched = tokens[first : last + 1]
    exact = reading.exact or [token.term for token in matched]
    for token in matched:
        word = token.exact
        if word in exact or word.removesuffix(_IS) in exact:
            continue
        # Another spelling of an unguarded name has the name's term: امریکا.
        if reading.strict and (reading.guard is not None or token.term not in exact):
            return False
        ending = word.removeprefix(token.term) if word.startswith(token.term) else ""
        if ending == "ی" and _JOINED_BY_YEH.search(token.term):
            continue
        if ending in _OTHER_WORD or (ending == _PLURAL and not _begins_a_row(match, tokens)):
            return False
    return True


def _begins_a_row(match: PhraseMatch[Reading], tokens: Sequence[Token]) -> bool:
    """Tell whether a name of several words may be the first of «بانک‌های ملت و تجارت»."""
    after = tokens[match.last + 1 : match.last + 1 + _ROW]
    return match.first < match.last and any(token.exact == _AND for token in after)


def _is_in_an_address(text: str, start: int, end: int) -> bool:
    return bool(_OF_ADDRESS.search(text, max(0, start - 2), start) or _GOES_ON_AS_ADDRESS.match(text, end))


def _beside_a_country(text: str, start: int, end: int, found: Iterable[Known]) -> bool:
    """Tell whether the span is joined with a country by a comma or «و»."""
    for known in found:
        entity = known.entity
        if entity.type == "country":
            gap = text[entity.end : start] if entity.end <= start else text[end : entity.start]
            if _CONJUNCTION.fullmatch(gap):
                return True
    return False
