"""Measures the search against judgements, so that a change of analyzer or ranking shows in numbers."""

import sys
from pathlib import Path
from typing import get_args

import click
import msgspec
from rich.console import Console

from indexer.settings import Settings
from indexer.update import Progress
from searchapp.commands.options import json_option, with_settings
from searchapp.evaluation import Spacing
from searchapp.evaluation import evaluate as measure


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--spacing",
    type=click.Choice(get_args(Spacing)),
    default="original",
    show_default=True,
    help="Respell the documents with their zero-width non-joiners dropped or made spaces.",
)
@json_option
@with_settings
def evaluate(settings: Settings, *, folder: Path, spacing: Spacing, as_json: bool) -> None:
    """Index DIR's docs.jsonl aside, ask its queries.jsonl and measure the rankings by its qrels.tsv.

    Without a docs.jsonl the judgements are about the configured corpus.
    """
    console = Console(stderr=True, highlight=False)
    with console.status("reading") as status:

        def advance(progress: Progress) -> None:
            status.update(f"{progress.stage} {progress.done:,}")

        evaluation = measure(folder, settings, spacing, advance)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(evaluation) + b"\n")
        return
    click.echo(
        f"{evaluation.queries:,} queries over {evaluation.documents:,} documents, {evaluation.spacing}"
    )
    for name, value in msgspec.to_builtins(evaluation).items():
        if isinstance(value, float):
            click.echo(f"{name:8} {value:.4f}")
