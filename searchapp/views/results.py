"""The results page: the answer, what narrows it, the ways to the states next to it and out of nothing."""

from flask import render_template
from msgspec import Struct
from msgspec.structs import replace

from indexer.engine import FACETS
from searchapp.models import SearchAnswer, SearchParameters
from searchapp.numerals import digits
from searchapp.periods import month_label, parse_period
from searchapp.search import SearchService
from searchapp.translation import DIRECTIONS, gettext, language
from searchapp.views import chart
from searchapp.views.facets import facet_label, value_label
from searchapp.views.links import Links

MOST_WORDS_ALONE = 6
PAGES_AROUND = 2
MOST_LETTERS = 40  # of what was typed for a date
SIZES = (10, 20, 50)

Way = tuple[str, str]


class Chip(Struct, frozen=True):
    """A value that narrows or bars, with the address of the page without it."""

    facet: str
    label: str
    url: str
    excluded: bool = False


def show(service: SearchService, asked: SearchParameters, size: int) -> str:
    """Answer a question on a page; a date that cannot be read is left out, and that is said."""
    dates = {"from": _numeric(asked.date_from), "to": _numeric(asked.date_to)}
    problems, asked = _readable(asked)
    answer = service.search(asked)
    links = Links(asked, size)
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
        state=links.asking(answer.asked),
        problems=problems,
        dates=dates,
        active=_active(asked, answer, links),
        folding=service.settings.fold_similar,
        band=chart.draw(
            answer.timeline,
            links.period,
            leftward=DIRECTIONS[language()] == "rtl",
        ),
        sizes=SIZES,
        pages=_page_numbers(asked.page, last),
        last_page=last,
        ways_out=_ways_out(asked, answer, links),
    )


def _readable(asked: SearchParameters) -> tuple[list[str], SearchParameters]:
    """Say what is wrong with the dates; gives what is asked without those that cannot be read."""
    begin, end = parse_period(asked.date_from), parse_period(asked.date_to)
    unread = ["" if begin else asked.date_from, "" if end else asked.date_to]
    problems = [
        gettext(
            "«%(typed)s» تاریخ نیست؛ تاریخ را مانند ۱۴۰۱/۰۴/۰۲ یا ۲۰۲۲/۰۶/۲۳ بنویسید.",
            typed=each[:MOST_LETTERS],
        )
        for each in filter(None, unread)
    ]
    if begin and end and end[1] < begin[0]:
        problems.append(gettext("این بازه پیش از آغازش پایان می‌یابد."))
    readable = replace(
        asked, date_from=asked.date_from if begin else "", date_to=asked.date_to if end else ""
    )
    return problems, readable


def _active(asked: SearchParameters, answer: SearchAnswer, links: Links) -> list[Chip]:
    """List everything that narrows the results, each with the way to take it out."""
    chips = []
    for facet in FACETS if asked.include or asked.exclude else ():
        labels = {value.id: value.label for value in answer.facets.get(facet, ())}
        for ids, excluded in ((asked.include, False), (asked.exclude, True)):
            for value in sorted(ids.get(facet, ())):
                label = value_label(facet, value, labels.get(value, value))
                url = links.drop(facet, value)
                chips.append(Chip(facet_label(facet), label, url, excluded))
    if asked.date_from and asked.date_from == asked.date_to:
        chips.append(Chip(gettext("تاریخ"), _period(asked.date_from), links.to(date_from="", date_to="")))
    else:
        if asked.date_from:
            chips.append(Chip(gettext("از"), _period(asked.date_from), links.to(date_from="")))
        if asked.date_to:
            chips.append(Chip(gettext("تا"), _period(asked.date_to), links.to(date_to="")))
    if asked.similar_to:
        titles = {result.article_id: result.title for result in answer.results}
        label = titles.get(asked.similar_to) or gettext("خبری دیگر")
        chips.append(Chip(gettext("مشابه"), label, links.to(similar_to="")))
    return chips


def _ways_out(asked: SearchParameters, answer: SearchAnswer, links: Links) -> list[Way]:
    """Offer easier questions when nothing was found."""
    if answer.total:
        return []
    ways = []
    if asked.narrowed:
        ways.append((gettext("همین پرسش، بدون پالایش"), links.without_limits()))
    if asked.exact:
        ways.append((gettext("همراه با صورت‌های مرتبط"), links.to(exact=False)))
    clauses = [clause for clause in answer.interpretation.clauses if clause.occur == "must"]
    if any(clause.kind in {"phrase", "proximity"} for clause in clauses):
        ways.append(
            (gettext("همین واژه‌ها، بدون گیومه"), links.to(q=" ".join(clause.text for clause in clauses)))
        )
    # Plain words have been tried one by one already, when the matching rule was relaxed.
    plain = all(clause.kind == "words" for clause in clauses)
    words = list(dict.fromkeys(word for clause in clauses for word in clause.text.split()))
    if not plain and 1 < len(words) <= MOST_WORDS_ALONE:
        ways += [(gettext("تنها «%(word)s»", word=word), links.to(q=word)) for word in words]
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


def _period(typed: str) -> str:
    named = month_label(typed)
    return named if named != digits(typed) else _numeric(typed)


def _numeric(typed: str) -> str:
    """Write a date as people do; what is none stays as it was typed."""
    return digits(typed.replace("-", "/")) if parse_period(typed) else typed
