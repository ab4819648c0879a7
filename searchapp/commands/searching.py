"""Searches from a terminal, through the very service that the pages use."""

import sys
from collections.abc import Callable
from contextlib import closing
from typing import Any, get_args

import click
import msgspec
from rich.console import Console
from rich.text import Text

from indexer.engine import FACETS
from indexer.settings import Settings
from searchapp.commands.options import json_option, with_settings
from searchapp.library import Library
from searchapp.models import MatchingParagraph, Result, SearchAnswer, SearchParameters, SimilarArticle, Sort
from searchapp.numerals import persian_digits
from searchapp.periods import jalali_words, parse_period
from searchapp.search import SearchService
from searchapp.snippets import ELLIPSIS, snippet_window

MARK = "bold cyan"
FAINT = "dim"


def _facet_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for facet in reversed(FACETS):
        text = f"Narrow by {facet}: an id or a name; a leading - excludes it. Repeatable."
        command = click.option(f"--{facet}", multiple=True, metavar=facet[0].upper(), help=text)(command)
    return command


@click.command()
@click.argument("query")
@_facet_options
@click.option("--from", "date_from", default="", metavar="DATE", help="First day, Jalali or Gregorian.")
@click.option("--to", "date_to", default="", metavar="DATE", help="Last day.")
@click.option("--sort", type=click.Choice(get_args(Sort)), default="relevance", show_default=True)
@click.option("--size", type=click.IntRange(1, 100), help="Articles a page; [search] page_size by default.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True)
@click.option("--exact", is_flag=True, help="Leave related forms out.")
@click.option("--literal", is_flag=True, help="Ask for what was typed and for nothing in its place.")
@click.option("--unfolded", is_flag=True, help="List copies of an article one by one.")
@click.option("--similar-to", default="", metavar="ID", help="Only this article and its copies.")
@json_option
@with_settings
def search(
    settings: Settings,
    *,
    query: str,
    date_from: str,
    date_to: str,
    sort: Sort,
    size: int | None,
    page: int,
    exact: bool,
    literal: bool,
    unfolded: bool,
    similar_to: str,
    as_json: bool,
    **facets: tuple[str, ...],
) -> None:
    """Search the index for QUERY."""
    with closing(Library(settings)) as library:
        service = library.service()
        parameters = SearchParameters(
            q=query.encode("utf-8", "replace").decode(),
            include=_chosen(service, facets, excluded=False),
            exclude=_chosen(service, facets, excluded=True),
            date_from=date_from,
            date_to=date_to,
            sort=sort,
            page=page,
            size=size or settings.search.page_size,
            exact=exact,
            literal=literal,
            fold=not unfolded,
            similar_to=similar_to,
        )
        answer = service.search(parameters)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    else:
        _show(answer)


def _chosen(
    service: SearchService, facets: dict[str, tuple[str, ...]], *, excluded: bool
) -> dict[str, frozenset[str]]:
    """Turn typed names into ids; what the index does not know stays as typed and finds nothing."""
    chosen: dict[str, frozenset[str]] = {}
    for facet, values in facets.items():
        typed = [value.removeprefix("-") for value in values if value.startswith("-") is excluded]
        ids = {id_ for value in typed for id_ in service.names.ids(facet, value) or [value]}
        if ids:
            chosen[facet] = frozenset(ids)
    return chosen


def _show(answer: SearchAnswer) -> None:
    """Print an answer for reading; each line starts with Persian, so terminals set it right to left."""
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    if answer.applied:
        meant = f"برای «{answer.query}» چیزی پیدا نشد؛ این‌ها نتایج «{answer.applied.query}» است"
        console.print(Text(f"{meant} ({answer.applied.label}). همان که نوشته شد: --literal", style=FAINT))
    for suggestion in answer.suggestions:
        console.print(Text(f"شاید این را می‌خواستید: {suggestion.query} ({suggestion.label})", style=FAINT))
    for note in answer.interpretation.notes:
        console.print(Text(note.message, style=FAINT))
    if not answer.total:
        console.print("چیزی پیدا نشد.")
        return
    reading = answer.interpretation
    if reading.relaxed:
        missing = "به اندازهٔ کافی از واژه‌ها" if reading.weighed else "همهٔ واژه‌ها"
        console.print(Text(f"هیچ بندی {missing} را ندارد؛ این‌ها دست‌کم یکی را دارند.", style=FAINT))
    totals = f"{answer.total} بند در {answer.total_articles} خبر"
    if answer.total_distinct < answer.total_articles:
        totals += f" ({answer.total_distinct} بی‌تکرار)"
    if reading.weighed and not reading.relaxed:
        totals += "، با همه یا بخش مهمی از واژه‌های پرسش"
    console.print(Text(persian_digits(totals), style=FAINT))
    for result in answer.results:
        console.print()
        console.print(Text(result.title or "خبر بی‌عنوان", style="bold"))
        console.print(Text(_origin(result), style=FAINT))
        console.print(_marked(result))
        for other in result.more:
            console.print(Text(f"#p{other.paragraph}", style=FAINT))
            console.print(_marked(other))
        if result.similar.total:
            console.print(Text(persian_digits(f"و {result.similar.total} خبر مشابه:"), style=FAINT))
        for copy in result.similar.articles:
            console.print(Text(f"{copy.title or 'خبر بی‌عنوان'} ({_origin(copy)})", style=FAINT))


def _origin(result: Result | SimilarArticle) -> str:
    period = parse_period(result.date) if result.date else None
    date = jalali_words(period[0]) if period else ""
    place = f"#p{result.paragraph}" if isinstance(result, Result) else ""
    return " · ".join(part for part in (result.source, date, result.article_id + place) if part)


def _marked(found: Result | MatchingParagraph) -> Text:
    start, end = snippet_window(found.text, found.highlights)
    shown = Text(found.text)
    for left, right in found.highlights:
        shown.stylize(MARK, left, right)
    before = f"{ELLIPSIS} " if start else ""
    return Text(before) + shown[start:end] + Text(f" {ELLIPSIS}" if end < len(found.text) else "")
