"""What the keeper of an index asks: what it holds, and whether it is sound."""

import sys
from contextlib import closing

import click
import msgspec

from analyzers.errors import RasadError
from indexer.generations import Generations, open_current
from indexer.settings import Settings
from searchapp.commands.options import json_option, with_settings
from searchapp.periods import jalali_words


class UnsoundIndexError(RasadError):
    """An index that is damaged; the message counts what was found."""


class Figures(msgspec.Struct, frozen=True):
    """What an index holds; ``bytes`` is its size on disk, dates are ISO days."""

    articles: int
    paragraphs: int
    terms: int
    date_from: str | None
    date_to: str | None
    bytes: int
    generation: int
    fingerprint: str


@click.command()
@json_option
@with_settings
def stats(settings: Settings, *, as_json: bool) -> None:
    """Print what the index holds."""
    opened = open_current(settings)
    with closing(opened.engine):
        held = opened.engine.stats()
    figures = Figures(
        articles=held.articles,
        paragraphs=held.paragraphs,
        terms=held.terms,
        date_from=held.date_from.isoformat() if held.date_from else None,
        date_to=held.date_to.isoformat() if held.date_to else None,
        bytes=held.size,
        generation=opened.number,
        fingerprint=opened.fingerprint,
    )
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(figures) + b"\n")
        return
    dates = "none"
    if held.date_from and held.date_to:
        first, last = held.date_from, held.date_to
        dates = f"{first} to {last} ({jalali_words(first)} – {jalali_words(last)})"
    click.echo(f"articles     {figures.articles:,}")
    click.echo(f"paragraphs   {figures.paragraphs:,}")
    click.echo(f"terms        {figures.terms:,}")
    click.echo(f"dates        {dates}")
    click.echo(f"bytes        {figures.bytes:,}")
    click.echo(f"generation   {figures.generation}")
    click.echo(f"fingerprint  {figures.fingerprint}")


@click.command()
@with_settings
def check(settings: Settings) -> None:
    """Verify the index, and the older generations that are kept; exit 1 and say what is wrong."""
    with closing(open_current(settings).engine) as engine:
        held = engine.stats()
    generations = Generations(settings.index.path)
    problems = 0
    for generation in filter(None, [generations.current(), *generations.older()]):
        for problem in generation.verify(settings):
            click.echo(f"generation {generation.number}: {problem}", err=True)
            problems += 1
    if problems:
        found = "one problem" if problems == 1 else f"{problems} problems"
        raise UnsoundIndexError(f"{found} in the index; run `rasad index --rebuild`")
    click.echo(f"The index is sound: {held.articles:,} articles, {held.paragraphs:,} paragraphs.")
