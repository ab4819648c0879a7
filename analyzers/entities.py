"""Who and where a text speaks of, so that a search can be narrowed by what is meant, however it is spelt."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from analyzers.countries import country_names
from analyzers.names import Company, Name
from analyzers.openings import Openings
from analyzers.organizations import organization_names
from analyzers.people import people_names
from analyzers.persian import PersianAnalyzer
from analyzers.phrases import PhraseMatch, PhraseTable, term_sequences
from analyzers.places import place_names
from analyzers.token import Token

# Raised when the same gazetteer finds other entities than before.
_RULES = 3
_ANY_NUMBER = "#"
_WORDS_AFTER = 2
_BREAK = re.compile(r"[.!?:;,()\[\]«»\"\n\u060c\u061b\u061f\u2026]")
_CONJUNCTION = re.compile(r"\s*(?:\u060c|\u0648|,|/|-)\s*(?:\u0648\s+)?")


class Entity(NamedTuple):
    """A country, place, person or organization named in a text, with what the text called it.

    ``type`` is country, place, person or organization; ``id`` is stable (for a country its ISO 3166 alpha-2
    code) and ``label`` what a reader sees. ``text[start:end]`` is the name; ``via`` tells how it names:
    name, demonym or metonym.
    """

    type: str
    id: str
    label: str
    start: int
    end: int
    via: str


class Mentions:
    """Which entities an article has named so far, so that «لاوروف» alone is the one named in full above."""

    __slots__ = ("_count", "_latest")

    def __init__(self) -> None:
        self._count = 0
        self._latest: dict[tuple[str, str], int] = {}

    def note(self, entity: Entity) -> None:
        """Remember ``entity`` as the one named last."""
        self._count += 1
        self._latest[entity.type, entity.id] = self._count

    def rank(self, name: Name) -> int:
        """Tell how lately the bearer of ``name`` was named: 0 for not at all, the greatest for the last."""
        return self._latest.get((name.type, name.id), 0)


class _Guard:
    """The terms of a name's company, ready to be compared with those of a text."""

    __slots__ = ("after", "before", "default", "not_after", "not_before")

    def __init__(self, analyzer: PersianAnalyzer, company: Company) -> None:
        self.default = company.default
        self.before = _terms(analyzer, company.before)
        self.after = _terms(analyzer, company.after)
        self.not_before = _terms(analyzer, company.not_before)
        self.not_after = _terms(analyzer, company.not_after)

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


class _Reading(NamedTuple):
    """A name as the finder's table holds it; ``exact`` are its uninflected words, empty where any will do."""

    name: Name
    guard: _Guard | None
    exact: frozenset[str]


class EntityFinder:
    """Finds the names of the gazetteer in analysed text; one instance serves all threads.

    ``fingerprint`` names the gazetteer and the rules, so that an index knows when others would find more.
    """

    def __init__(
        self, analyzer: PersianAnalyzer, names: Iterable[Name] | None = None, *, metonyms: bool = True
    ) -> None:
        """``names`` stands for the built-in gazetteer; without ``metonyms`` a capital is no country."""
        self._openings = Openings(analyzer)
        gazetteer = list(builtin_names(metonyms=metonyms) if names is None else names)
        rules = repr((_RULES, gazetteer, self._openings.tables)).encode()
        self.fingerprint = hashlib.blake2b(rules, digest_size=8).hexdigest()
        self._table: PhraseTable[_Reading] = PhraseTable()
        guards: dict[Company, _Guard] = {}
        for name in gazetteer:
            guard = None
            if name.company is not None:
                guard = guards.get(name.company) or _Guard(analyzer, name.company)
                guards[name.company] = guard
            exact = frozenset(token.exact for token in analyzer.analyze(name.text))
            for terms in term_sequences(analyzer, name.text):
                plain = name.via == "demonym" or (guard is None and exact.issuperset(terms))
                self._table.add(terms, _Reading(name, guard, frozenset() if plain else exact))

    def find(self, text: str, tokens: Sequence[Token], mentions: Mentions | None = None) -> list[Entity]:
        """Return the entities of ``text`` in order, none overlapping: of two names the longer one counts.

        ``tokens`` are the analyzer's of this very text; ``mentions`` is what the article named before it, and
        is told what this text names.

        >>> from analyzers import load_analyzer
        >>> analyzer = load_analyzer()
        >>> text = "در دریای عمان، نزدیک کرهٔ جنوبی و امارات"
        >>> entities = EntityFinder(analyzer).find(text, analyzer.analyze(text))
        >>> [(entity.id, text[entity.start : entity.end]) for entity in entities if entity.type == "country"]
        [('KR', 'کرهٔ جنوبی'), ('AE', 'امارات')]
        """
        mentions = Mentions() if mentions is None else mentions
        found: list[Entity] = []
        open_questions: list[PhraseMatch[_Reading]] = []
        end = 0
        for match in sorted(self._table.matches(tokens), key=lambda match: (match.first, -match.last)):
            start = tokens[match.first].start
            if start < end or (
                match.first < match.last and _BREAK.search(text, start, tokens[match.last].end)
            ):
                continue
            name = self._meant(match, tokens, mentions)
            if name is not None:
                end = tokens[match.last].end
                entity = Entity(name.type, name.id, name.label, start, end, name.via)
                found.append(entity)
                mentions.note(entity)
            else:
                open_questions.append(match)
        if open_questions:
            found = self._answered(open_questions, text, tokens, found, mentions)
        return self._with_opened(text, tokens, found, mentions)

    def within(self, tokens: Sequence[Token], entities: Iterable[Entity]) -> list[Entity]:
        """Return the countries in the names of the organizations among ``entities``.

        «وزارت خارجه روسیه» is one name, and yet a text that holds it speaks of Russia.
        """
        found: list[Entity] = []
        for outer in entities:
            if outer.type != "organization":
                continue
            inner = [token for token in tokens if outer.start <= token.start and token.end <= outer.end]
            for match in self._table.matches(inner):
                if match.last - match.first + 1 < len(inner):
                    name = self._meant(match, inner, Mentions())
                    if name is not None and name.type == "country":
                        start, end = inner[match.first].start, inner[match.last].end
                        found.append(Entity(name.type, name.id, name.label, start, end, name.via))
        return found

    def _with_opened(
        self, text: str, tokens: Sequence[Token], found: list[Entity], mentions: Mentions
    ) -> list[Entity]:
        """Add the names that no table holds; a longer one takes the place of places within it."""
        starts = {token.start: index for index, token in enumerate(tokens)}
        ends = {token.end: index for index, token in enumerate(tokens)}
        places = [
            (starts[entity.start], ends[entity.end])
            for entity in found
            if entity.type in ("country", "place") and entity.via != "demonym"
        ]
        opened = self._openings.find(text, tokens, places)
        if not opened:
            return found
        kept = list(found)
        for kind, first, last in opened:
            start, end = tokens[first].start, tokens[last].end
            overlapping = [entity for entity in kept if entity.start < end and start < entity.end]
            if any(
                entity.start < start or entity.end > end or entity.type in ("person", "organization")
                for entity in overlapping
            ):
                continue
            if any(kind == "person" or entity.type == "country" for entity in overlapping):
                continue
            inner = overlapping[-1] if overlapping else None
            if kind == "place" and inner is not None and inner.end == end and inner.type == "place":
                entity = inner._replace(start=start)
            else:
                label = " ".join(text[start:end].split())
                id_ = "-".join(token.exact for token in tokens[first : last + 1])
                entity = Entity(kind, id_, label, start, end, "name")
            kept = [other for other in kept if other not in overlapping]
            kept.append(entity)
            mentions.note(entity)
        return sorted(kept, key=lambda entity: entity.start)

    def _meant(
        self, match: PhraseMatch[_Reading], tokens: Sequence[Token], mentions: Mentions
    ) -> Name | None:
        """Return the name that a match stands for, or None where nothing settles it."""
        latest = 0
        short = None
        for reading in match.values:
            name = reading.name
            if name.short:
                rank = mentions.rank(name)
                if rank > latest and not self._is_anothers(match, tokens, name):
                    latest, short = rank, name
            elif _uninflected(reading, match, tokens) and (
                reading.guard is None or reading.guard.verdict(match.first, match.last, tokens)
            ):
                return name
        return short

    def _is_anothers(self, match: PhraseMatch[_Reading], tokens: Sequence[Token], name: Name) -> bool:
        """Tell whether a country right after a short form of an organization says that another is meant."""
        if name.type != "organization" or match.last + 1 == len(tokens):
            return False
        following = self._table.matches(tokens[match.last + 1 : match.last + 3])
        return any(
            reading.name.type == "country"
            for after in following
            if after.first == 0
            for reading in after.values
        )

    def _answered(
        self,
        questions: Iterable[PhraseMatch[_Reading]],
        text: str,
        tokens: Sequence[Token],
        found: list[Entity],
        mentions: Mentions,
    ) -> list[Entity]:
        """Add names for which nothing but the country's own mention or a country beside them speaks."""
        answered = list(found)
        for match in questions:
            start, end = tokens[match.first].start, tokens[match.last].end
            if any(entity.start < end and start < entity.end for entity in answered):
                continue
            for reading in match.values:
                name, guard = reading.name, reading.guard
                if guard is None or guard.default or name.short or not _uninflected(reading, match, tokens):
                    continue
                if guard.verdict(match.first, match.last, tokens) is None and (
                    mentions.rank(name) or _beside_a_country(text, start, end, answered)
                ):
                    answered.append(Entity(name.type, name.id, name.label, start, end, name.via))
                    break
        return sorted(answered, key=lambda entity: entity.start)


def builtin_names(*, metonyms: bool = True) -> Iterator[Name]:
    """Yield every name of the built-in gazetteer; of two entities with one name the earlier counts."""
    return chain(country_names(metonyms=metonyms), place_names(), organization_names(), people_names())


def _uninflected(reading: _Reading, match: PhraseMatch[_Reading], tokens: Sequence[Token]) -> bool:
    exact = reading.exact
    return not exact or all(token.exact in exact for token in tokens[match.first : match.last + 1])


def _beside_a_country(text: str, start: int, end: int, found: Iterable[Entity]) -> bool:
    """Tell whether the span is joined with a country by a comma or «و»."""
    for entity in found:
        if entity.type == "country":
            gap = text[entity.end : start] if entity.end <= start else text[end : entity.start]
            if _CONJUNCTION.fullmatch(gap):
                return True
    return False


def _terms(analyzer: PersianAnalyzer, words: Iterable[str]) -> frozenset[str]:
    sequences = [
        [(_ANY_NUMBER,)] if word == _ANY_NUMBER else term_sequences(analyzer, word) for word in words
    ]
    return frozenset(sequence[0] for readings in sequences for sequence in readings if len(sequence) == 1)
