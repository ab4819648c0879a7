"""Fetches the configured feeds, before an index is brought up to date and again while it is followed."""

from collections.abc import Callable, Sequence
from threading import Event, Thread
from urllib.parse import urlsplit

import click

from analyzers.errors import RasadError
from indexer.readers import ReadProblem
from indexer.settings import Settings
from indexer.writelock import BusyError


def is_address(path: str) -> bool:
    """Tell the address of a feed from the path of a file or folder."""
    return urlsplit(path).scheme in {"http", "https"}


def fetch(settings: Settings, feeds: Sequence[str], told: Callable[[str, int], None]) -> list[ReadProblem]:
    """Fetch feeds into the spool, and give everything that went wrong; ``told`` hears how far a feed is."""
    problems: list[ReadProblem] = []
    if feeds:
        from indexer.fetching import fetch_feeds  # noqa: PLC0415  (its libraries take longer than an article)

        try:
            for feed in fetch_feeds(settings, feeds, told):
                problems += feed.problems
        except BusyError as error:
            problems.append(ReadProblem("skipped", "feeds", str(error)))
    return problems


def keep_fetching(settings: Settings) -> None:
    """Fetch the configured feeds now and every few minutes, in a thread that ends with the process."""
    if settings.corpus.feeds:
        Thread(target=_fetch_for_ever, args=(settings,), name="feeds", daemon=True).start()


def _fetch_for_ever(settings: Settings) -> None:
    from indexer.fetching import fetch_feeds  # noqa: PLC0415

    pause = Event()
    while True:
        try:
            for feed in fetch_feeds(settings):
                for problem in feed.problems:
                    click.echo(f"{problem.kind}: {problem}", err=True)
        except (RasadError, OSError) as error:
            click.echo(f"Error: the feeds cannot be fetched now: {error}", err=True)
        pause.wait(settings.fetch.interval * 60)
