"""A real server process over a folder of the test's own."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .conftest import RASAD


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Serve what is indexed in a folder on a free port; gives the process and its address."""
    command = [RASAD, "serve", "--port", "0", *options]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            assert process.stdout is not None
            started = re.search(r"http://[\d.]+:\d+", process.stdout.readline())
            assert started is not None
            yield process, started[0]
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(timeout=60)
