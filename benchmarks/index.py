"""Builds the index of every engine from the same paragraphs, one process each, and prints what it cost.

    python benchmarks/index.py DATA --work FOLDER --paragraphs 100000

DATA holds .jsonl files of articles (``id``, ``text``, ``title``, ``date``); FOLDER keeps the indexes for
``search.py``. The other engines are given terms; Rasad reads, analyses and finds entities by itself.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
from paragraphs import Flat, analyzed, questions
from peers import PEERS, folder_of

from indexer.engines.columnar.engine import ColumnarEngine
from indexer.settings import SearchSettings

RASAD = "rasad"
WHOOSH_MOST = 100_000


class Cost(msgspec.Struct):
    """What building one index took: seconds, bytes on disk, megabytes of memory at the most."""

    name: str
    paragraphs: int
    seconds: float
    size: int
    memory: int
    text: int = 0
    engine_seconds: float = 0.0


def build_all(data: list[Path], work: Path, count: int, names: list[str]) -> list[Cost]:
    """Build what is missing, each engine in a process of its own, Rasad first because it makes the terms."""
    costs = []
    for name in [RASAD, *names]:
        kept = work / f"{name}-{count}.cost.json"
        if not kept.exists():
            command = [
                sys.executable,
                __file__,
                *map(str, data),
                "--work",
                str(work),
                "--paragraphs",
                str(count),
            ]
            subprocess.run([*command, "--only", name], check=True)
        costs.append(msgspec.json.decode(kept.read_bytes(), type=Cost))
    return costs


def table(costs: list[Cost]) -> str:
    """The costs as Markdown."""
    text = costs[0].text
    rows = [
        "| engine | paragraphs/s | index, MB | of the text | memory, MB |",
        "|---|--:|--:|--:|--:|",
    ]
    for cost in costs:
        rates = [(cost.name, cost.paragraphs / cost.seconds)]
        if cost.engine_seconds:
            rates = [
                ("Rasad, everything", cost.paragraphs / cost.seconds),
                ("Rasad, engine alone", cost.paragraphs / cost.engine_seconds),
            ]
        for name, rate in rates:
            size = f"{cost.size / 1e6:.1f} | {cost.size / text:.2f}"
            rows.append(f"| {name} | {rate:,.0f} | {size} | {cost.memory} |")
    return "\n".join(rows)


def _build_rasad(data: list[Path], work: Path, count: int) -> Cost:
    folder = folder_of(work, RASAD, count, fresh=True)
    engine = ColumnarEngine.create(folder, SearchSettings())
    titles: list[list[str]] = []
    known: set[str] = set()
    text, alone, aside = 0, 0.0, 0.0
    began = time.perf_counter()
    with (work / f"flat-{count}.jsonl").open("wb") as file, engine.batch() as batch:
        for number, article in enumerate(analyzed(data, count)):
            start = time.perf_counter()
            batch.add(article.prepared)
            alone += time.perf_counter() - start
            start = time.perf_counter()
            text += article.text
            for paragraph in article.flat:
                file.write(msgspec.json.encode(paragraph) + b"\n")
            known.update(*(paragraph.terms for paragraph in article.flat))
            if number % 7 == 0:
                titles.append(article.title)
            aside += time.perf_counter() - start
        start = time.perf_counter()
    alone += time.perf_counter() - start
    seconds = time.perf_counter() - began - aside
    asked = questions(known, titles, 189)
    (work / f"questions-{count}.json").write_text(json.dumps(asked), encoding="utf-8")
    paragraphs = engine.stats().paragraphs
    return Cost("Rasad", paragraphs, seconds, _size(folder), _memory(), text, alone)


def _build_peer(name: str, work: Path, count: int) -> Cost:
    folder = folder_of(work, name, count, fresh=True)
    peer = PEERS[name]()
    paragraphs = list(_flat(work, count)) if count <= WHOOSH_MOST else _flat(work, count)
    before = _memory()
    began = time.perf_counter()
    peer.build(folder, paragraphs)
    seconds = time.perf_counter() - began
    rasad = msgspec.json.decode((work / f"{RASAD}-{count}.cost.json").read_bytes(), type=Cost)
    return Cost(peer.name, rasad.paragraphs, seconds, _size(folder), _memory() - before)


def _flat(work: Path, count: int) -> Iterator[Flat]:
    with (work / f"flat-{count}.jsonl").open("rb") as file:
        for line in file:
            yield msgspec.json.decode(line, type=Flat)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def parser() -> argparse.ArgumentParser:
    """The arguments that building and searching share."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("data", type=Path, nargs="+", help="folders of .jsonl files of articles")
    arguments.add_argument("--work", type=Path, required=True)
    arguments.add_argument("--paragraphs", type=int, default=100_000)
    arguments.add_argument("--engines", nargs="*", choices=list(PEERS), default=list(PEERS))
    arguments.add_argument("--only", help=argparse.SUPPRESS)
    return arguments


def main() -> None:
    given = parser().parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    if given.only:
        if given.only == RASAD:
            cost = _build_rasad(given.data, given.work, given.paragraphs)
        else:
            cost = _build_peer(given.only, given.work, given.paragraphs)
        kept = given.work / f"{given.only}-{given.paragraphs}.cost.json"
        kept.write_bytes(msgspec.json.encode(cost))
        return
    print(table(build_all(given.data, given.work, given.paragraphs, given.engines)))


if __name__ == "__main__":
    main()
