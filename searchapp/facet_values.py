"""All the values of one facet, for the page behind "show more", where a long list can be searched."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from indexer.engine import FacetCount
from searchapp.models import FacetAnswer, FacetValue, SearchParameters
from searchapp.search import SearchService
from searchapp.spellings import known_spellings, spelling, spellings

# The labels that a list of a large corpus has, looked through anew with every filter typed.
_KEPT = 1 << 16
_kept_spelling = lru_cache(maxsize=_KEPT)(spelling)


def list_values(service: SearchService, asked: SearchParameters, facet: str, typed: str = "") -> FacetAnswer:
    """Count a facet's values under a question and its filters; keep those with a word begun as ``typed``.

    All names that the tables hold count, Latin ones too, in any spelling; what is selected or excluded is
    always kept. Raises :class:`searchapp.retrieval.DateProblemError` for a date limit that is no date.
    """
    response = service.find(asked, whole_facet=facet).response
    values = response.facets.get(facet, ())
    found = list(_holding(facet, values, spelling(typed)))
    first = (asked.page - 1) * asked.size
    return FacetAnswer(
        facet=facet,
        filter=typed,
        values_total=len(values),
        total=len(found),
        page=asked.page,
        size=asked.size,
        values=[
            FacetValue(each.id, each.label, each.count, each.selected, each.excluded)
            for each in found[first : first + asked.size]
        ],
    )


def _holding(facet: str, values: Iterable[FacetCount], typed: str) -> Iterator[FacetCount]:
    known = known_spellings(facet)
    beginning = f"\n{typed}"

    def begun(name: str) -> bool:
        return name.startswith(typed)

    for value in values:
        if (
            value.selected
            or value.excluded
            or not typed
            or (typed in _kept_spelling(value.label) and any(map(begun, spellings(value.label))))
            or beginning in known.get(value.id, "")
        ):
            yield value
