"""Finds what answers a question, and goes on where it finds nothing as typed, saying what it did.

A question that finds nothing is tried as it was probably meant (another spelling, keyboard layout or script),
then with fewer of its words, then both where two words are left to find. What was meant is otherwise only
offered.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import structs

from analyzers.errors import RasadError
from indexer.engine import FACETS, Engine, Filters, SearchRequest, SearchResponse
from indexer.settings import SearchSettings
from searchapp.misses import held, missing_words, unknown_values
from searchapp.models import Note, SearchParameters, Suggestion
from searchapp.periods import parse_period
from searchapp.query import EVERY, QueryReader, Reading
from searchapp.suggest import Suggester
from searchapp.translation import gettext

MOST_FACET_VALUES = 100_000

_NOTHING = SearchResponse(total=0, total_articles=0, total_distinct=0, hits=[], facets={}, timeline=[])


class DateProblemError(RasadError):
    """A date that cannot be read; the message shows how dates are written, for programs and the terminal."""

    def __init__(self, typed: str) -> None:
        super().__init__(f'"{typed}" is not a date; write one as 2022-06-23 or 1401/04/02')
        self.typed = typed


class Retrieved(NamedTuple):
    """What was found, and how the question that found it was read.

    ``suggestions`` are better questions; ``applied`` is the one that was asked in place of what was typed.
    ``request`` is what the engine was asked, None when there was nothing to ask for.
    """

    reading: Reading
    response: SearchResponse
    suggestions: Sequence[Suggestion] = ()
    applied: Suggestion | None = None
    request: SearchRequest | None = None


class Retrieval:
    """Asks one index; safe from several threads."""

    def __init__(
        self, engine: Engine, reader: QueryReader, suggester: Suggester, settings: SearchSettings
    ) -> None:
        self._engine = engine
        self._reader = reader
        self._suggester = suggester
        self._settings = settings

    def find(self, parameters: SearchParameters, whole_facet: str | None = None) -> Retrieved:
        """Read a question and let the engine answer it.

        With the name of a facet in ``whole_facet`` all its values are counted, and nothing else is asked for.
        Raises :class:`DateProblemError` for a date limit that is no date.
        """
        request = self._request(parameters, whole_facet)
        suggestions = self._suggester.suggest(parameters.q)
        typed = self._asked(parameters, request)
        found = typed
        if not typed.response.total:
            meant = None if parameters.literal else next(iter(suggestions), None)
            widened = structs.replace(request, filters=Filters())
            if meant and parameters.narrowed and self._asked(parameters, widened).response.total:
                meant = None
            others = self._others(parameters, request, typed, meant)
            found = next((other for other in others if other.response.total), typed)
        reading = found.reading.interpretation
        if found.response.total and (reading.weighed or reading.relaxed):
            reading.notes.extend(missing_words(self._engine, found.reading.counted))
        reading.notes.extend(unknown_values(self._engine, parameters))
        if not found.response.complete:
            reading.notes.append(_cut_off())
        return found._replace(suggestions=[each for each in suggestions if each != found.applied])

    def folds(self, parameters: SearchParameters) -> bool:
        """Whether copies of an article are put under the best of them."""
        return parameters.fold and self._settings.fold_similar and not parameters.similar_to

    def _others(
        self, parameters: SearchParameters, request: SearchRequest, typed: Retrieved, meant: Suggestion | None
    ) -> Iterator[Retrieved]:
        """Yield what else may be asked, the nearest to what was typed first."""
        corrected = structs.replace(parameters, q=meant.query) if meant else None
        if corrected:
            yield self._asked(corrected, request)._replace(applied=meant)
        if typed.reading.interpretation.words > 1:
            yield self._asked(parameters, request, relaxed=True)
        if corrected:
            both = self._asked(corrected, request, relaxed=True)
            # Another question of which a single word is left is no longer the one that was asked.
            if sum(held(self._engine, both.reading.counted)) > 1:
                yield both._replace(applied=meant)

    def _asked(
        self, parameters: SearchParameters, request: SearchRequest, *, relaxed: bool = False
    ) -> Retrieved:
        exact = parameters.exact or not self._settings.related
        reading = self._reader.read(parameters.q, exact=exact, relaxed=relaxed)
        if reading.query is None:
            return Retrieved(reading, _NOTHING)
        asked = structs.replace(request, query=reading.query, words=reading.words)
        return Retrieved(reading, self._engine.search(asked), request=asked)

    def _request(self, parameters: SearchParameters, whole_facet: str | None) -> SearchRequest:
        """Say all that is asked for but the query."""
        filters = _filters(parameters)
        if whole_facet is not None:
            return SearchRequest(
                query=EVERY, filters=filters, limit=0, facets=(whole_facet,), facet_size=MOST_FACET_VALUES
            )
        return SearchRequest(
            query=EVERY,
            filters=filters,
            sort=parameters.sort,
            offset=(parameters.page - 1) * parameters.size,
            limit=parameters.size,
            group=parameters.group,
            more=self._settings.more_paragraphs,
            fold=self.folds(parameters),
            facets=FACETS,
            facet_size=self._settings.facet_size,
            recency=self._settings.recency if parameters.recency is None else parameters.recency,
        )


def _cut_off() -> Note:
    return Note("cut_off", gettext("این پرسش زمان زیادی می‌برد و بریده شد؛ شاید نتایج بیشتری باشد."))


def _filters(parameters: SearchParameters) -> Filters:
    first = _day(parameters.date_from)
    last = _day(parameters.date_to)
    return Filters(
        include=_chosen(parameters.include),
        exclude=_chosen(parameters.exclude),
        date_from=first[0] if first else None,
        date_to=last[1] if last else None,
        similar_to=parameters.similar_to,
    )


def _chosen(values: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    return {facet: ids for facet, ids in values.items() if ids}


def _day(typed: str) -> tuple[dt.date, dt.date] | None:
    if not typed.strip():
        return None
    period = parse_period(typed)
    if period is None:
        raise DateProblemError(typed[:40])
    return period
