"""Searches from a terminal, through the very service that the pages use."""

import sys
from collections.abc import Callable
from contextlib import closing
from typing import Any, get_args

import click
import msgspec

from indexer.engine import FACETS
from indexer.settings import Settings
from searchapp.commands.options import json_option, with_settings
from searchapp.library import Library
from searchapp.models import SearchParameters, Sort
from searchapp.search import SearchService


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
        # A program that asks for JSON need not wait for it.
        from searchapp.commands.listing import Listing, Screen  # noqa: PLC0415

        Listing(Screen(highlight=False, soft_wrap=not sys.stdout.isatty())).show(answer)


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
