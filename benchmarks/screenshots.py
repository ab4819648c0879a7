"""Photographs the pages over the samples, for the README and for whoever changes how they look.

``python benchmarks/screenshots.py`` writes
docs/screenshots/PAGE-WIDTH-THEME.png for a phone, a tablet and a desk, in light and in dark. Needs a
Chromium, as the browser tests do; indexes into a temporary folder and serves on a free port.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
RASAD = Path(sys.executable).with_name("rasad")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUESTION = "تحریم"
SIZES = {360: 720, 768: 800, 1280: 760}
THEMES = ("light", "dark")


def photograph(browser: Browser, address: str, folder: Path) -> None:
    for width, height in SIZES.items():
        for theme in THEMES:
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce"
            )
            page = context.new_page()
            page.goto(f"{address}/?q={QUESTION}")
            article = page.locator(".hit h2 a").first.get_attribute("href")
            pages = {
                "home": "/",
                "results": f"/?q={QUESTION}",
                "article": article.partition("#")[0],
                "entity": "/entities/country/RU",
            }
            for name, path in pages.items():
                page.goto(address + path)
                page.evaluate("document.fonts.ready")
                page.evaluate("document.activeElement.blur()")
                page.screenshot(path=folder / f"{name}-{width}-{theme}.png")
            context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screenshots")
    folder = parser.parse_args().to
    folder.mkdir(parents=True, exist_ok=True)
    chromium = next(filter(None, map(shutil.which, BROWSERS)))
    with tempfile.TemporaryDirectory() as scratch:
        config = Path(scratch) / "config.toml"
        config.write_text(f'[corpus]\npaths = ["{ROOT / "seeds"}"]\n', encoding="utf-8")
        subprocess.run([RASAD, "index"], cwd=scratch, check=True)
        command = [RASAD, "serve", "--port", "0"]
        with subprocess.Popen(command, cwd=scratch, stdout=subprocess.PIPE, encoding="utf-8") as server:
            try:
                address = re.search(r"http://[\d.]+:\d+", server.stdout.readline())[0]
                with sync_playwright() as playwright:
                    args = ["--no-sandbox", "--disable-gpu"]
                    browser = playwright.chromium.launch(executable_path=chromium, args=args)
                    photograph(browser, address, folder)
                    browser.close()
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
