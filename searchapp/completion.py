"""Suggestions while a question is being typed: entities with their type, phrases, words and titles.

All are found by how they begin, in every spelling: letters are compared folded and without spaces or U+200C,
names in Latin letters are those of their entities, and what was typed on a Latin layout counts as its
Persian keys when nothing begins with it as typed. Where nothing begins so at all, the question that was
meant is offered.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from whoosh.query.qcore import Every

from analyzers import PersianAnalyzer
from analyzers.exonyms import exonyms
from analyzers.keyboard import as_persian
from indexer.engine import Engine, SearchRequest, StoredParagraph
from searchapp.freshness import Fresh
from searchapp.models import Completion
from searchapp.phrasing import Phrases, key, last_word
from searchapp.suggest import Suggester
from searchapp.wording import Wording, tidied

ENTITIES = ("country", "person", "organization", "place", "topic")
_EVERY = Every()  # type: ignore[no-untyped-call]
_MOST_VALUES = 100_000
_MOST_LETTERS = 60
_TITLES = 3
# One letter begins too much for headlines to be worth a look.
_LEAST_LETTERS = 2
# A word that so large a share of all paragraphs holds says nothing of what is looked for; few show no share.
_TOO_COMMON, _FEW = 0.2, 100
# A name is known by its last word, «ترامپ»; in what else is named, a word further on counts for less.
_INSIDE = 0.25

# The commonest forms of a single word come before the phrases that it begins.
_FIRST_WORDS = 2
_MARKS = re.compile(r'["«»()*:\u201c\u201d]|(?:^|\s)[-\u2212]')

_Entry = tuple[str, float, Completion]


class _Entities:
    """The entities of one state of the index, by every word that one may be begun with."""

    def __init__(self, engine: Engine) -> None:
        request = SearchRequest(query=_EVERY, limit=0, facets=ENTITIES, facet_size=_MOST_VALUES)
        response = engine.search(request)
        self.paragraphs = response.total
        entities = [
            Completion(facet, tidied(value.label), value.id, value.count)
            for facet in ENTITIES
            for value in response.facets.get(facet, ())
        ]
        persian = [entry for entity in entities for entry in _beginnings(entity)]
        self._entries = sorted([*persian, *_latin(persian)], key=lambda entry: entry[0])
        self._keys = [form for form, _, _ in self._entries]

    def beginning(self, typed: str, limit: int) -> list[Completion]:
        """Return the entities one of whose words begins so, the commonest first."""
        found: dict[tuple[str, str], tuple[float, Completion]] = {}
        for at in range(bisect_left(self._keys, typed), len(self._keys)):
            form, weight, entity = self._entries[at]
            if not form.startswith(typed):
                break
            known = found.get((entity.type, entity.id), (0.0, entity))[0]
            found[entity.type, entity.id] = max(known, weight * entity.count), entity
        ranked = sorted(found.values(), key=lambda each: (-each[0], each[1].text))
        return [entity for _, entity in ranked[:limit]]


class Completer:
    """Completes questions from one index; one instance serves all threads."""

    def __init__(
        self, engine: Engine, analyzer: PersianAnalyzer, wording: Wording, suggester: Suggester
    ) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._wording = wording
        self._suggester = suggester
        self._phrases = Phrases(engine, analyzer)
        self._entities = Fresh(lambda: _Entities(engine), engine.revision)

    def prepare(self) -> None:
        """Read the entities before anybody asks."""
        self._entities()

    def complete(self, typed: str, limit: int = 8) -> list[Completion]:
        """Return what ``typed`` may become: entities, for at most half of ``limit``, then the rest."""
        text = typed.lstrip()[:_MOST_LETTERS]
        if not key(text):
            return []
        for form in (text, *as_persian(text)):
            if found := self._beginning(form, limit):
                return found
        return [Completion("word", each.query) for each in self._suggester.suggest(text.strip())[:limit]]

    def _beginning(self, text: str, limit: int) -> list[Completion]:
        entities = self._entities().beginning(key(text), limit // 2)
        headlines: list[StoredParagraph] = []
        phrases: list[Completion] = []
        # Marks of the query language stay as typed, and only the word that is being typed is completed.
        if not _MARKS.search(text) and len(key(text)) >= _LEAST_LETTERS:
            headlines = self._phrases.headlines(text)
            phrases = [Completion("phrase", each) for each in self._phrases.going_on(text, headlines)]
        titles = _titles(headlines, key(text), min(_TITLES, limit - len(entities)))
        room = limit - len(entities) - len(titles)
        alone = not phrases or last_word(text) == text
        words = self._words(text, room) if alone else []
        known = {key(entity.text) for entity in entities}
        onward = (*words[:_FIRST_WORDS], *phrases, *words[_FIRST_WORDS:])
        return [*entities, *[each for each in onward if key(each.text) not in known][:room], *titles]

    def _words(self, text: str, limit: int) -> list[Completion]:
        """Complete the last word; what stands before it stays as typed."""
        last = last_word(text)
        if len(key(last)) < _LEAST_LETTERS:
            return []
        most = max(_FEW, self._entities().paragraphs * _TOO_COMMON)
        rows = self._engine.suggest_terms(key(last), field="exact", limit=2 * limit)
        chosen = [row for row in rows if row.count <= most][:limit]
        before = text[: len(text) - len(last)]
        return [
            Completion("word", before + self._wording.written(row.term), count=row.count) for row in chosen
        ]


def _titles(headlines: Iterable[StoredParagraph], typed: str, limit: int) -> list[Completion]:
    """Choose among articles, newest first, those whose headline begins as typed before the others."""
    distinct: dict[str, StoredParagraph] = {}
    for each in headlines:
        distinct.setdefault(tidied(each.title).strip("\u200c "), each)
    ranked = sorted(distinct.items(), key=lambda row: not key(row[0]).startswith(typed))
    return [Completion("title", title, each.article_id) for title, each in ranked[:limit]]


def _beginnings(entity: Completion) -> Iterator[_Entry]:
    """Yield an entity under each of its words."""
    words = entity.text.split()
    for first in range(len(words)):
        inside = first > 0 and entity.type != "person"
        yield key("".join(words[first:])), _INSIDE if inside else 1.0, entity


def _latin(entries: Iterable[_Entry]) -> Iterator[_Entry]:
    """Yield the entities under their names in Latin letters."""
    entities: dict[str, list[_Entry]] = {}
    for entry in entries:
        entities.setdefault(entry[0], []).append(entry)
    for latin, forms in exonyms().items():
        for _, weight, entity in (entry for form in forms[:1] for entry in entities.get(key(form), ())):
            yield "".join(latin), weight, entity
