"""Suggestions while a question is being typed: entities with their type, phrases, words and titles.

All are found by how they begin, in every spelling: letters are compared folded and without spaces or U+200C,
names in Latin letters are those of their entities, and what was typed on a Latin layout counts as its
Persian keys when nothing begins with it as typed. Where nothing begins so at all, the question that was
meant is offered.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

import numpy as np
from whoosh.query.qcore import Every

from analyzers import PersianAnalyzer
from analyzers.exonyms import exonyms
from analyzers.keyboard import as_persian
from indexer.engine import Engine, SearchRequest, StoredParagraph
from indexer.strings import Strings
from searchapp.freshness import Fresh
from searchapp.models import Completion
from searchapp.phrasing import Phrases, key, last_word
from searchapp.suggest import Suggester
from searchapp.wording import Wording, tidied

ENTITIES = ("country", "person", "organization", "place", "topic")
_EVERY = Every()  # type: ignore[no-untyped-call]
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


class _Entities:
    """The entities of one state of the index, by every word that one may be begun with.

    All stand in arrays and a few long strings, for an object each would take ten times the memory, and every
    process that shares them would come to have a copy.
    """

    def __init__(self, engine: Engine) -> None:
        request = SearchRequest(query=_EVERY, limit=0, facets=())
        self.paragraphs = engine.search(request).total
        texts, ids = [], []
        kinds, counts = array("B"), array("L")
        for number, kind in enumerate(ENTITIES):
            for value in engine.values(kind):
                texts.append(tidied(value.label))
                ids.append(value.id)
                kinds.append(number)
                counts.append(value.count)
        self._texts, self._ids = Strings(texts), Strings(ids)
        self._kinds, self._counts = kinds, np.array(counts, np.uint32)
        forms, owners, inside = [], array("L"), array("B")
        latin = _latin_names()
        for owner, text in enumerate(texts):
            for form, weighs_less in _beginnings(text, is_person=ENTITIES[kinds[owner]] == "person"):
                for each in (form, *latin.get(form, ())):
                    forms.append(each)
                    owners.append(owner)
                    inside.append(weighs_less)
        order = sorted(range(len(forms)), key=forms.__getitem__)
        self._forms = Strings(forms[at] for at in order)
        self._owners = np.array(owners, np.uint32)[order]
        self._inside = np.array(inside, np.bool_)[order]

    def beginning(self, typed: str, limit: int) -> list[Completion]:
        """Return the entities one of whose words begins so, the commonest first."""
        first = bisect_left(self._forms, typed)
        last = bisect_right(self._forms, typed, first, key=lambda form: form[: len(typed)])
        if first == last or limit < 1:
            return []
        owners, which = np.unique(self._owners[first:last], return_inverse=True)
        scores = np.zeros(len(owners))
        weights = np.where(self._inside[first:last], _INSIDE, 1)
        np.maximum.at(scores, which, weights * self._counts[self._owners[first:last]])
        least = np.sort(scores)[-limit:][0]
        reaching = np.flatnonzero(scores >= least)
        best = [
            (score, self._entity(owner))
            for score, owner in zip(scores[reaching], owners[reaching], strict=True)
        ]
        return [entity for _, entity in sorted(best, key=lambda each: (-each[0], each[1].text))[:limit]]

    def _entity(self, owner: int) -> Completion:
        kind = ENTITIES[self._kinds[owner]]
        return Completion(kind, self._texts[owner], self._ids[owner], int(self._counts[owner]))


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


def _beginnings(text: str, *, is_person: bool) -> Iterator[tuple[str, bool]]:
    """Yield what an entity begins with from each of its words on, and whether that is but a part of it."""
    words = text.split()
    for first in range(len(words)):
        yield key("".join(words[first:])), first > 0 and not is_person


def _latin_names() -> dict[str, list[str]]:
    """Return the names in Latin letters by the Persian one that is best known."""
    names: dict[str, list[str]] = {}
    for latin, forms in exonyms().items():
        for form in forms[:1]:
            names.setdefault(key(form), []).append("".join(latin))
    return names
