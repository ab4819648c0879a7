"""Which entities a question names, in any spelling and in Latin letters, so that their pages can be offered.

Names are found by the finder that the index was made with; what it needs more company for than a question has
(a learned name without its title) is looked up by the id that it would have in the index.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analyzers import PersianAnalyzer, Token
from analyzers.entities import EntityFinder
from analyzers.exonyms import exonyms, latin_words
from indexer.engine import Engine
from searchapp.entities import TYPES, EntityKey, EntityService
from searchapp.models import Clause, QueryEntity

MOST_ENTITIES = 3
MOST_WORDS = 8
LONGEST_NAME = 4
LEARNED_TYPES = ("person", "organization", "place")

_ALL = 1 << 30
_LATIN = re.compile(r"[A-Za-z][\w.'\u2019-]*")
_READ = frozenset(["words", "phrase", "proximity", "title"])


class _Named(NamedTuple):
    """An entity, its label, and what it is called where it was found."""

    key: EntityKey
    label: str
    text: str


class QueryEntities:
    """Finds entities in questions to one open index; safe from several threads."""

    def __init__(self, engine: Engine, analyzer: PersianAnalyzer, finder: EntityFinder) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._finder = finder
        self._entities = EntityService(engine)

    def named(self, clauses: Sequence[Clause]) -> list[QueryEntity]:
        """Return the entities that a question asks for by name and that the index holds, in their order."""
        found: dict[EntityKey, QueryEntity] = {}
        for named in self._candidates(clauses):
            if named.key not in found and (count := self._count(named.key)):
                found[named.key] = QueryEntity(*named.key, named.label, named.text, count)
        return list(found.values())[:MOST_ENTITIES]

    def _candidates(self, clauses: Sequence[Clause]) -> Iterator[_Named]:
        for clause in clauses:
            if clause.occur != "must":
                continue
            if clause.kind in TYPES and len(clause.terms) == 1:
                entity = self._entities.counted(EntityKey(clause.kind, clause.terms[0]))
                if entity is not None:
                    yield _Named(EntityKey(entity.type, entity.id), entity.label, clause.text)
            elif clause.kind in _READ:
                yield from self._in_text(clause.text)

    def _in_text(self, text: str) -> Iterator[_Named]:
        tokens = self._analyzer.analyze(text)
        found = self._finder.find(text, tokens)
        named = [entity for entity in found if self._finder.is_one(entity)]
        for entity in (*named, *self._finder.within(tokens, named)):
            yield _Named(EntityKey(entity.type, entity.id), entity.label, text[entity.start : entity.end])
        covered = [(entity.start, entity.end) for entity in named]
        yield from self._latin(text, covered)
        rest = [token for token in tokens if not _within((token.start, token.end), covered)]
        yield from self._learned(text, rest[:MOST_WORDS])

    def _latin(self, text: str, covered: Sequence[tuple[int, int]]) -> Iterator[_Named]:
        """Find names in Latin letters by what Persian news writes for them, the longest first."""
        words = [match for match in _LATIN.finditer(text) if not _within(match.span(), covered)]
        at = 0
        while at < min(len(words), MOST_WORDS):
            for last in range(min(at + LONGEST_NAME, len(words)) - 1, at - 1, -1):
                typed = text[words[at].start() : words[last].end()]
                if forms := exonyms().get(latin_words(typed)):
                    for entity in self._finder.find(forms[0], self._analyzer.analyze(forms[0])):
                        yield _Named(EntityKey(entity.type, entity.id), entity.label, typed)
                    at = last
                    break
            at += 1

    def _learned(self, text: str, tokens: Sequence[Token]) -> Iterator[_Named]:
        """Look words side by side up as a name that only the index holds, the longest first."""
        words = list({token.position: token for token in reversed(tokens)}.values())[::-1]
        at = 0
        while at < len(words) - 1:
            run = [
                word for place, word in enumerate(words[at:], words[at].position) if word.position == place
            ]
            ids = ["-".join(word.exact for word in run[:length]) for length in range(2, len(run) + 1)]
            for kind in LEARNED_TYPES if ids else ():
                rows = self._engine.suggest_terms(ids[0], field=kind, limit=_ALL)
                held = {row.term for row in rows}.intersection(ids)
                if held:
                    key = EntityKey(kind, max(held, key=len))
                    last = at + 1 + ids.index(key.id)
                    entity = self._entities.counted(key)
                    if entity is not None:
                        yield _Named(key, entity.label, text[words[at].start : words[last].end])
                    at = last
                    break
            at += 1

    def _count(self, key: EntityKey) -> int:
        rows = self._engine.suggest_terms(key.id, field=key.type, limit=_ALL)
        return next((row.count for row in rows if row.term == key.id), 0)


def _within(span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)
