"""From an address to search parameters and back, so that every state of a page has one address."""

import re
from functools import lru_cache
from typing import cast, get_args
from urllib.parse import quote_plus

import msgspec
from werkzeug.datastructures import MultiDict

from analyzers.errors import RasadError
from indexer.engine import FACETS
from searchapp.models import Grouping, SearchParameters, Sort

LARGEST_SIZE = 100
LAST_PAGE = 100_000
_NONE: frozenset[str] = frozenset()
# The order of an address, as far as pieces of it are changed one by one.
_ORDER = ("q", *FACETS, "from", "to")

_YES = {"1", "true"}
_NO = {"0", "false"}

Pairs = list[tuple[str, str]]


class ParameterError(RasadError):
    """A parameter that cannot be used; the message names it and says what is accepted."""

    def __init__(self, name: str, accepted: str) -> None:
        super().__init__(f"{name} must be {accepted}")
        self.name = name


def read(args: MultiDict[str, str], page_size: int) -> SearchParameters:
    """Read the parameters of DESIGN's contract; raises :class:`ParameterError`."""
    include: dict[str, frozenset[str]] = {}
    exclude: dict[str, frozenset[str]] = {}
    for facet in FACETS:
        values = [value.strip() for value in args.getlist(facet)]
        if chosen := frozenset(value for value in values if value and not value.startswith("-")):
            include[facet] = chosen
        if barred := frozenset(value[1:] for value in values if value.startswith("-") and len(value) > 1):
            exclude[facet] = barred
    return SearchParameters(
        q=args.get("q", ""),
        include=include,
        exclude=exclude,
        date_from=args.get("from", "").strip(),
        date_to=args.get("to", "").strip(),
        sort=cast(Sort, _one_of(args, "sort", get_args(Sort))),
        page=_number(args, "page", 1, LAST_PAGE),
        size=_number(args, "size", page_size, LARGEST_SIZE),
        group=cast(Grouping, _one_of(args, "group", get_args(Grouping))),
        exact=args.get("exact", "") in _YES,
        literal=args.get("literal", "") in _YES,
        explain=args.get("explain", "") in _YES,
        recency=_share(args, "recency"),
        fold=args.get("fold", "") not in _NO,
        similar_to=args.get("similar_to", "").strip(),
    )


def read_leniently(args: MultiDict[str, str], page_size: int) -> SearchParameters:
    """Read what can be read, for people: a broken parameter counts as not given."""
    whole = args.copy()
    while True:
        try:
            return read(whole, page_size)
        except ParameterError as error:
            whole.poplist(error.name)


def pairs(parameters: SearchParameters, page_size: int) -> Pairs:
    """Write parameters as an address carries them; what has its default is left out.

    >>> pairs(SearchParameters(q="تحریم", include={"country": frozenset({"RU"})}), 10)
    [('q', 'تحریم'), ('country', 'RU')]
    """
    rows: Pairs = [("q", parameters.q)] if parameters.q else []
    for facet in FACETS:
        rows += _facet_pairs(
            facet, parameters.include.get(facet, _NONE), parameters.exclude.get(facet, _NONE)
        )
    plain = {
        "from": parameters.date_from,
        "to": parameters.date_to,
        "sort": "" if parameters.sort == "relevance" else parameters.sort,
        "group": "" if parameters.group == "article" else parameters.group,
        "size": "" if parameters.size == page_size else str(parameters.size),
        "exact": "1" if parameters.exact else "",
        "literal": "1" if parameters.literal else "",
        "explain": "1" if parameters.explain else "",
        "recency": "" if parameters.recency is None else f"{parameters.recency:g}",
        "fold": "" if parameters.fold else "0",
        "similar_to": parameters.similar_to,
        "page": "" if parameters.page == 1 else str(parameters.page),
    }
    return rows + [(name, value) for name, value in plain.items() if value]


class Links:
    """Addresses of the states next to the present one; each starts again at the first page."""

    def __init__(self, parameters: SearchParameters, page_size: int) -> None:
        self.parameters = parameters
        self.page_size = page_size
        self._surroundings: dict[tuple[str, ...], tuple[list[str], list[str]]] = {}

    def to(self, **changes: object) -> str:
        """Change some parameters and keep the others."""
        changed = msgspec.structs.replace(self.parameters, **{"page": 1, **changes})
        return _address([_encoded(*pair) for pair in pairs(changed, self.page_size)])

    def elsewhere(self, path: str) -> str:
        """Ask the same for another form of the answer: all of it as a file, a feed, or a list of a facet."""
        return path + self.to(size=self.page_size, group="article")[1:]

    def page(self, number: int) -> str:
        """Go to another page of the same results."""
        return self.to(page=number)

    def include(self, facet: str, value: str) -> str:
        """Narrow by one more value."""
        return self._facet(facet, value, include=True, exclude=False)

    def exclude(self, facet: str, value: str) -> str:
        """Bar one more value."""
        return self._facet(facet, value, include=False, exclude=True)

    def drop(self, facet: str, value: str) -> str:
        """Take one value out again, whether it narrows or bars."""
        return self._facet(facet, value, include=False, exclude=False)

    def values(self, facet: str) -> str:
        """Go to the list of all values of a facet, under the same question and limits."""
        return self.elsewhere(f"/facets/{facet}")

    def without_limits(self) -> str:
        """Ask the same question without anything that narrows it."""
        return self.to(include={}, exclude={}, date_from="", date_to="", similar_to="")

    def hidden(self) -> Pairs:
        """Give what a search form has to carry along besides the question."""
        kept = pairs(msgspec.structs.replace(self.parameters, page=1, literal=False), self.page_size)
        return [(name, value) for name, value in kept if name != "q"]

    def period(self, period: str) -> str:
        """Go to what is of one month or year."""
        before, after = self._around("from", "to")
        return _address([*before, _encoded("from", period), _encoded("to", period), *after])

    def _facet(self, facet: str, value: str, *, include: bool, exclude: bool) -> str:
        """Change one facet and keep what stands around it, which a page with hundreds of links shares."""
        included = self.parameters.include.get(facet, _NONE) - {value}
        excluded = self.parameters.exclude.get(facet, _NONE) - {value}
        if include:
            included |= {value}
        if exclude:
            excluded |= {value}
        before, after = self._around(facet)
        own = [_encoded(*pair) for pair in _facet_pairs(facet, included, excluded)]
        return _address([*before, *own, *after])

    def _around(self, *names: str) -> tuple[list[str], list[str]]:
        """What an address says before and after parameters that stand side by side, each as one piece."""
        if names not in self._surroundings:
            kept = pairs(msgspec.structs.replace(self.parameters, page=1), self.page_size)
            earlier = _ORDER[: _ORDER.index(names[0])]
            before = [_encoded(*pair) for pair in kept if pair[0] in earlier]
            after = [_encoded(*pair) for pair in kept if pair[0] not in {*names, *earlier}]
            self._surroundings[names] = _joined(before), _joined(after)
        return self._surroundings[names]


def _joined(encoded: list[str]) -> list[str]:
    return ["&".join(encoded)] if encoded else []


def _facet_pairs(facet: str, included: frozenset[str], excluded: frozenset[str]) -> Pairs:
    return [
        *((facet, value) for value in sorted(included)),
        *((facet, "-" + value) for value in sorted(excluded)),
    ]


def _encoded(name: str, value: str) -> str:
    # A page names the same values again and again, and the next page many of them; a question may be long.
    return f"{name}={_quoted(value) if len(value) < 100 else quote_plus(value)}"


_quoted = lru_cache(maxsize=4096)(quote_plus)


def _address(encoded: list[str]) -> str:
    return "/?" + "&".join(encoded) if encoded else "/"


def _one_of(args: MultiDict[str, str], name: str, accepted: tuple[str, ...]) -> str:
    value = args.get(name, "") or accepted[0]
    if value not in accepted:
        raise ParameterError(name, f"one of {', '.join(accepted)}")
    return value


def _number(args: MultiDict[str, str], name: str, default: int, largest: int) -> int:
    typed = args.get(name, "").strip()
    if not typed:
        return default
    if not (typed.isdecimal() and len(typed) <= len(str(largest)) and 1 <= int(typed) <= largest):
        raise ParameterError(name, f"a number from 1 to {largest}")
    return int(typed)


def _share(args: MultiDict[str, str], name: str) -> float | None:
    typed = args.get(name, "").strip()
    if not typed:
        return None
    if not re.fullmatch(r"0?\.\d{1,4}|[01](\.0*)?", typed, re.ASCII):
        raise ParameterError(name, "a number from 0 to 1")
    return float(typed)
