"""Addresses of the states next to a page's own; it has hundreds, and what they share is written once."""

from functools import cached_property, lru_cache
from urllib.parse import quote_plus

from msgspec.structs import replace

from indexer.engine import FACETS
from searchapp.models import SearchParameters
from searchapp.views.parameters import Pairs, facet_pairs, pairs

_NONE: frozenset[str] = frozenset()
# The order of an address, as far as pieces of it are changed one by one.
_ORDER = ("q", *FACETS, "from", "to")


class Links:
    """Leads from one state of a page to others; each starts again at the first page."""

    def __init__(self, parameters: SearchParameters, page_size: int) -> None:
        self.parameters = parameters
        self.page_size = page_size
        self._surroundings: dict[tuple[str, ...], tuple[str, str]] = {}

    def to(self, **changes: object) -> str:
        """Change some parameters and keep the others."""
        changed = replace(self.parameters, **{"page": 1, **changes})
        return _address(query(pairs(changed, self.page_size)))

    def elsewhere(self, path: str) -> str:
        """Ask the same for another form of the answer: all of it as a file, a feed, or a list of a facet."""
        return path + self._anywhere

    def page(self, number: int) -> str:
        """Go to another page of the same results."""
        return _address(query([*self._kept, ("page", str(number))] if number > 1 else self._kept))

    def asking(self, question: str) -> str:
        """Write these results as a query that an article's address carries, so that it can lead back to them.

        ``question`` is what was asked in the end, whose words are marked in the article.
        """
        return query(pairs(replace(self.parameters, q=question), self.page_size))

    def include(self, facet: str, value: str) -> str:
        """Narrow by one more value."""
        return self._saying(facet, value, value)

    def exclude(self, facet: str, value: str) -> str:
        """Bar one more value."""
        return self._saying(facet, value, "-" + value)

    def drop(self, facet: str, value: str) -> str:
        """Take one value out again, whether it narrows or bars."""
        include, exclude = self.parameters.include, self.parameters.exclude
        return self.to(
            include={**include, facet: include.get(facet, _NONE) - {value}},
            exclude={**exclude, facet: exclude.get(facet, _NONE) - {value}},
        )

    def values(self, facet: str) -> str:
        """Go to the list of all values of a facet, under the same question and limits."""
        return self.elsewhere(f"/facets/{facet}")

    def without_limits(self) -> str:
        """Ask the same question without anything that narrows it."""
        return self.to(include={}, exclude={}, date_from="", date_to="", similar_to="")

    def hidden(self, *asked: str) -> Pairs:
        """Give what a form has to carry along besides the parameters that it asks for itself."""
        new_question = "q" in asked
        kept = replace(self.parameters, page=1, literal=self.parameters.literal and not new_question)
        return [pair for pair in pairs(kept, self.page_size) if pair[0] not in asked]

    def period(self, period: str) -> str:
        """Go to what is of one month or year."""
        start, end = self.around("from", "to")
        return f"{start}{_encoded('from', period)}&{_encoded('to', period)}{end}"

    def chosen(self, facet: str) -> bool:
        """Tell whether any value of a facet narrows or is barred."""
        return facet in self.parameters.include or facet in self.parameters.exclude

    def around(self, *names: str) -> tuple[str, str]:
        """Give what stands before and after parameters side by side that are not empty, ``country=RU``."""
        if names not in self._surroundings:
            earlier = _ORDER[: _ORDER.index(names[0])]
            before = query([pair for pair in self._kept if pair[0] in earlier])
            after = query([pair for pair in self._kept if pair[0] not in {*names, *earlier}])
            self._surroundings[names] = f"/?{before}&" if before else "/?", after and f"&{after}"
        return self._surroundings[names]

    def _saying(self, facet: str, value: str, said: str) -> str:
        """Say of a facet's value what stands in ``said``, and keep what is said of its others."""
        start, end = self.around(facet)
        if not self.chosen(facet):
            return f"{start}{_encoded(facet, said)}{end}"
        chosen = frozenset([value])
        narrowing, barring = (chosen, _NONE) if said == value else (_NONE, chosen)
        included = self.parameters.include.get(facet, _NONE) - chosen | narrowing
        excluded = self.parameters.exclude.get(facet, _NONE) - chosen | barring
        return f"{start}{query(facet_pairs(facet, included, excluded))}{end}"

    @cached_property
    def _kept(self) -> Pairs:
        return pairs(replace(self.parameters, page=1), self.page_size)

    @cached_property
    def _anywhere(self) -> str:
        return self.to(size=self.page_size, group="article")[1:]


def query(rows: Pairs) -> str:
    """Write parameters as the query of an address.

    >>> query([("q", "نفت"), ("country", "-RU")])
    'q=%D9%86%D9%81%D8%AA&country=-RU'
    """
    return "&".join([_encoded(name, value) for name, value in rows])


def _encoded(name: str, value: str) -> str:
    # A page names the same values again and again, and the next page many of them; a question may be long.
    return f"{name}={_quoted(value) if len(value) < 100 else quote_plus(value)}"


_quoted = lru_cache(maxsize=1024)(quote_plus)


def _address(query: str) -> str:
    # With nothing asked these are the results of all that is indexed, and not the first page.
    return f"/?{query or 'q='}"
