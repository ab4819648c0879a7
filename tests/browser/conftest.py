"""A real server over the seed article, and the system's Chromium to read it with."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from ..conftest import RASAD
from ..server import serving

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

# Gives every text whose contrast to the ground under it is below 4.5, WCAG's AA for text.
CONTRAST = """
() => {
  const channel = value => value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.checkVisibility()) continue;
    const [ink, paper] = [light(parse(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${walker.currentNode.textContent.trim()}`);
  }
  return poor;
}
"""


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
    """Serve the seed article."""
    with served(tmp_path_factory.mktemp("served"), SEED) as address:
        yield address


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of articles that is followed while it is served; two stand in it, of two months."""
    folder = tmp_path_factory.mktemp("desk")
    for name, date, words in (("one", "1401/04/02", "در وین"), ("two", "1401/05/10", "در مسکو")):
        article = f"---\ntitle: رایزنی {words}\ndate: {date}\n---\nوزیران دو کشور {words} رایزنی کردند.\n"
        (folder / f"{name}.txt").write_text(article, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory, desk: Path) -> Iterator[str]:
    """Serve that folder, following it."""
    with served(tmp_path_factory.mktemp("newsroom"), desk, "--watch") as address:
        yield address


@contextmanager
def served(folder: Path, corpus: Path, *options: str) -> Iterator[str]:
    """Index a corpus in an empty folder and serve it on a free port of this computer; gives the address."""
    (folder / "config.toml").write_text(f'[corpus]\npaths = ["{corpus}"]\n', encoding="utf-8")
    subprocess.run([RASAD, "index"], cwd=folder, check=True, timeout=120)
    with serving(folder, *options) as (_, address):
        yield address


@pytest.fixture(params=[True, False], ids=["javascript", "no javascript"])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that must load everything it asks for, and ask only its own server."""
    page = context.new_page()
    complaints: list[str] = []

    def failed(request: Request) -> None:
        # Whoever moves on before all is loaded breaks the rest off; that is no failure of the server.
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"failed: {request.url}")

    def logged(message: ConsoleMessage) -> None:
        # Chromium only notes that a hand was quicker than its autofocus.
        if message.type != "info":
            complaints.append(message.text)

    page.on("requestfailed", failed)
    page.on("console", logged)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None if "//127.0.0.1:" in request.url else complaints.append(f"foreign: {request.url}")
        ),
    )
    yield page
    assert complaints == []
