"""Measures what keeping an index of a whole corpus costs: memory, time, and how soon a new article is found.

    python benchmarks/corpus.py --work FOLDER DATA…

DATA are folders of articles, which are only read; the index is made anew below FOLDER. Everything is asked of
the real command, in processes of its own; memory is that of all of them together.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from indexer.settings import CorpusSettings

RASAD = Path(sys.executable).with_name("rasad")
SAMPLE_SECONDS = 0.2
# Words that no corpus holds, so that finding one is finding the article just added.
WORDS = [f"قزرسدان{letter}" for letter in "ابپتثجچ"]


def processes(root: int) -> Iterator[int]:
    """Yield a process and all that it started."""
    yield root
    for task in Path(f"/proc/{root}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from processes(int(child))


def memory(root: int) -> int:
    """The kilobytes that a process and its children hold, each as the system counts it for itself."""
    held = 0
    try:
        for process in processes(root):
            status = Path(f"/proc/{process}/status").read_text()
            held += sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))
    except OSError:
        pass  # one of them has just ended
    return held


class Desk:
    """A folder with a configuration, where the command is run."""

    def __init__(self, work: Path, data: list[Path], jobs: int) -> None:
        self.folder = work.resolve() / "corpus"
        self.jobs = jobs
        self.data = [path.resolve() for path in data]
        shutil.rmtree(self.folder, ignore_errors=True)
        self.added = self.folder / "added"
        self.added.mkdir(parents=True)
        paths = json.dumps([*map(str, self.data), "added"])
        (self.folder / "config.toml").write_text(f"[corpus]\npaths = {paths}\n", encoding="utf-8")

    def index(self, *arguments: str) -> tuple[dict[str, object], float, int]:
        """Index; gives what the command said, the seconds it took and the megabytes it held at the most."""
        began, most = time.perf_counter(), 0
        command = [RASAD, "index", "--json", "--jobs", str(self.jobs), *arguments]
        with subprocess.Popen(command, cwd=self.folder, stdout=subprocess.PIPE) as run:
            done = threading.Event()

            def sample() -> None:
                nonlocal most
                while not done.wait(SAMPLE_SECONDS):
                    most = max(most, memory(run.pid))

            sampler = threading.Thread(target=sample)
            sampler.start()
            output, _ = run.communicate()
            seconds = time.perf_counter() - began
            done.set()
            sampler.join()
        return json.loads(output), seconds, most // 1024

    def write(self, word: str) -> str:
        """Add an article by the name of its word."""
        file = self.added / f"{word}.txt"
        file.write_text(f"وزیر امور خارجهٔ {word} به تهران آمد.\n", encoding="utf-8")
        return str(file)

    def files(self) -> int:
        """Count the files below the data, those left out by the settings aside."""
        return sum(1 for path in self.data for _ in _files(path))


def _files(folder: Path) -> Iterator[Path]:
    exclude = CorpusSettings().exclude
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not any(fnmatch(name, each) for each in exclude)]
        yield from (Path(parent, name) for name in names if not any(fnmatch(name, each) for each in exclude))


def first_run(desk: Desk) -> list[tuple[str, str]]:
    """Index everything, and account for every file."""
    report, seconds, most = desk.index()
    problems = [*report["skipped"], *report["failed"]]  # type: ignore[misc]
    unread = {problem["path"] for problem in problems if problem["line"] is None}
    stats = json.loads(subprocess.check_output([RASAD, "stats", "--json"], cwd=desk.folder))
    return [
        ("articles, paragraphs", f"{stats['articles']:,}, {stats['paragraphs']:,}"),
        ("first run, s", f"{seconds:.1f}"),
        ("memory of all processes at the most, MB", f"{most:,}"),
        ("files", f"{desk.files()}"),
        ("of them read, skipped or failed", f"{report['files']} + {len(unread)}"),
        ("articles that failed, each with its file and line", f"{len(report['failed'])}"),  # type: ignore[arg-type]
    ]


def later_runs(desk: Desk) -> list[tuple[str, str]]:
    """Run again with nothing new, and then with one new article at a time."""
    report, seconds, _ = desk.index()
    assert (report["new"], report["changed"], report["removed"]) == (0, 0, 0)
    times = []
    for word in WORDS[:3]:
        report, took, _ = desk.index(desk.write(word))
        assert report["new"] == 1
        times.append(took)
    return [
        ("second run, nothing to do, s", f"{seconds:.1f}"),
        ("`rasad index FILE`, one new article, s", f"{min(times):.2f} to {max(times):.2f}"),
    ]


def watched(desk: Desk) -> list[tuple[str, str]]:
    """Put files into the folder of a running server, and ask until they are found."""
    command = [RASAD, "serve", "--watch", "--port", "0"]
    with subprocess.Popen(command, cwd=desk.folder, stdout=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[3]
        server.stdout.readline()  # the first update is done
        found, asked = [], []
        total(address, "تهران")
        for word in WORDS[3:]:
            desk.write(word)
            began = time.perf_counter()
            while True:
                start = time.perf_counter()
                held = total(address, word)
                asked.append(time.perf_counter() - start)
                if held:
                    break
                time.sleep(0.01)
            found.append(time.perf_counter() - began)
        server.terminate()
    return [
        (
            "a file dropped before `rasad serve --watch`, found after s",
            f"{min(found):.2f} to {max(found):.2f}",
        ),
        ("slowest answer meanwhile, ms", f"{max(asked) * 1000:.0f}"),
    ]


def total(address: str, query: str) -> int:
    """Ask the server how many paragraphs match."""
    question = f"{address}/api/v1/search?q={urllib.parse.quote(query)}&literal=1"
    with urllib.request.urlopen(question) as response:  # noqa: S310
        answer = json.load(response)
    found: int = answer["total"] if answer["query"] == query else 0
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("data", type=Path, nargs="+")
    arguments.add_argument("--work", type=Path, required=True)
    arguments.add_argument("--jobs", type=int, default=2)
    given = arguments.parse_args()
    desk = Desk(given.work, given.data, given.jobs)
    print("| what | measured |\n|---|--:|")
    for measure in (first_run, later_runs, watched):
        for name, value in measure(desk):
            print(f"| {name} | {value} |", flush=True)


if __name__ == "__main__":
    main()
