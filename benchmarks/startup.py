"""Prints what the start of each command costs, in processor seconds, and what of it goes where.

    python benchmarks/startup.py --config FILE

FILE names an index that holds something; the article that `rasad index` adds to it is taken out again. Each
figure is the least of five, since another's work on the machine can only add to it. Clock times are printed
beside, and mean something on a quiet machine only.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode
from urllib.request import urlopen

from processes import processor

_RASAD = Path(sys.executable).with_name("rasad")
_RUNS = 5
_STAGES = """
import sys, time
begun = time.process_time()
def stage(name):
    global begun
    now = time.process_time()
    print(name, now - begun, sep="\\t")
    begun = time.process_time()
print("interpreter", begun, sep="\\t")
from pathlib import Path
from analyzers import load_analyzer
from analyzers.entities import EntityFinder
from analyzers.name_table import load_names
from analyzers.relations import Relations
from indexer.generations import open_current
from indexer.names import unpacked_names
from indexer.settings import load_settings
from indexer.workers import seldom_collecting
from searchapp.models import SearchParameters
from searchapp.search import SearchService
stage("modules")
settings = load_settings(Path(sys.argv[1]))
generation = open_current(settings)
stage("the index, opened")
analyzer = load_analyzer(generation.layer)
stage("lexicon and analyzer")
relations = Relations(analyzer)
stage("related words")
with seldom_collecting():
    names = load_names(analyzer, kept=unpacked_names(generation.names))
    finder = EntityFinder(analyzer, names)
stage("names, as they were kept")
service = SearchService(generation.engine, analyzer, relations, finder, settings.search)
service.search(SearchParameters(q=sys.argv[2]))
stage("first question")
service.search(SearchParameters(q=sys.argv[2]))
stage("the same again")
service.prepare()
stage("in the background, a second later")
with seldom_collecting():
    EntityFinder(load_analyzer(generation.layer))
stage("lexicon and names, where they were not kept")
"""


class Cost(NamedTuple):
    """Seconds of a run: of processor time, and by the clock."""

    processor: float
    clock: float


def least(run: Callable[[], Cost]) -> Cost:
    """The least of each in some runs."""
    costs = [run() for _ in range(_RUNS)]
    return Cost(min(cost.processor for cost in costs), min(cost.clock for cost in costs))


def finished(*command: str) -> Cost:
    """Run a command to its end."""
    began, used = time.perf_counter(), _ended()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return Cost(_ended() - used, time.perf_counter() - began)


def _ended() -> float:
    """Processor seconds of all processes that were started here and have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def served(config: str, question: str) -> Cost:
    """Start a server, and stop it when it has answered one question."""
    began = time.perf_counter()
    command = [str(_RASAD), "--config", config, "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[3]
        with urlopen(f"{address}/api/v1/search?{urlencode({'q': question})}") as answer:  # noqa: S310
            answer.read()
        cost = Cost(processor(server.pid), time.perf_counter() - began)
        server.terminate()
    return cost


def indexed(config: str, article: Path) -> Cost:
    """Index one article that is new."""
    article.write_text(f"وزیر خارجه روسیه در {time.time_ns()} به تهران رفت.", encoding="utf-8")
    return finished(str(_RASAD), "--config", config, "index", str(article))


def stages(config: str, question: str) -> dict[str, float]:
    """Processor seconds of each stage between a command and its first answer."""
    found: dict[str, float] = {}
    for _ in range(_RUNS):
        run = subprocess.run(
            [sys.executable, "-c", _STAGES, config, question], check=True, capture_output=True, text=True
        )
        for name, seconds in (line.split("\t") for line in run.stdout.splitlines()):
            found[name] = min(found.get(name, float("inf")), float(seconds))
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description="what a start costs, in processor seconds")
    arguments.add_argument("--config", required=True, help="settings of an index that holds something")
    arguments.add_argument("--question", default="تحریم")
    asked = arguments.parse_args()
    rasad = (str(_RASAD), "--config", asked.config)
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "news" / "article.txt"
        article.parent.mkdir()
        costs = {
            "`rasad serve`, until its first answer": least(lambda: served(asked.config, asked.question)),
            "`rasad search --json`": least(lambda: finished(*rasad, "search", asked.question, "--json")),
            "`rasad index` of one new article": least(lambda: indexed(asked.config, article)),
        }
        finished(*rasad, "index", "--forget", str(article))
    print("| command | processor s | clock s |\n|---|--:|--:|")
    for name, cost in costs.items():
        print(f"| {name} | {cost.processor:.2f} | {cost.clock:.2f} |")
    print("\n| stage | processor s |\n|---|--:|")
    for name, seconds in stages(asked.config, asked.question).items():
        print(f"| {name} | {seconds:.3f} |")


if __name__ == "__main__":
    main()
