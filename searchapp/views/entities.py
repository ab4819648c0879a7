"""The pages about who and where: an entity, two together, countries by topic, and all values of a facet."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from math import ceil
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from msgspec import Struct
from msgspec.structs import replace
from werkzeug.wrappers import Response as AnyResponse

from indexer.engine import FACETS
from searchapp.entities import RELATED, TYPES, EntityKey
from searchapp.facet_values import list_values
from searchapp.library import Library
from searchapp.models import (
    EntityAnswer,
    EntityCount,
    EntityLabel,
    MatrixAnswer,
    SearchAnswer,
    SearchParameters,
    TimelineBucket,
)
from searchapp.numerals import digits
from searchapp.retrieval import DateProblemError
from searchapp.syntax import FIELD_LABELS
from searchapp.translation import DIRECTIONS, gettext, gettext_noop, language
from searchapp.views import chart, parameters
from searchapp.views.links import Links

SHADES = 5
PLURALS = {
    "country": gettext_noop("کشورها"),
    "topic": gettext_noop("موضوع‌ها"),
    "person": gettext_noop("اشخاص"),
    "organization": gettext_noop("سازمان‌ها"),
    "place": gettext_noop("مکان‌ها"),
    "source": gettext_noop("منبع‌ها"),
    "year": gettext_noop("سال‌ها"),
}
VARIANT_LABELS = {
    "name": gettext_noop("نام‌های دیگر"),
    "historic": gettext_noop("نام‌های پیشین یا مورد مناقشه"),
    "demonym": gettext_noop("نسبت و مردم"),
    "metonym": gettext_noop("آنچه به جای آن می‌آید"),
    "short": gettext_noop("کوتاه، پس از نام کامل"),
    "latin": gettext_noop("با حروف لاتین"),
}
# From this part of the cells on, ordered by share, all have the darkest shade: a few would outshine the rest.
DARKEST = 0.9


class Cell(Struct, frozen=True):
    """A cell of the matrix; ``shade`` is 0 for none up to :data:`SHADES`."""

    count: int
    shade: int
    url: str


class Offer(Struct, frozen=True):
    """An entity that a question or a filter names, with what can be done with it.

    ``filter_url`` narrows to the paragraphs that name it, where nothing does yet; ``count`` is how many that
    leaves, where it is known.
    """

    type: str
    id: str
    label: str
    filter_url: str | None = None
    count: int | None = None


Named = EntityAnswer | EntityCount | EntityLabel | Offer


def blueprint(library: Library) -> Blueprint:
    """Make the HTML routes and what other pages link to them with."""
    routes = Blueprint("entities", __name__)
    routes.add_app_template_global(entity_url, "entity_url")
    routes.add_app_template_global(pair_url, "pair_url")
    routes.add_app_template_global(offers, "entity_offers")
    routes.add_app_template_filter(_years_in_office, "years_in_office")
    words = {
        "entity_types": TYPES,
        "variant_labels": VARIANT_LABELS,
        "plurals": PLURALS,
        "facet_size": library.settings.search.facet_size,
    }
    routes.app_context_processor(lambda: words)

    @routes.get("/entities/<kind>/<id_>")
    def entity(kind: str, id_: str) -> str | Response:
        key = _key(kind, id_)
        answer = library.service().entities.entity(key)
        if answer is None:
            return _missing(library, key)
        return render_template(
            "entities/entity.html",
            entity=answer,
            chart=_chart(answer.timeline, _naming([answer])),
            links=_links(_naming([answer])),
            more_urls=_more_urls(answer.related, [answer]),
        )

    @routes.get("/entities/<kind>/<id_>/with/<other_kind>/<other_id>")
    def pair(kind: str, id_: str, other_kind: str, other_id: str) -> str | AnyResponse:
        first, second = _key(kind, id_), _key(other_kind, other_id)
        if first == second:
            return redirect(entity_url(*first))
        service = library.service()
        answer = service.entities.pair(first, second)
        if answer is None:
            unknown = first if service.entities.counted(first) is None else second
            return _missing(library, unknown)
        asked = _naming(answer.entities)
        return render_template(
            "entities/pair.html",
            pair=answer,
            chart=_chart(answer.timeline, asked),
            links=_links(asked),
            more_urls=_more_urls(answer.related, answer.entities),
        )

    @routes.get("/browse")
    def browse() -> str:
        matrix = library.service().entities.matrix()
        return render_template("entities/browse.html", matrix=matrix, rows=_shaded(matrix), shades=SHADES)

    @routes.get("/facets/<name>")
    def facet(name: str) -> str:
        if name not in FACETS:
            abort(HTTPStatus.NOT_FOUND)
        asked = parameters.read_leniently(request.args, parameters.LARGEST_SIZE)
        typed = request.args.get("filter", "").strip()
        service = library.service()
        try:
            answer = list_values(service, asked, name, typed)
        except DateProblemError:
            asked = replace(asked, date_from="", date_to="")
            answer = list_values(service, asked, name, typed)
        size = library.settings.search.page_size
        links = Links(replace(asked, size=size), size)
        last = max(1, -(-answer.total // asked.size))

        def turned(pages: int) -> str:
            return _values_url(name, replace(asked, page=asked.page + pages), typed)

        return render_template(
            "entities/facet.html",
            name=name,
            answer=answer,
            asked=asked,
            links=links,
            hidden=parameters.pairs(replace(asked, page=1), parameters.LARGEST_SIZE),
            all_url=_values_url(name, replace(asked, page=1)),
            before=_values_url(name, replace(asked, page=asked.page - 1), typed) if asked.page > 1 else None,
            after=_values_url(name, replace(asked, page=asked.page + 1), typed)
            if asked.page < last
            else None,
        )

    return routes


def entity_url(kind: str, id_: str) -> str:
    """Give the permanent address of an entity's page."""
    return f"/entities/{quote(kind, safe='')}/{quote(id_, safe='')}"


def pair_url(one: Named, other: Named) -> str:
    """Give the permanent address of the page about two entities together."""
    return f"{entity_url(one.type, one.id)}/with/{quote(other.type, safe='')}/{quote(other.id, safe='')}"


def offers(asked: SearchParameters, answer: SearchAnswer, links: Links) -> list[Offer]:
    """Offer the entities that the filters and the question name, each once.

    Where a question is nothing but a name, the filter takes its place: it finds every other spelling as well.
    A second value of a facet would widen the results, so none is offered.
    """
    found = {
        EntityKey(kind, value.id): Offer(kind, value.id, value.label)
        for kind in TYPES
        for value in answer.facets.get(kind, ())
        if value.selected
    }
    question = answer.applied.query if answer.applied else asked.q
    fields = {clause.kind for clause in answer.interpretation.clauses}
    for entity in answer.entities:
        narrowing, count = None, None
        if entity.type not in fields and not asked.include.get(entity.type):
            include = {**asked.include, entity.type: frozenset([entity.id])}
            if question.strip(' "«»') == entity.text:
                narrowing, count = links.to(q="", include=include), None if asked.narrowed else entity.count
            else:
                narrowing = links.to(include=include)
        offer = Offer(entity.type, entity.id, entity.label, narrowing, count)
        found.setdefault(EntityKey(entity.type, entity.id), offer)
    return list(found.values())


def _key(kind: str, id_: str) -> EntityKey:
    if kind not in TYPES:
        abort(HTTPStatus.NOT_FOUND)
    return EntityKey(kind, id_)


def _missing(library: Library, key: EntityKey) -> Response:
    """Say that nothing is known of an entity, and offer those with a name like its own."""
    near = library.service().entities.near(key)
    page = render_template("entities/missing.html", kind=key.type, name=key.id, near=near)
    return make_response(page, HTTPStatus.NOT_FOUND)


def _naming(entities: Sequence[Named], unfiltered: str = "") -> SearchParameters:
    """Ask for the paragraphs that name all of some entities.

    Two values of one facet would mean either of them, and those of the facet ``unfiltered`` would not narrow
    its own list; these are asked for in the question.
    """
    include: dict[str, frozenset[str]] = {}
    words = []
    for each in entities:
        if each.type in include or each.type == unfiltered:
            words.append(f'{FIELD_LABELS[each.type]}:"{each.label}"')
        else:
            include[each.type] = frozenset([each.id])
    return SearchParameters(q=" ".join(words), include=include)


def _more_urls(related: Mapping[str, Sequence[EntityCount]], entities: Sequence[Named]) -> dict[str, str]:
    """Address the whole list of every type of which only the beginning is shown."""
    urls = {}
    for kind, rows in related.items():
        if len(rows) == RELATED:
            asked = replace(_naming(entities, unfiltered=kind), size=parameters.LARGEST_SIZE)
            urls[kind] = _values_url(kind, asked)
    return urls


def _years_in_office(years: str) -> str:
    """Say a span of Gregorian years; an open end is said as such, as the tables do not know more.

    >>> [_years_in_office(years) for years in ("2013-2021", "2024-", "-2024", "2004-2004")]
    ['۲۰۱۳ تا ۲۰۲۱', 'از ۲۰۲۴', 'تا ۲۰۲۴', '۲۰۰۴']
    """
    first, _, last = digits(years).partition("-")
    if first and last and first != last:
        return gettext("%(first)s تا %(last)s", first=first, last=last)
    if first and not last:
        return gettext("از %(first)s", first=first)
    return first or gettext("تا %(last)s", last=last)


def _chart(timeline: list[TimelineBucket], asked: SearchParameters) -> chart.Chart | None:
    links = _links(asked)
    return chart.draw(
        timeline,
        lambda period: links.to(date_from=period, date_to=period),
        leftward=DIRECTIONS[language()] == "rtl",
    )


def _links(asked: SearchParameters) -> Links:
    return Links(asked, asked.size)


def _values_url(name: str, asked: SearchParameters, typed: str = "") -> str:
    pairs = parameters.pairs(asked, parameters.LARGEST_SIZE) + [("filter", typed)] * bool(typed)
    return f"/facets/{name}?{urlencode(pairs)}" if pairs else f"/facets/{name}"


def _shaded(matrix: MatrixAnswer) -> list[tuple[EntityCount, list[Cell]]]:
    """Shade the matrix's cells by the share that a topic has of a country's paragraphs."""
    totals = [country.count for country in matrix.countries]
    shares = [[count / total for count, total in zip(row, totals, strict=True)] for row in matrix.counts]
    held = sorted(share for row in shares for share in row if share)
    darkest = held[int(len(held) * DARKEST)] if held else 1
    rows = []
    for topic, counts, row in zip(matrix.topics, matrix.counts, shares, strict=True):
        cells = []
        for country, count, share in zip(matrix.countries, counts, row, strict=True):
            both = {"country": frozenset([country.id]), "topic": frozenset([topic.id])}
            shade = min(SHADES, ceil(SHADES * share / darkest))
            cells.append(Cell(count, shade, _links(SearchParameters(include=both)).to()))
        rows.append((topic, cells))
    return rows
