"""Suggestions while a question is being typed: entities with their type, titles, and common words.

All are found by how they begin, in every spelling: letters are compared folded and without spaces or U+200C,
and what was typed on a Latin layout counts as its Persian keys when nothing begins with it as typed.
"""

from bisect import bisect_left
from collections.abc import Iterable

from msgspec import Struct
from whoosh.query.compound import And
from whoosh.query.qcore import Every, Query
from whoosh.query.terms import Prefix, Term

from analyzers import PersianAnalyzer
from analyzers.folding import fold
from analyzers.keyboard import as_persian
from indexer.engine import Engine, SearchRequest
from searchapp.wording import Wording

ENTITIES = ("country", "person", "organization", "place", "topic")
_EVERY = Every()  # type: ignore[no-untyped-call]
_MOST_VALUES = 100_000
_MOST_LETTERS = 60
_TITLES = 3


class Completion(Struct, frozen=True):
    """What a question may become. ``type`` is a facet, title or word."""

    type: str
    text: str
    id: str = ""
    count: int = 0


class Completer:
    """Completes questions from one index; the entities are read once, so make one for each generation."""

    def __init__(self, engine: Engine, analyzer: PersianAnalyzer, wording: Wording) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._wording = wording
        self._entries: list[tuple[str, Completion]] | None = None

    def complete(self, typed: str, limit: int = 8) -> list[Completion]:
        """Return what ``typed`` may become: at most half of ``limit`` entities, then words and titles."""
        text = typed.strip()[:_MOST_LETTERS]
        if not _key(text):
            return []
        return self._beginning(text, limit) or next(
            (found for form in as_persian(text) if (found := self._beginning(form, limit))),
            [],
        )

    def _beginning(self, text: str, limit: int) -> list[Completion]:
        entities = self._entities(_key(text), limit // 2)
        words = list(self._words(text, limit - len(entities)))
        titles = self._titles(text, min(_TITLES, limit - len(entities)))
        room = limit - len(entities) - len(titles)
        known = {_key(entity.text) for entity in entities}
        return [*entities, *[word for word in words if _key(word.text) not in known][:room], *titles]

    def _entities(self, key: str, limit: int) -> list[Completion]:
        """Find entities one of whose words begins so, the commonest first."""
        if self._entries is None:
            self._entries = sorted(self._read_entities(), key=lambda entry: entry[0])
        found: dict[tuple[str, str], Completion] = {}
        for at in range(bisect_left(self._entries, key, key=lambda entry: entry[0]), len(self._entries)):
            form, entity = self._entries[at]
            if not form.startswith(key):
                break
            found[entity.type, entity.id] = entity
        return sorted(found.values(), key=lambda entity: (-entity.count, entity.text))[:limit]

    def _read_entities(self) -> Iterable[tuple[str, Completion]]:
        request = SearchRequest(query=_EVERY, limit=0, facets=ENTITIES, facet_size=_MOST_VALUES)
        for facet, values in self._engine.search(request).facets.items():
            for value in values:
                entity = Completion(facet, value.label, value.id, value.count)
                words = value.label.split()
                for first in range(len(words)):
                    yield _key("".join(words[first:])), entity

    def _words(self, text: str, limit: int) -> Iterable[Completion]:
        """Complete the last word; those before it stay as typed."""
        before, _, last = text.rpartition(" ")
        if not (key := _key(last)):
            return
        for row in self._engine.suggest_terms(key, field="exact", limit=limit):
            yield Completion("word", f"{before} {self._wording.written(row.term)}".strip(), count=row.count)

    def _titles(self, text: str, limit: int) -> list[Completion]:
        """Find articles whose title holds the words, the last one perhaps only begun."""
        forms = [token.exact for token in self._analyzer.analyze(text)]
        if not forms or limit < 1:
            return []
        parts: list[Query] = [Term("title_exact", form) for form in forms[:-1]]
        query = And([*parts, Prefix("title_exact", forms[-1])])
        request = SearchRequest(query=query, limit=limit, more=0, facets=())
        hits = self._engine.search(request).hits
        return [Completion("title", hit.document.title, hit.article_id) for hit in hits]


def _key(text: str) -> str:
    return fold(text).replace(" ", "")
