"""Analysis as a filter: one line in, one JSON line out, so that other programs can keep a pipe open to it."""

import sys
from collections.abc import Callable, Iterable, Iterator

import click
import msgspec

from analyzers import PersianAnalyzer, load_analyzer
from analyzers.entities import Entity
from analyzers.topics import TopicGrounds, without_people
from indexer.enrichment import load_finders
from indexer.generations import Generation, Generations
from indexer.settings import Settings
from searchapp.commands.options import json_option, with_settings
from searchapp.models import EntityMention, TopicLabel

base_option = click.option("--base", is_flag=True, help="Leave out what was learned from the corpus.")


class AnalyzedToken(msgspec.Struct, frozen=True):
    """A token as ``rasad analyze`` prints it; offsets count code points of the line."""

    term: str
    start: int
    end: int
    position: int


class Analysis(msgspec.Struct, frozen=True):
    """What ``rasad analyze`` answers to a line."""

    tokens: list[AnalyzedToken]


class Findings(msgspec.Struct, frozen=True):
    """What ``rasad entities`` answers to a line."""

    entities: list[EntityMention]
    topics: list[TopicLabel]


@click.command()
@base_option
@json_option
@click.option("--explain", is_flag=True, help="Print what each step gives, for a person to read.")
@with_settings
def analyze(settings: Settings, *, base: bool, as_json: bool, explain: bool) -> None:  # noqa: ARG001
    """Read lines on stdin, print the tokens of each as a JSON line."""
    generation = _generation(settings, base=base)
    analyzer = load_analyzer(generation.layer if generation else None)
    if explain:
        for line in _lines():
            _explain(analyzer, line)
        return

    def answer(line: str) -> Analysis:
        return Analysis(
            [
                AnalyzedToken(token.term, token.start, token.end, token.position)
                for token in analyzer.analyze(line)
            ]
        )

    _each_line(answer)


@click.command()
@base_option
@json_option
@click.option("--explain", is_flag=True, help="Print why each was found, for a person to read.")
@with_settings
def entities(settings: Settings, *, base: bool, as_json: bool, explain: bool) -> None:  # noqa: ARG001
    """Read lines on stdin, print who, where and what each speaks of as a JSON line."""
    generation = _generation(settings, base=base)
    analyzer = load_analyzer(generation.layer if generation else None)
    finder, topics = load_finders(analyzer, settings.analysis, generation.names if generation else b"")
    if explain:
        for line in _lines():
            tokens = analyzer.analyze(line)
            grounds = finder.grounds(line, tokens)
            _explain_entities(line, grounds)
            _explain_topics(topics.grounds(without_people(tokens, [entity for entity, _ in grounds])))
            click.echo()
        return

    def answer(line: str) -> Findings:
        tokens = analyzer.analyze(line)
        found = finder.find(line, tokens)
        about = topics.find(without_people(tokens, found))
        return Findings(
            [EntityMention(*msgspec.structs.astuple(entity)) for entity in found],
            [TopicLabel(*topic) for topic in about],
        )

    _each_line(answer)


def _explain(analyzer: PersianAnalyzer, line: str) -> None:
    for step, parts in analyzer.steps(line):
        click.echo(f"{step:8}{' | '.join(parts)}")
    click.echo()


def _explain_entities(line: str, found: Iterable[tuple[Entity, str]]) -> None:
    for entity, why in found:
        name = line[entity.start : entity.end]
        where = f"{name} [{entity.start}:{entity.end}]"
        click.echo(f"{entity.type:13}{where} is {entity.label} ({entity.id}), by {entity.via}: {why}")


def _explain_topics(found: Iterable[TopicGrounds]) -> None:
    for topic, cues, needed in found:
        weighed = " + ".join(f"{cue} {weight}" for cue, weight in cues)
        score = sum(weight for _, weight in cues)
        verdict = "enough" if score >= needed else "not enough"
        click.echo(f"{'topic':13}{topic.label} ({topic.id}): {weighed} = {score} of {needed}, {verdict}")


def _generation(settings: Settings, *, base: bool) -> Generation | None:
    """Give the generation whose corpus layer counts, ``None`` where none does."""
    return None if base else Generations(settings.index.path).current()


def _lines() -> Iterator[str]:
    """Yield the lines of stdin as they come; bytes that are no UTF-8 are read as U+FFFD, not refused."""
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", "replace").removesuffix("\n")


def _each_line(answer: Callable[[str], msgspec.Struct]) -> None:
    """Answer every line as soon as it is read."""
    encode = msgspec.json.encode
    output = sys.stdout.buffer
    for line in _lines():
        output.write(encode(answer(line)) + b"\n")
        output.flush()
