"""From an address to search parameters and back, so that every state of a page has one address."""

import re
from typing import cast, get_args

from werkzeug.datastructures import MultiDict

from analyzers.errors import RasadError
from indexer.engine import FACETS
from searchapp.models import Grouping, SearchParameters, Sort

LARGEST_SIZE = 100
LAST_PAGE = 100_000
_NONE: frozenset[str] = frozenset()

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
    for facet in FACETS if parameters.include or parameters.exclude else ():
        rows += facet_pairs(facet, parameters.include.get(facet, _NONE), parameters.exclude.get(facet, _NONE))
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


def facet_pairs(facet: str, included: frozenset[str], excluded: frozenset[str]) -> Pairs:
    """Write what narrows and bars in one facet, in the one order that addresses have."""
    return [
        *((facet, value) for value in sorted(included)),
        *((facet, "-" + value) for value in sorted(excluded)),
    ]


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
