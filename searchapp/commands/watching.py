"""Indexes again whenever the corpus changes, for a terminal and for the server."""

import multiprocessing
import signal
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import click

from analyzers.errors import RasadError
from indexer.settings import Settings
from indexer.spool import Spool
from indexer.watcher import watch_corpus
from searchapp.commands.fetching import keep_fetching
from searchapp.commands.indexing import show
from searchapp.commands.options import with_settings


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@with_settings
def watch(settings: Settings, *, paths: tuple[Path, ...]) -> None:
    """Index PATHS, or the configured corpus, and again whenever something in them changes."""
    signal.signal(signal.SIGTERM, _stop)
    follow(settings, paths)


def follow(settings: Settings, paths: Sequence[Path] = ()) -> None:
    """Watch until interrupted or, in a process that the server started, until the server is gone."""
    parent = multiprocessing.parent_process()
    alive = parent.is_alive if parent is not None else lambda: True
    if settings.corpus.feeds or settings.web.token:
        # What has yet to be fetched or posted is followed from the start.
        Spool(settings.spool)
    if not paths:
        keep_fetching(settings)
    try:
        watch_corpus(settings, paths, report=show, failed=_failed, alive=alive)
    except KeyboardInterrupt:
        pass
    except RasadError as error:
        if parent is None:
            raise
        _failed(error)


def _failed(error: RasadError) -> None:
    click.echo(f"Error: {error}", err=True)


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    """End on the signal a service manager sends just as on Ctrl+C."""
    raise KeyboardInterrupt
