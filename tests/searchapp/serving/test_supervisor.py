"""Several real processes behind one address; waits are for processes to end and for lines they write."""

import http.client
import os
import re
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import msgspec
import pytest
from prometheus_client.parser import text_string_to_metric_families

from searchapp.serving.supervisor import process_count

from ...conftest import RASAD

PATIENCE = 120
PROCESSES = 2
LINUX = sys.platform == "linux"

pytestmark = pytest.mark.skipif(not LINUX, reason="processes are forked on Linux alone")


class Server:
    """``rasad serve`` with several workers, after they were replaced by prepared ones."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [RASAD, "serve", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            encoding="utf-8",
            env=os.environ | {"RASAD_WEB__PROCESSES": str(PROCESSES)},
        )
        self._patience = threading.Timer(PATIENCE, self.process.kill)
        self._patience.start()
        assert self.process.stdout is not None
        found = re.search(r"http://[\d.]+:\d+", self.process.stdout.readline())
        assert found is not None
        self.host = urlsplit(found[0]).netloc
        first = self.workers(lambda workers: len(workers) >= PROCESSES)
        self.replaced(first[:PROCESSES])

    def workers(self, wanted: Callable[[list[int]], bool]) -> list[int]:
        """Look at the workers until they are as wanted."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        ends = time.monotonic() + PATIENCE
        while not wanted(workers := sorted(map(int, children.read_text().split()))):
            assert time.monotonic() < ends, workers
            time.sleep(0.01)  # a process that begins is no event to others
        return workers

    def replaced(self, former: list[int]) -> list[int]:
        """Wait until others work in place of these."""
        return self.workers(lambda now: len(now) == PROCESSES and not set(former) & set(now))

    def get(self, path: str, connection: http.client.HTTPConnection | None = None, **query: str) -> bytes:
        asked = connection or http.client.HTTPConnection(self.host, timeout=PATIENCE)
        asked.request("GET", f"{path}?{urlencode(query)}")
        response = asked.getresponse()
        body = response.read()
        assert response.status == 200, body
        if connection is None:
            asked.close()
        return body

    def total(self, question: str) -> int:
        answer = msgspec.json.decode(self.get("/api/v1/search", q=question))
        return int(answer["total"])

    def generation(self) -> int:
        return int(msgspec.json.decode(self.get("/healthz"))["generation"])

    def counted(self, route: str) -> float:
        families = text_string_to_metric_families(self.get("/metrics").decode())
        return sum(
            sample.value
            for family in families
            for sample in family.samples
            if sample.name == "rasad_http_requests_total" and sample.labels["route"] == route
        )

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        if self.process.poll() is None:
            self.process.send_signal(number)
        _, said = self.process.communicate(timeout=PATIENCE)
        self._patience.cancel()
        return self.process.returncode, said


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "one.txt").write_text("روسیه و ایران دربارهٔ تحریم‌ها رایزنی کردند.\n", encoding="utf-8")
    (tmp_path / "config.toml").write_text('[corpus]\npaths = ["corpus"]\n', encoding="utf-8")
    subprocess.run([RASAD, "index"], cwd=tmp_path, check=True, capture_output=True, timeout=PATIENCE)
    server = Server(tmp_path)
    yield server
    server.end()


def ended(process: int) -> bool:
    """Wait for a process that is not ours to end."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    with os.fdopen(handle, "rb"):
        return bool(select.select([handle], [], [], PATIENCE)[0])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_all_processes_end_quietly(server: Server, number: signal.Signals) -> None:
    workers = server.workers(lambda workers: len(workers) == PROCESSES)
    assert server.total("تحریم") == 1
    assert server.end(number) == (0, "")
    assert all(map(ended, workers))


def test_a_killed_supervisor_leaves_no_process_behind(server: Server) -> None:
    workers = server.workers(lambda workers: len(workers) == PROCESSES)
    server.end(signal.SIGKILL)
    assert all(map(ended, workers))


def test_when_a_process_is_killed_the_others_answer_until_a_whole_group_does(server: Server) -> None:
    before = server.workers(lambda workers: len(workers) == PROCESSES)
    os.kill(before[0], signal.SIGKILL)
    assert ended(before[0])
    assert [server.total("تحریم") for _ in range(10)] == [1] * 10
    server.replaced(before)
    assert [server.total("تحریم") for _ in range(10)] == [1] * 10
    status, said = server.end()
    assert status == 0
    assert said == f"Error: process {before[0]} ended with status -9; another takes its place\n"


def test_processes_end_also_while_others_begin(server: Server) -> None:
    before = server.workers(lambda workers: len(workers) == PROCESSES)
    os.kill(before[0], signal.SIGKILL)
    both = server.workers(lambda workers: before[0] not in workers and len(workers) == PROCESSES)
    assert server.end()[0] == 0
    assert all(map(ended, both))


def test_a_rebuild_is_taken_over_while_clients_keep_asking(server: Server) -> None:
    before = server.workers(lambda workers: len(workers) == PROCESSES)
    over = threading.Event()
    totals: list[int] = []
    problems: list[BaseException] = []

    def ask() -> None:
        connection = http.client.HTTPConnection(server.host, timeout=PATIENCE)
        try:
            while not over.is_set():
                answer = msgspec.json.decode(server.get("/api/v1/search", connection, q="تحریم"))
                totals.append(answer["total"])
        except Exception as problem:  # noqa: BLE001
            problems.append(problem)
        connection.close()

    clients = [threading.Thread(target=ask) for _ in range(8)]
    for client in clients:
        client.start()
    rebuild = [RASAD, "index", "--rebuild"]
    subprocess.run(rebuild, cwd=server.folder, check=True, capture_output=True, timeout=PATIENCE)
    assert server.generation() == 2
    server.replaced(before)
    over.set()
    for client in clients:
        client.join()
    assert problems == []
    assert set(totals) == {1}
    assert {server.generation() for _ in range(10)} == {2}


def test_figures_are_those_of_all_processes_and_outlive_them(server: Server) -> None:
    for _ in range(20):
        server.get("/about")
    assert {server.counted("/about") for _ in range(10)} == {20}
    before = server.workers(lambda workers: len(workers) == PROCESSES)
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    server.replaced(before)
    server.get("/about")
    assert server.counted("/about") == 21


@pytest.mark.parametrize("wanted", [1, 3])
def test_as_many_processes_as_asked_for(wanted: int) -> None:
    assert process_count(wanted) == wanted


def test_one_process_for_each_processor_by_itself() -> None:
    assert process_count(0) == min(len(os.sched_getaffinity(0)), 4)
