"""Brings the index up to date from a terminal, showing how far it is and what it could not take."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

import click
import msgspec

from analyzers.errors import RasadError
from indexer.readers import ReadProblem
from indexer.rollback import roll_back
from indexer.settings import Settings
from indexer.update import Progress, UpdateReport, update
from searchapp.commands.fetching import fetch, is_address
from searchapp.commands.options import json_option, with_settings


class NothingIndexedError(RasadError):
    """A run that could take none of its articles; what was wrong with each was said before."""


class InterruptedRunError(RasadError):
    """A run that was ended by the person who began it."""


class Problem(msgspec.Struct, frozen=True):
    """A file or line that was not taken as it stands."""

    path: str
    line: int | None
    message: str


class Summary(msgspec.Struct, frozen=True):
    """What an update did, in articles; ``skipped``, ``failed`` and ``noticed`` name files and lines.

    ``files`` counts those that an article was read from. Every file is one of them or named.
    """

    new: int
    changed: int
    removed: int
    unchanged: int
    moved: int
    files: int
    skipped: list[Problem]
    failed: list[Problem]
    noticed: list[Problem]
    generation: int
    rebuilt: str
    seconds: float


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--rebuild", is_flag=True, help="Build the whole index anew, beside the one that answers.")
@click.option("--relearn", is_flag=True, help="Learn the corpus's words anew; rebuilds when they differ.")
@click.option("--forget", multiple=True, metavar="PATH", help="Drop a path given before, and its articles.")
@click.option("--rollback", is_flag=True, help="Let the generation before the current one answer again.")
@click.option("--jobs", type=click.IntRange(1), help="Processes that analyse; one a processor by default.")
@json_option
@with_settings
def index(
    settings: Settings,
    *,
    paths: tuple[str, ...],
    rebuild: bool,
    relearn: bool,
    forget: tuple[str, ...],
    rollback: bool,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Index new, changed and deleted articles of PATHS, or of the configured corpus and its feeds.

    The address of a feed will do for a path: its articles are fetched now, and kept.
    """
    if rollback:
        if paths or rebuild or relearn or forget:
            raise click.UsageError("--rollback indexes nothing; leave PATHS and the other options out")
        _roll_back(settings, as_json=as_json)
        return
    if forget and paths:
        raise click.UsageError("--forget brings the whole index up to date; leave PATHS out")
    began = time.perf_counter()
    feeds = [path for path in paths if is_address(path)]
    places = [Path(path) for path in paths if not is_address(path)]
    if feeds:
        places.append(settings.spool)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    try:
        with _progress_shown(shown=not as_json and sys.stderr.isatty()) as show:

            def advance(progress: Progress) -> None:
                show(progress.stage, progress.done, progress.total)

            def fetching(feed: str, entry: int) -> None:
                show(f"fetching {urlsplit(feed).hostname}", entry, None)

            problems = fetch(settings, feeds if paths else settings.corpus.feeds, fetching)
            report = update(
                settings,
                places,
                rebuild=rebuild,
                relearn=relearn,
                forget=[Path(path) for path in forget],
                jobs=jobs,
                progress=advance,
            )
    except KeyboardInterrupt:
        raise InterruptedRunError(
            "interrupted; nothing is lost, and the next `rasad index` goes on from here"
        ) from None
    report = msgspec.structs.replace(report, problems=[*problems, *report.problems])
    summary = _summary(report, time.perf_counter() - began)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(summary) + b"\n")
    else:
        _show(summary, report.problems)
    taken = report.new + report.changed + report.moved + report.unchanged
    if summary.failed and not taken:
        raise NothingIndexedError(f"no article could be read: {report.problems[0]}")


@contextmanager
def _progress_shown(*, shown: bool) -> Iterator[Callable[[str, int, int | None], None]]:
    """Show how far a run is on a terminal, whose libraries are loaded for nothing else."""
    if not shown:
        yield lambda _stage, _done, _total: None
        return
    from searchapp.commands.progress import progress_bar  # noqa: PLC0415

    with progress_bar() as show:
        yield show


def _interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    """End the run in good order on the first Ctrl+C, at once on the second."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    raise KeyboardInterrupt


def _roll_back(settings: Settings, *, as_json: bool) -> None:
    done = roll_back(settings)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(done) + b"\n")
        return
    instead = "" if done.left is None else f" instead of {done.left}"
    held = f"{done.articles:,} articles, {done.paragraphs:,} paragraphs"
    click.echo(f"Generation {done.generation} answers now{instead}: {held}.")
    if done.stale:
        click.echo("It follows other rules than today's: the next `rasad index` builds a new generation.")


def _summary(report: UpdateReport, seconds: float) -> Summary:
    def problems(kind: str) -> list[Problem]:
        found = [problem for problem in report.problems if problem.kind == kind]
        return [Problem(os.fspath(problem.path), problem.line, problem.message) for problem in found]

    return Summary(
        new=report.new,
        changed=report.changed,
        removed=report.gone,
        unchanged=report.unchanged,
        moved=report.moved,
        files=report.files,
        skipped=problems("skipped"),
        failed=problems("failed"),
        noticed=problems("noticed"),
        generation=report.generation,
        rebuilt=report.built,
        seconds=round(seconds, 3),
    )


def show(report: UpdateReport, seconds: float) -> None:
    """Say on a terminal what an update did."""
    _show(_summary(report, seconds), report.problems)


def _show(summary: Summary, problems: Sequence[ReadProblem]) -> None:
    """Name every problem on stderr, then sum up in one line on stdout."""
    for problem in problems:
        click.echo(f"{problem.kind}: {problem}", err=True)
    counts = {
        "new": summary.new,
        "changed": summary.changed,
        "removed": summary.removed,
        "unchanged": summary.unchanged,
        "skipped": len(summary.skipped),
        "failed": len(summary.failed),
    }
    if summary.moved:
        counts["moved"] = summary.moved
    line = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    click.echo(f"{line} (generation {summary.generation}, {summary.seconds:.1f} s)")
