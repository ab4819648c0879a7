"""Builds the index of every engine from the same paragraphs, one process each, and prints what it cost.

    python benchmarks/index.py DATA... --work FOLDER --paragraphs 100000

DATA are files and folders of articles that Rasad reads; FOLDER keeps the indexes for ``search.py``.
Rasad's is built by ``rasad index`` with all that it does: reading, learning, analysis, entities, duplicates,
verifying. The other engines are given terms and only index them.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import msgspec
from paragraphs import flat_paragraphs, questions, write_corpus
from peers import INSTALLED, PEERS, folder_of
from processes import Peak

from indexer.engines.columnar.engine import ColumnarEngine
from indexer.generations import OpenGeneration, open_current
from indexer.settings import load_settings

RASAD = "rasad"
WHOOSH_MOST = 100_000
_QUESTIONS = 189


class Cost(msgspec.Struct):
    """What building one index took: seconds of the clock and of processors, bytes on disk, megabytes."""

    name: str
    paragraphs: int
    seconds: float
    processor: float
    size: int
    memory: int
    text: int = 0


def build_all(data: list[Path], work: Path, count: int, names: list[str]) -> list[Cost]:
    """Build what is missing, each engine in a process of its own, Rasad first because it makes the terms."""
    costs = []
    for name in [RASAD, *names]:
        kept = work / f"{name}-{count}.cost.json"
        if not kept.exists():
            command = [sys.executable, __file__, *map(str, data), "--work", str(work)]
            subprocess.run([*command, "--paragraphs", str(count), "--only", name], check=True)
        costs.append(msgspec.json.decode(kept.read_bytes(), type=Cost))
    return costs


def table(costs: list[Cost]) -> str:
    """The costs as Markdown."""
    text = costs[0].text
    rows = [
        "| engine | paragraphs/s | of processor time | index, MB | of the text | memory, MB |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for cost in costs:
        rates = f"{cost.paragraphs / cost.seconds:,.0f} | {cost.paragraphs / cost.processor:,.0f}"
        size = f"{cost.size / 1e6:.1f} | {cost.size / text:.2f}"
        rows.append(f"| {cost.name} | {rates} | {size} | {cost.memory} |")
    return "\n".join(rows)


def rasad_index(work: Path, count: int) -> OpenGeneration:
    """Open the index that Rasad has built."""
    return open_current(load_settings(work / f"{RASAD}-{count}.toml"))


def engine_of(generation: OpenGeneration) -> ColumnarEngine:
    """The engine itself, which this benchmark asks without the product around it."""
    engine = generation.engine
    assert isinstance(engine, ColumnarEngine)
    return engine


def _build_rasad(data: list[Path], work: Path, count: int) -> Cost:
    corpus, config = work / f"corpus-{count}.jsonl", work / f"{RASAD}-{count}.toml"
    text = write_corpus(data, count, corpus)
    folder = folder_of(work, RASAD, count, fresh=True)
    config.write_text(
        f'[corpus]\npaths = ["{corpus.name}"]\n[index]\npath = "{folder.name}"\n', encoding="utf-8"
    )
    rasad = Path(sys.executable).with_name("rasad")
    began = time.perf_counter()
    running = subprocess.Popen([rasad, "index", "--json", "--config", config], stdout=subprocess.DEVNULL)
    peak = Peak(running.pid)
    peak.start()
    if running.wait():
        raise SystemExit("rasad index has failed")
    seconds, memory = time.perf_counter() - began, peak.stop()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    generation = rasad_index(work, count)
    asked = questions(engine_of(generation).snapshot(), _QUESTIONS)
    (work / f"questions-{count}.json").write_text(json.dumps(asked), encoding="utf-8")
    paragraphs = generation.engine.stats().paragraphs
    return Cost("Rasad", paragraphs, seconds, used.ru_utime + used.ru_stime, _size(folder), memory, text)


def _build_peer(name: str, work: Path, count: int) -> Cost:
    folder = folder_of(work, name, count, fresh=True)
    peer = PEERS[name]()
    flat = flat_paragraphs(engine_of(rasad_index(work, count)).snapshot())
    paragraphs = list(flat) if count <= WHOOSH_MOST else flat
    before = resource.getrusage(resource.RUSAGE_SELF)
    began, used = time.perf_counter(), time.process_time()
    peer.build(folder, paragraphs)
    seconds, used = time.perf_counter() - began, time.process_time() - used
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before.ru_maxrss) // 1024
    rasad = msgspec.json.decode((work / f"{RASAD}-{count}.cost.json").read_bytes(), type=Cost)
    return Cost(peer.name, rasad.paragraphs, seconds, used, _size(folder), memory)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def parser() -> argparse.ArgumentParser:
    """The arguments that building and searching share."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("data", type=Path, nargs="+")
    arguments.add_argument("--work", type=Path, required=True)
    arguments.add_argument("--paragraphs", type=int, default=100_000)
    arguments.add_argument("--engines", nargs="*", choices=list(PEERS), default=list(PEERS))
    arguments.add_argument("--only", help=argparse.SUPPRESS)
    return arguments


def wanted(given: argparse.Namespace) -> list[str]:
    """The engines to compare with, leaving out, and saying so, what is not installed or takes too long."""
    names = []
    for name in given.engines:
        if name not in INSTALLED:
            print(f"{PEERS[name].name} is left out: pip install -e '.[bench]' installs it.", file=sys.stderr)
        elif name == "whoosh" and given.paragraphs > WHOOSH_MOST:
            print("Stock Whoosh is left out: it takes too long for so many paragraphs.", file=sys.stderr)
        else:
            names.append(name)
    return names


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
    print(table(build_all(given.data, given.work, given.paragraphs, wanted(given))))


if __name__ == "__main__":
    main()
