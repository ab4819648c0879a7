"""A real server over the seed article, and the system's Chromium to read it with."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

RASAD = Path(sys.executable).with_name("rasad")
SEED = Path(__file__).parents[2] / "seeds" / "000_1519392f884bfc35.txt"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Nothing but the server under test may be asked for anything.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium; without one the tests are skipped, or fail where ``CI`` is true."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        reason = f"no browser found; install one of {', '.join(BROWSERS)}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=QUIET, headless=True)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Index the seed article and serve it on a free port of this computer."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "config.toml").write_text(f'[corpus]\npaths = ["{SEED}"]\n', encoding="utf-8")
    subprocess.run([RASAD, "index"], cwd=folder, check=True, timeout=120)
    command = [RASAD, "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stdout is not None
        started = re.search(r"http://[\d.]+:\d+", server.stdout.readline())
        assert started is not None
        yield started[0]
        server.terminate()
        server.wait(timeout=60)
