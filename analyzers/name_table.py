"""The names of the tables as they are matched: read once, kept in few objects, and never read again.

To read every name takes longer than anything else in the start of a finder, and names with their readings
take several times the memory of what is matched.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import chain
from sys import byteorder, intern
from typing import NamedTuple

from msgspec import Struct, msgpack

from analyzers.countries import country_names
from analyzers.names import Company, Name
from analyzers.organizations import organization_names
from analyzers.people import learned_names, people_names
from analyzers.persian import PersianAnalyzer
from analyzers.phrases import (
    PackedPhrases,
    PhraseReading,
    PhraseTable,
    numbers,
    read_phrase,
    unpacked_phrases,
)
from analyzers.places import place_names
from analyzers.tables import DATA
from analyzers.token import Token

# Raised when the same tables give other names than before.
_RULES = 1
_SOURCES = (
    "countries",
    "places",
    "organizations",
    "clubs",
    "people_1",
    "people_2",
    "contexts",
    "given_names",
)
_COMMENT = re.compile(rb"^#.*\n", re.MULTILINE)
_ANY_NUMBER = "#"
_COMMA = "\u060c"
_WORDS_AFTER = 2


class Guard(NamedTuple):
    """The terms of a name's company, ready to be compared with those of a text."""

    default: bool
    before: frozenset[str]
    after: frozenset[str]
    not_before: frozenset[str]
    not_after: frozenset[str]
    named: frozenset[str]

    def verdict(self, first: int, last: int, tokens: Sequence[Token]) -> bool | None:
        """Tell whether the words beside a match settle that it is the name; None where they do not."""
        before = tokens[first - 1].term if first else ""
        after = [token.term for token in tokens[last + 1 : last + 1 + _WORDS_AFTER]]
        if before in self.before or not self.after.isdisjoint(after):
            return True
        if before in self.not_before or not self.not_after.isdisjoint(after):
            return False
        if _ANY_NUMBER in self.not_before and before[:1].isdigit():
            return False
        if _ANY_NUMBER in self.not_after and after and after[0][:1].isdigit():
            return False
        return True if self.default else None


class Reading(Struct, frozen=True, gc=False):
    """What a phrase may stand for: an entity, and how it names that (see :class:`analyzers.names.Name`).

    A ``strict`` one stands uninflected only, and one with a ``comma`` has it within. ``exact`` are the words
    of the name, None where they are the terms of the phrase.
    """

    type: str
    id: str
    label: str
    via: str
    short: bool
    strict: bool
    comma: bool
    guard: Guard | None
    exact: Sequence[str] | None


class NameTable(Struct, array_like=True, frozen=True):
    """The names that finders look for, read by one analyzer, in few objects, to be kept in a file.

    ``source`` tells of what it was made, and ``content`` which names are in it. ``shorts`` are the short
    forms of organizations as ids. A guard has numbers of ``words`` in the place of these; a reading one of
    ``entities`` (type, id, label) and one of ``guards``, -1 for none.
    """

    source: str
    content: str
    shorts: list[str]
    entities: list[tuple[str, str, str]]
    words: list[tuple[str, ...]]
    guards: list[tuple[bool, int, int, int, int, int]]
    readings: list[tuple[int, str, bool, bool, bool, int, tuple[str, ...] | None]]
    phrases: PackedPhrases

    def unpacked(self) -> PhraseTable[Reading]:
        """Make the table of phrases that a text is compared with."""
        words = [frozenset(each) for each in self.words]
        guards = [Guard(default, *(words[number] for number in numbers)) for default, *numbers in self.guards]
        entities = [(intern(type_), id_, label) for type_, id_, label in self.entities]
        readings = [
            Reading(
                *entities[entity],
                intern(via),
                short,
                strict,
                comma,
                guards[guard] if guard >= 0 else None,
                exact,
            )
            for entity, via, short, strict, comma, guard, exact in self.readings
        ]
        return unpacked_phrases(self.phrases, readings)


def builtin_names(*, metonyms: bool = True) -> Iterator[Name]:
    """Yield every name of the built-in tables; of two entities with one name the earlier counts."""
    return chain(country_names(metonyms=metonyms), place_names(), organization_names(), people_names())


def load_names(
    analyzer: PersianAnalyzer, *, metonyms: bool = True, kept: NameTable | None = None
) -> NameTable:
    """Read the names of the built-in tables, and of the people whom the analyzer's corpus has taught.

    Without ``metonyms`` a capital is no country. What is ``kept`` is returned where it was made of the same.
    """
    source = _source(analyzer, metonyms=metonyms)
    if kept is not None and kept.source == source:
        return kept
    names = chain(builtin_names(metonyms=metonyms), learned_names(analyzer))
    return read_names(analyzer, names, source)


def read_names(analyzer: PersianAnalyzer, names: Iterable[Name], source: str = "") -> NameTable:
    """Read ``names``; of two entities with one name the earlier counts."""
    names = list(names)
    read = cache(partial(read_phrase, analyzer))  # guards and entities share their words
    entities, words, guards, readings = numbers(), numbers(), numbers(), numbers()
    phrases: PhraseTable[int] = PhraseTable()
    shorts: dict[str, None] = {}

    @cache
    def terms_of(cell: tuple[str, ...]) -> int:
        return words[_terms(read, cell)]

    @cache
    def guard(company: Company | None) -> int:
        return -1 if company is None else guards[company.default, *map(terms_of, company[1:])]

    for name in names:
        exact, sequences = read(name.text)
        if name.short and name.type == "organization":
            shorts["-".join(exact)] = None
        entity = entities[name.type, name.id, name.label]
        guarded = guard(name.company)
        for terms in sequences:
            same = terms == exact or set(terms) == set(exact)
            strict = guarded >= 0 or not (same or set(exact).issuperset(terms))
            comma, own = _COMMA in name.text, None if same else exact
            phrases.add(terms, readings[entity, name.via, name.short, strict, comma, guarded, own])
    return NameTable(
        source,
        _digest(msgpack.encode(names)),
        list(shorts),
        list(entities),
        list(words),
        list(guards),
        list(readings),
        phrases.packed(),
    )


def _source(analyzer: PersianAnalyzer, *, metonyms: bool) -> str:
    tables = [_COMMENT.sub(b"", (DATA / f"{table}.tsv").read_bytes()) for table in _SOURCES]
    made = (_RULES, byteorder, metonyms, analyzer.fingerprint)
    return _digest(repr(made).encode(), *tables)


def _digest(*parts: bytes) -> str:
    return hashlib.blake2b(b"\n\n".join(parts), digest_size=8).hexdigest()


def _terms(read: Callable[[str], PhraseReading], words: Iterable[str]) -> tuple[str, ...]:
    sequences = [((_ANY_NUMBER,),) if word == _ANY_NUMBER else read(word).sequences for word in words]
    return tuple({sequence[0]: None for readings in sequences for sequence in readings if len(sequence) == 1})
