"""Puts a server under load and prints how many search pages a second it serves, and how long each took.

    python benchmarks/serving.py DATA... --work FOLDER

DATA holds files that `rasad index` reads; the index is kept in FOLDER. `rasad serve` runs as it does in
production; eight clients on the loopback interface each ask one page after another over a connection kept
open. Every page is of another headline's words, with all facets, the timeline and marked snippets, so that no
answer comes from a cache.

Processor time is that of all processes of the server. The clients run on the same processors; what they took
is said below the table, with how the server's processes shared the work.
"""

import argparse
import http.client
import itertools
import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from processes import family, processor, processor_alone, resident

from indexer.article import Article
from indexer.corpus import Corpus

_RASAD = Path(sys.executable).with_name("rasad")
_WARM_UP = 3  # seconds
_FACETS = b'class="facets"'


class Load:
    """What one run gave: the seconds of every page, its bytes, and what went wrong."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.sizes: list[int] = []
        self.errors: list[str] = []
        self.seconds = 0.0
        self.processor = 0.0
        self.clients = 0.0
        self.by_process: list[float] = []

    def ask(self, host: str, asked: Iterator[str], ends: float) -> None:
        """Ask one page after another until the time is over."""
        connection = http.client.HTTPConnection(host, timeout=30)
        while time.perf_counter() < ends:
            began = time.perf_counter()
            try:
                connection.request("GET", "/?" + urlencode({"q": next(asked)}))
                response = connection.getresponse()
                body = response.read()
            except (OSError, http.client.HTTPException) as error:
                self.errors.append(repr(error))
                connection.close()
                continue
            self.times.append(time.perf_counter() - began)
            self.sizes.append(len(body))
            if response.status != http.HTTPStatus.OK or _FACETS not in body:
                self.errors.append(f"{response.status}, {len(body)} bytes")
        connection.close()

    def row(self) -> str:
        """The run as a row of the table."""
        times = sorted(1000 * each for each in self.times)
        shares = [times[min(int(len(times) * share), len(times) - 1)] for share in (0.5, 0.95, 0.99, 1)]
        cells = [
            f"{len(times) / self.seconds:.0f}",
            *(f"{each:.0f}" for each in shares),
            f"{len(self.errors)}",
            f"{1000 * self.processor / len(times):.1f}",
            f"{sum(self.sizes) / len(times) / 1000:.0f}",
        ]
        return f"| {' | '.join(cells)} |"


def questions(data: list[Path], wanted: int) -> list[str]:
    """Different headlines of four to twelve words."""
    read = Corpus(data, (), Path.cwd()).read()
    titles = {article.title for article in read if isinstance(article, Article)}
    fitting = sorted(title for title in titles if 4 <= len(title.split()) <= 12)
    return random.Random(1).sample(fitting, min(wanted, len(fitting)))  # noqa: S311 - repeatable


def load(url: str, pid: int, asked: Iterator[str], clients: int, seconds: float) -> Load:
    """Let all clients ask at once for some seconds."""
    found = Load()
    host, before, own = urlsplit(url).netloc, processor(pid), time.process_time()
    each_before = {each: processor_alone(each) for each in family(pid)}
    began = time.perf_counter()
    threads = [
        threading.Thread(target=found.ask, args=(host, asked, began + seconds)) for _ in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.seconds = time.perf_counter() - began
    found.processor, found.clients = processor(pid) - before, time.process_time() - own
    found.by_process = [processor_alone(each) - spent for each, spent in each_before.items()]
    return found


def settle(url: str, pid: int, asked: Iterator[str]) -> None:
    """Ask until the processes are those that stay; prepared ones take over soon after the start."""
    before: list[int] = []
    while before != (before := family(pid)):
        load(url, pid, asked, 1, _WARM_UP)


def serve(config: Path) -> tuple[subprocess.Popen[str], str]:
    """Start a server on a free port and wait for it to say where it is."""
    command = [_RASAD, "serve", "--port", "0", "--config", config]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    line = server.stdout.readline()
    return server, next(word for word in line.split() if word.startswith("http://"))


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("data", type=Path, nargs="+")
    arguments.add_argument("--work", type=Path, required=True)
    arguments.add_argument("--clients", type=int, default=8)
    arguments.add_argument("--seconds", type=float, default=20)
    arguments.add_argument("--rounds", type=int, default=2)
    given = arguments.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    config = given.work / "serving.toml"
    paths = json.dumps([str(path.resolve()) for path in given.data])
    config.write_text(f'[corpus]\npaths = {paths}\n[index]\npath = "serving"\n', encoding="utf-8")
    subprocess.run([_RASAD, "index", "--config", config], check=True, stderr=subprocess.DEVNULL)
    asked = itertools.cycle(questions(given.data, 20_000))
    server, url = serve(config)
    try:
        fresh = resident(server.pid)
        settle(url, server.pid, asked)
        print("| pages/s | p50, ms | p95 | p99 | max | errors | processor ms a page | kB a page |")
        print(f"|{'--:|' * 8}")
        for _ in range(given.rounds):
            found = load(url, server.pid, asked, given.clients, given.seconds)
            print(found.row())
            for error in found.errors[:3]:
                print(error, file=sys.stderr)
        shares = ", ".join(f"{each / max(found.processor, 0.01):.0%}" for each in found.by_process)
        clients = 1000 * found.clients / len(found.times)
        print(f"\nThe clients took {clients:.1f} ms of processor time a page.")
        print(f"Of the server's, each of its processes took {shares}.")
        print(f"Memory of the server: {fresh} MB when it started, {resident(server.pid)} MB in the end.")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


if __name__ == "__main__":
    main()
