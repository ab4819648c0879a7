"""What the tables know of an entity beside its name, so that a page about it can say who or what it is.

The facts stand in the tables of countries, people, organizations, places and topics; an entity that none of
them holds (a name learned from a corpus) has no profile.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from analyzers.countries import COUNTRIES, ENGLISH
from analyzers.names import forms
from analyzers.organizations import ORGANIZATIONS
from analyzers.people import PEOPLE
from analyzers.places import PLACES
from analyzers.tables import Table
from analyzers.topics import topic_labels

_PLACE_KINDS = {
    "city": "شهر",
    "continent": "قاره",
    "island": "جزیره",
    "mountain": "کوه",
    "province": "استان",
    "region": "منطقه",
    "water": "دریا و آبراه",
}
# A page in English asks for some dozens, mostly the same as others.
_KEPT = 256
_SMALL_WORDS = frozenset(["of", "the", "and"])


class Variant(NamedTuple):
    """Another way to name an entity.

    ``via`` is name, historic, demonym, metonym, short (a form that needs the full name before it) or latin.
    """

    text: str
    via: str


class Profile(NamedTuple):
    """One row of the tables, in the same shape for every type; what a type does not have is empty.

    ``latin`` is the name in Latin letters, ``kind`` what sort of body or place it is, in Persian; ``roles``
    are a person's best known offices, ``years`` the Gregorian years in them ("2013-2021", "2024-" where the
    end is open), and ``country`` an ISO 3166 alpha-2 code.
    """

    type: str
    id: str
    label: str
    latin: str = ""
    kind: str = ""
    roles: Sequence[str] = ()
    years: Sequence[str] = ()
    country: str = ""
    variants: Sequence[Variant] = ()


@lru_cache(maxsize=_KEPT)
def find_profile(kind: str, id_: str) -> Profile | None:
    """Return what is known of an entity by its type and id, None where it stands in no table.

    >>> lavrov = find_profile("person", "sergey-lavrov")
    >>> lavrov.label, lavrov.latin, lavrov.roles, lavrov.years, lavrov.country
    ('سرگئی لاوروف', 'Sergey Lavrov', ('وزیر امور خارجه روسیه',), ('2004-',), 'RU')
    >>> find_profile("country", "XX") is None
    True
    """
    if kind == "topic":
        return _topics().get(id_)
    if kind not in _TABLES:
        return None
    table, profile = _TABLES[kind]
    row = table.row(id_)
    return None if row is None else profile(*row)


def profiles(kind: str) -> Iterator[Profile]:
    """Make the profiles of a type, one after the other, as nobody needs them all at once."""
    if kind == "topic":
        yield from _topics().values()
    elif kind in _TABLES:
        table, profile = _TABLES[kind]
        for row in table.rows():
            yield profile(*row)


def _country(code: str, label: str, *cells: str) -> Profile:
    names, historic, demonyms, metonyms, epithets, _ = cells
    standing = "|".join((metonyms, epithets))
    variants = _variants(label, name=names, historic=historic, demonym=demonyms, metonym=standing)
    _, english = ENGLISH.row(code) or ("", "")
    return Profile("country", code, label, english, variants=variants)


def _place(id_: str, label: str, names: str, kind: str, country: str) -> Profile:
    words = (word if word in _SMALL_WORDS else word.title() for word in id_.split("-"))
    variants = _variants(label, name=names)
    return Profile(
        "place", id_, label, " ".join(words), _PLACE_KINDS[kind], country=country, variants=variants
    )


def _organization(id_: str, label: str, *cells: str) -> Profile:
    names, short, latin, kind, country = cells
    first, *others = forms(latin) or [""]
    variants = _variants(label, name=names, short=short, latin=others)
    return Profile("organization", id_, label, first, kind, country=country, variants=variants)


def _person(id_: str, label: str, *cells: str) -> Profile:
    names, surname, latin, country, role, years = cells
    first, *others = forms(latin) or [""]
    return Profile(
        "person",
        id_,
        label,
        first,
        roles=_parts(role, "؛"),
        years=_parts(years, ","),
        country=country,
        variants=_variants(label, name=names, short=surname, latin=others),
    )


@cache
def _topics() -> dict[str, Profile]:
    english = topic_labels("en")
    return {id_: Profile("topic", id_, label, english[id_]) for id_, label in topic_labels().items()}


_TABLES: dict[str, tuple[Table, Callable[..., Profile]]] = {
    "country": (COUNTRIES, _country),
    "place": (PLACES, _place),
    "organization": (ORGANIZATIONS, _organization),
    "person": (PEOPLE, _person),
}


def _variants(label: str, **cells: str | Iterable[str]) -> tuple[Variant, ...]:
    """Collect the forms of some cells, each once and never the label again."""
    found: dict[str, Variant] = {}
    for via, cell in cells.items():
        for form in forms(cell) if isinstance(cell, str) else cell:
            if form != label:
                found.setdefault(form, Variant(form, via))
    return tuple(found.values())


def _parts(cell: str, mark: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(mark) if part.strip())
