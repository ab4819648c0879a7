"""The pages a reader sees: the first page, the results, an article, and what stands in for a missing one."""

import datetime as dt
from collections import Counter
from http import HTTPStatus
from urllib.parse import quote, urlencode, urlsplit

from flask import Blueprint, Response, abort, make_response, render_template, request
from markupsafe import Markup
from msgspec import Struct

from indexer.engine import FACETS
from searchapp.library import Library
from searchapp.models import ArticleAnswer, EntityMention, Result, SearchAnswer, SearchParameters
from searchapp.periods import gregorian_words, jalali_words, month_label, persian_digits
from searchapp.retrieval import DateProblemError
from searchapp.search import SearchService
from searchapp.views import parameters, timeline

FACET_LABELS = {
    "country": "کشور",
    "topic": "موضوع",
    "person": "شخص",
    "organization": "سازمان",
    "place": "مکان",
    "source": "منبع",
    "year": "سال",
}
SORT_LABELS = {"relevance": "مرتبط‌ترین", "newest": "تازه‌ترین", "oldest": "قدیمی‌ترین"}
ERRORS = {
    HTTPStatus.BAD_REQUEST: ("درخواست خوانا نیست", "نشانی این صفحه درست نیست. از جست‌وجو آغاز کنید."),
    HTTPStatus.NOT_FOUND: ("این صفحه پیدا نشد", "شاید نشانی نادرست است، یا خبر از مجموعه برداشته شده است."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("این کار در اینجا شدنی نیست", "نشانی را دوباره باز کنید."),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "هنوز نمایه‌ای ساخته نشده است",
        "نخست خبرها را با فرمان rasad index نمایه کنید و سپس این صفحه را دوباره باز کنید.",
    ),
}
DEFECT = ("خطایی پیش آمد", "این خطا ثبت شد. اندکی بعد دوباره تلاش کنید.")

LATEST_ARTICLES = 6
HOME_VALUES = 8
MOST_CHIPS = 6
PAGES_AROUND = 2


Way = tuple[str, str]


class Chip(Struct, frozen=True):
    """A value that narrows or bars, with the address of the page without it."""

    facet: str
    label: str
    url: str
    excluded: bool = False


def blueprint(library: Library) -> Blueprint:
    """Make the HTML routes and what their templates need."""
    routes = Blueprint("pages", __name__)
    routes.add_app_template_filter(persian_digits, "fa")
    routes.add_app_template_filter(_thousands, "thousands")
    routes.add_app_template_filter(_jalali, "jalali")
    routes.add_app_template_filter(_gregorian, "gregorian")
    routes.add_app_template_filter(Markup, "markup")
    routes.add_app_template_filter(_web_address, "web_address")
    routes.add_app_template_filter(_chips, "chips")
    routes.add_app_template_global(article_url, "article_url")
    routes.app_context_processor(lambda: {"facet_labels": FACET_LABELS, "sort_labels": SORT_LABELS})

    @routes.get("/")
    def search() -> str:
        size = library.settings.search.page_size
        asked = parameters.read_leniently(request.args, size)
        service = library.service()
        if not asked.q.strip() and not asked.narrowed and "q" not in request.args:
            return _home(service, size)
        return _results(service, asked, size)

    @routes.get("/articles/<path:article_id>")
    def article(article_id: str) -> str:
        question = request.args.get("q", "")
        answer = library.service().article(article_id, question)
        if answer is None:
            abort(HTTPStatus.NOT_FOUND)
        found = [paragraph for paragraph in answer.paragraphs if paragraph.highlights]
        return render_template(
            "article.html",
            article=answer,
            q=question,
            found=found,
            marks=sum(len(paragraph.highlights) for paragraph in found),
            named=_named(answer),
        )

    return routes


def error(status: HTTPStatus) -> Response:
    """Say on a whole page what went wrong and where to go from there."""
    title, advice = ERRORS.get(status, DEFECT)
    page = render_template("error.html", status=int(status), title=title, advice=advice)
    return make_response(page, status)


def article_url(article_id: str, paragraph: int | None = None, q: str = "") -> str:
    """Give the permanent address of an article or of one of its paragraphs."""
    query = "?" + urlencode({"q": q}) if q.strip() else ""
    return f"/articles/{quote(article_id, safe='/')}{query}" + (f"#p{paragraph}" if paragraph else "")


def _home(service: SearchService, size: int) -> str:
    latest = service.search(SearchParameters(sort="newest", size=LATEST_ARTICLES))
    return render_template(
        "home.html",
        q="",
        stats=service.engine.stats(),
        latest=latest.results,
        facets={name: values[:HOME_VALUES] for name, values in latest.facets.items()},
        links=parameters.Links(SearchParameters(size=size), size),
    )


def _results(service: SearchService, asked: SearchParameters, size: int) -> str:
    problem = ""
    try:
        answer = service.search(asked)
    except DateProblemError as date_problem:
        problem = str(date_problem)
        asked = SearchParameters(q=asked.q, include=asked.include, exclude=asked.exclude, sort=asked.sort)
        answer = service.search(asked)
    links = parameters.Links(asked, size)
    listed = answer.total_articles if asked.group == "article" else answer.total
    if answer.folded:
        listed = answer.total_distinct
    last = max(1, -(-listed // asked.size))
    return render_template(
        "results.html",
        q=asked.q,
        asked=asked,
        answer=answer,
        links=links,
        problem=problem,
        active=_active(asked, answer, links),
        folding=service.settings.fold_similar,
        band=timeline.draw(answer.timeline, lambda key: links.to(date_from=key, date_to=key)),
        pages=_page_numbers(asked.page, last),
        last_page=last,
        ways_out=_ways_out(asked, answer, links),
    )


def _active(asked: SearchParameters, answer: SearchAnswer, links: parameters.Links) -> list[Chip]:
    """List everything that narrows the results, each with the way to take it out."""
    chips = []
    for facet in FACETS:
        labels = {value.id: value.label for value in answer.facets.get(facet, ())}
        for ids, excluded in ((asked.include, False), (asked.exclude, True)):
            for value in sorted(ids.get(facet, ())):
                label, url = labels.get(value, value), links.drop(facet, value)
                chips.append(Chip(FACET_LABELS[facet], label, url, excluded))
    if asked.date_from and asked.date_from == asked.date_to:
        chips.append(Chip("تاریخ", _period(asked.date_from), links.to(date_from="", date_to="")))
    else:
        if asked.date_from:
            chips.append(Chip("از", _period(asked.date_from), links.to(date_from="")))
        if asked.date_to:
            chips.append(Chip("تا", _period(asked.date_to), links.to(date_to="")))
    if asked.similar_to:
        titles = {result.article_id: result.title for result in answer.results}
        label = titles.get(asked.similar_to) or "خبری دیگر"
        chips.append(Chip("مشابه", label, links.to(similar_to="")))
    return chips


def _ways_out(asked: SearchParameters, answer: SearchAnswer, links: parameters.Links) -> list[Way]:
    """Offer easier questions when nothing was found."""
    if answer.total:
        return []
    ways = []
    if asked.narrowed:
        ways.append(("همین پرسش، بدون پالایش", links.without_limits()))
    if asked.exact:
        ways.append(("همراه با صورت‌های مرتبط", links.to(exact=False)))
    clauses = [clause for clause in answer.interpretation.clauses if clause.occur == "must"]
    if any(clause.kind in {"phrase", "proximity"} for clause in clauses):
        ways.append(("همین واژه‌ها، بدون گیومه", links.to(q=" ".join(clause.text for clause in clauses))))
    # Plain words have been tried one by one already, when the matching rule was relaxed.
    plain = all(clause.kind == "words" for clause in clauses)
    words = list(dict.fromkeys(word for clause in clauses for word in clause.text.split()))
    if not plain and 1 < len(words) <= MOST_CHIPS:
        ways += [(f"تنها «{word}»", links.to(q=word)) for word in words]
    return ways


def _page_numbers(page: int, last: int) -> list[int]:
    """List the pages to link: the first, the last and those around this one; 0 stands for a gap.

    >>> _page_numbers(5, 12)
    [1, 0, 3, 4, 5, 6, 7, 0, 12]
    """
    around = range(max(1, page - PAGES_AROUND), min(last, page + PAGES_AROUND) + 1)
    numbers = sorted({1, last, *around})
    listed: list[int] = []
    for number in numbers:
        if listed and number > listed[-1] + 1:
            listed.append(0)
        listed.append(number)
    return listed


def _chips(result: Result) -> list[EntityMention]:
    """Pick a result's entities, each once, in the order they are named."""
    return list({(entity.type, entity.id): entity for entity in reversed(result.entities)}.values())[::-1][
        :MOST_CHIPS
    ]


def _named(article: ArticleAnswer) -> dict[str, list[tuple[tuple[str, str], int]]]:
    """Count an article's topics and entities by kind, as (id, label), the most frequent first."""
    counted: dict[str, Counter[tuple[str, str]]] = {kind: Counter() for kind in FACET_LABELS}
    for paragraph in article.paragraphs:
        counted["topic"].update((topic.id, topic.label) for topic in paragraph.topics)
        for entity in paragraph.entities:
            counted[entity.type][entity.id, entity.label] += 1
    return {kind: counts.most_common(HOME_VALUES) for kind, counts in counted.items() if counts}


def _period(typed: str) -> str:
    named = month_label(typed)
    return named if named != persian_digits(typed) else persian_digits(typed.replace("-", "/"))


def _thousands(number: int) -> str:
    return persian_digits(f"{number:,}".replace(",", "٬"))


def _jalali(iso: str | dt.date) -> str:
    return jalali_words(dt.date.fromisoformat(iso) if isinstance(iso, str) else iso)


def _gregorian(iso: str | dt.date) -> str:
    return gregorian_words(dt.date.fromisoformat(iso) if isinstance(iso, str) else iso)


def _web_address(url: str | None) -> str | None:
    """Let only web addresses become links: an article's url is as untrusted as its text."""
    try:
        return url if url and urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None
