"""Asks every engine the same questions, one process each, and prints how long the answers took.

    python benchmarks/search.py DATA... --work FOLDER --paragraphs 100000

Indexes are built by ``index.py`` where they are missing. A question is a headline's words: any of them, its
first three together, its first two as a phrase, or its first three letters as a prefix. Every engine answers
with ten stored paragraphs and the matches of every country. "Rasad, four facets and snippets" ranks
paragraphs as the others do and adds topics, persons, organizations, the timeline and ten marked snippets;
"Rasad, whole page" answers with articles and their further paragraphs, all facets, the timeline and marked
snippets.

Times are the processor's, and of all times that a question was asked the least counts: on a machine that does
other work too, this is what the clock would show on a quiet one.
"""

import gc
import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from index import RASAD, WHOOSH_MOST, build_all, engine_of, parser, rasad_index, table, wanted
from peers import KINDS, PEERS, folder_of
from processes import resident
from whoosh import query

from analyzers import load_analyzer
from indexer.engine import SearchRequest
from searchapp.snippets import Marker, snippet_html

FACETED = "faceted"
PAGE = "page"
# Whoever takes seconds an answer is asked fewer questions, once.
_FEW_QUESTIONS = 10

Ask = Callable[[str, list[str], int], Any]


# What a row of Rasad's asks for; ``turn`` makes each pass another request, so that none comes from a cache.
_REQUESTS: dict[str, Callable[[query.Query, int], SearchRequest]] = {
    RASAD: lambda asked, turn: SearchRequest(
        query=asked, group="paragraph", facets=("country",), facet_size=300 + turn
    ),
    FACETED: lambda asked, turn: SearchRequest(
        query=asked,
        group="paragraph",
        facets=("country", "topic", "person", "organization"),
        facet_size=10 + turn,
    ),
    PAGE: lambda asked, turn: SearchRequest(query=asked, facet_size=10 + turn),
}


def _rasad(name: str, work: Path, count: int) -> Ask:
    """Rasad's engine, with marked snippets but in the plain row."""
    generation = rasad_index(work, count)
    engine = engine_of(generation)
    analyzer = None if name == RASAD else load_analyzer(generation.layer)

    def ask(kind: str, words: list[str], turn: int) -> Any:
        terms = [word.replace("_", "\u200c") for word in words]
        each = [query.Term("text", term) for term in terms]
        asked = {
            "or": query.Or(each),
            "and": query.And(each[:3]),
            "phrase": query.Phrase("text", terms[:2]),
            "prefix": query.Prefix("text", terms[0][:3]),
        }[kind]
        response = engine.search(_REQUESTS[name](asked, turn))
        if analyzer is None:
            return response
        marker, texts = Marker(analyzer, asked), [hit.document.text for hit in response.hits]
        return response, [snippet_html(text, marker.marks(text)) for text in texts]

    return ask


def _peer(name: str, folder: Path) -> Ask:
    peer = PEERS[name]()
    peer.open(folder)
    return lambda kind, words, _turn: peer.ask(kind, words)


def measure(name: str, work: Path, count: int, passes: int) -> dict[str, Any]:
    """Ask all questions, once to warm up and then ``passes`` times; gives each one's least milliseconds."""
    asked: list[list[str]] = json.loads((work / f"questions-{count}.json").read_text(encoding="utf-8"))
    began = time.perf_counter()
    if name in _REQUESTS:
        ask = _rasad(name, work, count)
    else:
        ask = _peer(name, folder_of(work, name, count, fresh=False))
    opened = (time.perf_counter() - began) * 1000
    turns = range(passes + 1)
    if name == "whoosh" or (name == "fts5" and count > WHOOSH_MOST):
        asked, turns = asked[:_FEW_QUESTIONS], range(1)
    times: dict[str, list[float]] = {}
    for kind in KINDS:
        least = [math.inf] * len(asked)
        for turn in turns:
            for at, words in enumerate(asked):
                start = time.process_time()
                ask(kind, words, turn)
                if turn or len(turns) == 1:
                    least[at] = min(least[at], (time.process_time() - start) * 1000)
            # As the server does once its index is open.
            gc.collect()
            gc.freeze()
        times[kind] = least
    return {"name": name, "opened": opened, "memory": resident(os.getpid()), "times": times}


def _rows(rounds: list[dict[str, Any]]) -> str:
    labels = {RASAD: "Rasad", FACETED: "Rasad, four facets and snippets", PAGE: "Rasad, whole page"}
    labels |= {name: peer.name for name, peer in PEERS.items()}
    head = " | ".join(f"{kind} p50 / p95 / max" for kind in KINDS)
    rows = [f"| engine | {head} | memory, MB |", f"|---{'|--:' * (len(KINDS) + 1)}|"]
    for name in dict.fromkeys(each["name"] for each in rounds):
        own = [each for each in rounds if each["name"] == name]
        cells = []
        for kind in KINDS:
            times = sorted(map(min, zip(*(each["times"][kind] for each in own), strict=True)))
            p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
            cells.append(f"{p50:.2f} / {p95:.2f} / {times[-1]:.1f}")
        rows.append(f"| {labels[name]} | {' | '.join(cells)} | {max(each['memory'] for each in own)} |")
    return "\n".join(rows)


def main() -> None:
    arguments = parser()
    arguments.description = __doc__
    arguments.add_argument("--passes", type=int, default=4)
    arguments.add_argument("--rounds", type=int, default=2)
    given = arguments.parse_args()
    if given.only:
        print(json.dumps(measure(given.only, given.work, given.paragraphs, given.passes)))
        return
    given.work.mkdir(parents=True, exist_ok=True)
    names = wanted(given)
    costs = build_all(given.data, given.work, given.paragraphs, names)
    print(f"{costs[0].paragraphs:,} paragraphs\n\n{table(costs)}\n")
    rounds = []
    # Engines take turns, so that what else the machine does falls on all of them.
    for turn in range(given.rounds):
        for name in [*_REQUESTS, *names]:
            if name == "whoosh" and turn:
                continue
            command = [sys.executable, __file__, *sys.argv[1:], "--only", name]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            rounds.append(json.loads(done.stdout))
    print(_rows(rounds))


if __name__ == "__main__":
    main()
