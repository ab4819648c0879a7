"""What the tables know of an entity beside its name, so that a page about it can say who or what it is.

The facts stand in the tables of countries, people, organizations, places and topics; an entity that none of
them holds (a name learned from a corpus) has no profile.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from analyzers.countries import country_labels, country_rows
from analyzers.names import forms
from analyzers.organizations import organization_rows
from analyzers.people import people_rows
from analyzers.places import place_rows
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


def find_profile(kind: str, id_: str) -> Profile | None:
    """Return what is known of an entity by its type and id, None where it stands in no table.

    >>> lavrov = find_profile("person", "sergey-lavrov")
    >>> lavrov.label, lavrov.latin, lavrov.roles, lavrov.years, lavrov.country
    ('سرگئی لاوروف', 'Sergey Lavrov', ('وزیر امور خارجه روسیه',), ('2004-',), 'RU')
    >>> find_profile("country", "XX") is None
    True
    """
    return profiles().get((kind, id_))


@cache
def profiles() -> dict[tuple[str, str], Profile]:
    """Return every profile by type and id, countries first."""
    return {
        (profile.type, profile.id): profile
        for profile in (*_countries(), *_places(), *_organizations(), *_people(), *_topics())
    }


def _countries() -> Iterator[Profile]:
    english = country_labels("en")
    for code, label, names, historic, demonyms, metonyms, epithets, _ in country_rows():
        standing = "|".join((metonyms, epithets))
        variants = _variants(label, name=names, historic=historic, demonym=demonyms, metonym=standing)
        yield Profile("country", code, label, english[code], variants=variants)


def _places() -> Iterator[Profile]:
    for id_, label, names, kind, country in place_rows():
        words = (word if word in _SMALL_WORDS else word.title() for word in id_.split("-"))
        variants = _variants(label, name=names)
        yield Profile(
            "place", id_, label, " ".join(words), _PLACE_KINDS[kind], country=country, variants=variants
        )


def _organizations() -> Iterator[Profile]:
    for id_, label, names, short, latin, kind, country in organization_rows():
        first, *others = forms(latin) or [""]
        variants = _variants(label, name=names, short=short, latin=others)
        yield Profile("organization", id_, label, first, kind, country=country, variants=variants)


def _people() -> Iterator[Profile]:
    for id_, label, names, surname, latin, country, role, years in people_rows():
        first, *others = forms(latin) or [""]
        yield Profile(
            "person",
            id_,
            label,
            first,
            roles=_parts(role, "؛"),
            years=_parts(years, ","),
            country=country,
            variants=_variants(label, name=names, short=surname, latin=others),
        )


def _topics() -> Iterator[Profile]:
    english = topic_labels("en")
    for id_, label in topic_labels().items():
        yield Profile("topic", id_, label, english[id_])


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
