"""What narrows a search, as HTML: the rows of a facet's list and the chips of a result.

A page has seventy rows and fifty chips. A template escapes every piece of each anew; here the pieces that
come again and again are kept escaped.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import quote_plus

from markupsafe import Markup, escape

from analyzers.profiles import find_profile
from searchapp.models import FacetValue, Result
from searchapp.numerals import thousands
from searchapp.translation import gettext, gettext_noop, language
from searchapp.views.links import Links

LABELS = {
    "country": gettext_noop("کشور"),
    "topic": gettext_noop("موضوع"),
    "person": gettext_noop("شخص"),
    "organization": gettext_noop("سازمان"),
    "place": gettext_noop("مکان"),
    "source": gettext_noop("منبع"),
    "year": gettext_noop("سال"),
}
MOST_CHIPS = 6
_REMEMBERED = 2048


class _Said(NamedTuple):
    """What is said of a value, escaped: its name, and what stands for it in an address."""

    name: Markup
    address: Markup


class _Barring(NamedTuple):
    """What is said of barring any value, escaped: alone, and what stands around the value's name."""

    alone: Markup
    before: str
    after: str


def facet_label(facet: str) -> str:
    """Name a facet in the reader's language."""
    return gettext(LABELS[facet])


def value_label(facet: str, id_: str, label: str) -> str:
    """Name a facet's value in the reader's language, as far as the tables know it there.

    A value that the index does not hold comes with its id for a label, and may have a name nevertheless.
    """
    english = language() == "en"
    if english and facet == "year":
        return id_
    profile = find_profile(facet, id_) if english or label == id_ else None
    if profile is None:
        return label
    return (profile.latin or label) if english else profile.label


def rows(values: Sequence[FacetValue], facet: str, links: Links) -> Markup:
    """Write a facet's values as the rows of its list, each with the ways to narrow by it and to bar it."""
    if links.chosen(facet):
        return _joined([_row_beside_chosen(value, facet, links) for value in values])
    start, end = map(escape, links.around(facet))
    spoken = language()
    written = []
    for value in values:
        said = _said(facet, value.id, value.label, spoken)
        include, exclude = (f"{start}{facet}={sign}{said.address}{end}" for sign in ("", "-"))
        written.append(_row(said.name, value.count, include, exclude))
    return _joined(written)


def chips(result: Result, links: Links) -> Markup:
    """Write a result's topics, and the first of its entities, each once, in the order they are named."""
    entities: dict[tuple[str, str], str] = {}
    for entity in result.entities:
        entities.setdefault((entity.type, entity.id), entity.label)
    return _joined(
        [
            *(_chip("topic", topic.id, topic.label, links) for topic in result.topics),
            *(_chip(kind, id_, label, links) for (kind, id_), label in islice(entities.items(), MOST_CHIPS)),
        ]
    )


def _row(name: Markup, count: int, include: str, exclude: str) -> str:
    barring = _barring(language())
    return (
        f'<li><a class="value" href="{include}"><bdi>{name}</bdi></a> '
        f'<span class="count">{thousands(count)}</span> '
        f'<a class="bar-out" href="{exclude}" aria-label="{barring.before}{name}{barring.after}"'
        f' title="{barring.alone}">−</a></li>'
    )


def _row_beside_chosen(value: FacetValue, facet: str, links: Links) -> str:
    """Write a value that narrows or is barred, or one beside it; what is chosen may be anything."""
    if not (value.selected or value.excluded):
        include, exclude = links.include(facet, value.id), links.exclude(facet, value.id)
        said = _said(facet, value.id, value.label, language())
        return _row(said.name, value.count, escape(include), escape(exclude))
    state, current = ("selected", ' aria-current="true"') if value.selected else ("excluded", "")
    hint = gettext("برداشتن این پالایش") if value.selected else gettext("دیگر کنار گذاشته نشود")
    name = value_label(facet, value.id, value.label)
    return (
        f'<li class="{state}"><a class="value" href="{escape(links.drop(facet, value.id))}"'
        f' title="{escape(hint)}"{current}><bdi>{escape(name)}</bdi></a> '
        f'<span class="count">{thousands(value.count)}</span></li>'
    )


def _chip(kind: str, id_: str, label: str, links: Links) -> str:
    said = _said(kind, id_, label, language())
    look = 'class="topic"' if kind == "topic" else f'title="{escape(facet_label(kind))}"'
    return f'<li><a {look} href="{escape(links.include(kind, id_))}"><bdi>{said.name}</bdi></a></li>'


def _joined(pieces: Iterable[str]) -> Markup:
    return Markup("\n".join(pieces))  # noqa: S704 - what is put into them is escaped


@lru_cache(maxsize=_REMEMBERED)
def _said(facet: str, id_: str, label: str, _language: str) -> _Said:
    return _Said(escape(value_label(facet, id_, label)), escape(quote_plus(id_)))


@cache
def _barring(_language: str) -> _Barring:
    gap = "\0"
    before, _, after = escape(gettext("کنار گذاشتن %(value)s", value=gap)).partition(gap)
    return _Barring(escape(gettext("کنار گذاشتن")), before, after)
