"""20,000 random and hostile requests to a real server: none may fail, last longer than two seconds, or be
answered with markup that came from an article or a question.

    .venv/bin/python benchmarks/hostile.py [--requests 20000] [--seed 1] [--config config.toml]

Without --config the server searches the samples and some articles that are all markup.
"""

import argparse
import http.client
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, quote_from_bytes
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[1]
RASAD = Path(sys.executable).with_name("rasad")
sys.path.insert(0, str(ROOT))

from searchapp.openapi import OPERATIONS  # noqa: E402  (this folder is no package)

SLOWEST = 2.0
# A name that no page of ours has: wherever it is an element or an attribute, something was not escaped.
EVIL = "xsstag"
MARKUP = (
    f"<{EVIL}>", f"</{EVIL}>", f"\"><{EVIL} on{EVIL}=1>", f"' on{EVIL}=1 x='", f"</title><{EVIL}>",
    f"</script><{EVIL}>", f"--><{EVIL}>", f"]]><{EVIL}>", f"<mark><{EVIL}></mark>", f"&lt;{EVIL}&gt;",
    f"javascript:{EVIL}", f"{{{{ {EVIL} }}}}", f"<svg/onload={EVIL}>", f"<img src=x on{EVIL}=1>",
)  # fmt: skip
WORDS = (
    "تحریم", "ایران", "روسیه", "وزیر امور خارجه", "برجام", "مذاکرات", "می‌رود", "تحریم‌ها", "jpvdl", "tahrim",
    "Russia", "نشست", "و", "از", "سازمان ملل", "توافق", "ا", "ب",
)  # fmt: skip
OPERATORS = (
    "(", ")", '"', "-", " OR ", " یا ", " AND ", " NOT ", "*", "~", "~5", "~999999999", "«", "»", ":", "?",
    "کشور:", "موضوع:", "شخص:", "منبع:", "تاریخ:", "عنوان:", "title:", "..", "[", "]", "TO", "\\",
    "تاریخ:۱۴۰۱/۱۳/۹۹", "تاریخ:..", "تاریخ:0000..9999", "ا*", "*ا", '""', '"*"',
)  # fmt: skip
BYTES = ("%00", "%ff%fe", "%d8", "%", "%zz", "%ed%a0%80", "%c0%af", "%0d%0a", "+", "%2500")
PAGES = (
    "/", "/articles/{article_id}", "/browse", "/facets/{name}", "/entities/{kind}/{id_}", "/help", "/about",
    "/entities/{kind}/{id_}/with/{other_kind}/{other_id}", "/analyze", "/static/{name}", "/api/docs",
)  # fmt: skip
PATHS = (*PAGES, *sorted({operation.path for operation in OPERATIONS}))
NAMES = sorted({p.name for operation in OPERATIONS for p in operation.parameters if p.place == "query"})
NUMBERS = (
    "0",
    "1",
    "-1",
    "100",
    "101",
    "99999",
    "100000",
    "1e9",
    "9" * 400,
    "۱۲",
    "²",
    "٣",
    "NaN",
    "0x10",
    " 5 ",
)
DATES = (
    "1401",
    "1401-04",
    "1401/04/02",
    "2022-06-23",
    "9999-12-31",
    "0001-01-01",
    "۱۴۰۱",
    "1403/12/30",
    "دیروز",
)
METHODS = ("GET",) * 40 + ("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE")


class Answered(NamedTuple):
    """What came back, and how long it took."""

    method: str
    target: str
    status: int
    seconds: float
    problem: str


def text(chance: random.Random) -> str:
    """A question: words, operators, markup and any characters, sometimes very many."""
    parts = []
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8, 20))):
        match chance.randrange(8):
            case 0 | 1 | 2:
                parts.append(chance.choice(WORDS))
            case 3 | 4:
                parts.append(chance.choice(OPERATORS) * chance.choice((1, 1, 1, 2, 50)))
            case 5:
                parts.append(chance.choice(MARKUP))
            case 6:
                parts.append("".join(chr(character(chance)) for _ in range(chance.randrange(1, 12))))
            case _:
                parts.append(
                    chance.choice(("\x00", "\r\n", "\u202e", "\u200c" * 9, "\ufeff", "\u0301" * 30, "🏳️‍🌈"))
                )
    joined = chance.choice(("", " ", " ")).join(parts)
    if chance.random() < 0.02:
        joined = chance.choice(
            (joined * 200, "(" * 4000, '"' * 3001, "ا " * 4000, "-" * 5000, "(ایران OR " * 800, "ا* " * 500)
        )
    return joined[:20_000]


def character(chance: random.Random) -> int:
    """Any code point but halves of surrogate pairs, small ones more often."""
    found = chance.choice(
        (chance.randrange(0x80), chance.randrange(0x600, 0x700), chance.randrange(0x11_0000))
    )
    return found if not 0xD800 <= found < 0xE000 else 0xFFFD


def value(chance: random.Random, name: str) -> str:
    """A value of a parameter, encoded: a good one, a strange one, or bytes that are no text."""
    if chance.random() < 0.05:
        return chance.choice(BYTES)
    if name in {"page", "size", "recency"}:
        return quote(chance.choice(NUMBERS), safe="")
    if name in {"from", "to"} and chance.random() < 0.8:
        return quote(chance.choice(DATES), safe="")
    known = {
        "sort": ("relevance", "newest", "oldest"),
        "group": ("article", "paragraph"),
        "country": ("RU", "-IR"),
    }
    if name in known and chance.random() < 0.7:
        return chance.choice(known[name])
    return quote(text(chance), safe="")


def target(chance: random.Random) -> str:
    """A path and a query."""
    path = chance.choice(PATHS)
    if chance.random() < 0.04:
        path = "/" + quote(text(chance)[:300]) + chance.choice(("", "/..", "/../../etc/passwd", "//x"))
    good = {"kind": "country", "other_kind": "person", "name": "country", "id_": "RU", "article_id": "evil-1"}
    for name in re.findall(r"\{(\w+)\}", path):
        strange = quote(text(chance)[:300], safe=chance.choice(("", "/")))
        path = path.replace(f"{{{name}}}", good.get(name, "x") if chance.random() < 0.6 else strange)
    query = [(chance.choice(("q", "q", "q", *NAMES, "text", "lang")), "") for _ in range(chance.randrange(7))]
    joined = "&".join(f"{name}={value(chance, name)}" for name, _ in query)
    return f"{path}?{joined}" if joined else path


def ask(address: tuple[str, int], seed: int) -> Answered:
    """Send the request that a seed stands for, and look at the answer."""
    chance = random.Random(seed)  # noqa: S311
    method, path = chance.choice(METHODS), target(chance)
    connection = http.client.HTTPConnection(*address, timeout=60)
    began = time.perf_counter()
    try:
        connection.putrequest(
            method, quote_from_bytes(path.encode(), safe="/?&=%+:@!$,;~*'()"), skip_host=True
        )
        connection.putheader("Host", chance.choice(("localhost",) * 5 + (f"<{EVIL}>", "a:b", "x" * 500)))
        if chance.random() < 0.2:
            connection.putheader("Accept-Language", chance.choice(("en", "fa", "*", "x" * 900, f"<{EVIL}>")))
        if chance.random() < 0.1:
            connection.putheader(
                "Cookie", chance.choice(("lang=en", f"lang=<{EVIL}>", "theme=\x01", "=" * 500))
            )
        connection.endheaders()
        response = connection.getresponse()
        seconds = time.perf_counter() - began
        kind, body = response.headers.get_content_type(), response.read()
        # An export is as long as its results are many; that it begins is what has to be soon.
        if not path.startswith("/export."):
            seconds = time.perf_counter() - began
        return Answered(method, path, response.status, seconds, unescaped(kind, body))
    except (OSError, http.client.HTTPException) as error:
        return Answered(method, path, 0, time.perf_counter() - began, f"{type(error).__name__}: {error}")
    finally:
        connection.close()


class Tags(HTMLParser):
    """Finds elements and attributes of the evil name."""

    def __init__(self) -> None:
        super().__init__()
        self.found = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [tag, *(name for name, _ in attrs)]
        scripts = [v or "" for name, v in attrs if name in {"href", "src"} or name.startswith("on")]
        if any(EVIL in name for name in names) or any(v.strip().startswith("javascript:") for v in scripts):
            self.found = self.get_starttag_text() or tag


def unescaped(kind: str, body: bytes) -> str:
    """Say what markup in an answer came from outside, nothing when there is none."""
    whole = body.decode("utf-8", "replace")
    pieces: list[str] = []
    if kind == "text/html":
        pieces = [whole]
    elif kind == "application/json" and whole:
        pieces = html_values(json.loads(whole))
    elif kind.endswith("+xml") and whole:
        pieces = [e.text or "" for e in ET.fromstring(whole).iter() if e.get("type") == "html"]  # noqa: S314
    for piece in pieces:
        tags = Tags()
        tags.feed(piece)
        if tags.found:
            return f"markup: {tags.found[:100]}"
    return ""


def html_values(found: object) -> list[str]:
    """The values in a JSON answer that are HTML."""
    if isinstance(found, list):
        return [piece for each in found for piece in html_values(each)]
    if not isinstance(found, dict):
        return []
    own = [v for key, v in found.items() if key in {"snippet", "html"} and isinstance(v, str)]
    return own + [piece for v in found.values() for piece in html_values(v)]


def corpus(folder: Path) -> Path:
    """Make a configuration of the samples and of articles that are all markup."""
    rows = [
        {
            "id": f"evil-{at}",
            "title": f"{mark} خبر دربارهٔ تحریم",
            "date": "1401-04-02",
            "source": f"منبع {mark}",
            "category": mark,
            "url": f"javascript:{EVIL}" if at % 2 else f"https://example.org/{mark}",
            "text": f"ایران {mark} و روسیه دربارهٔ تحریم‌ها {mark} رایزنی کردند.\n\n{mark}\n\nنشست {mark * 3}",
        }
        for at, mark in enumerate(MARKUP)
    ]
    (folder / "evil.json").write_text(json.dumps(rows), encoding="utf-8")
    config = folder / "config.toml"
    paths = json.dumps([str(ROOT / "seeds"), str(folder / "evil.json")])
    config.write_text(f"[corpus]\npaths = {paths}\n", encoding="utf-8")
    subprocess.run([RASAD, "index", "--config", config], check=True, stdout=sys.stderr)
    return config


def main() -> int:
    """Send the requests and print what came of them; the exit code says whether all was well."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--requests", type=int, default=20_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--config", type=Path)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        config = asked.config or corpus(Path(folder))
        command = [RASAD, "serve", "--port", "0", "--config", config]
        with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as server:
            assert server.stdout is not None
            host, _, port = server.stdout.readline().split()[3].removeprefix("http://").partition(":")
            seeds = range(asked.seed * 1_000_000, asked.seed * 1_000_000 + asked.requests)
            with ThreadPoolExecutor(asked.threads) as pool:
                answers = list(pool.map(lambda seed: ask((host, int(port)), seed), seeds))
            server.terminate()
    times = sorted(answer.seconds for answer in answers)
    bad = [a for a in answers if a.status >= 500 or a.problem or a.seconds > SLOWEST]
    for answer in bad[:20]:
        print(
            f"{answer.status} {answer.seconds:.2f} s {answer.problem} {answer.method} {answer.target[:400]}"
        )
    statuses = sorted(Counter(answer.status for answer in answers).items())
    print(
        f"{len(answers):,} requests, seed {asked.seed};",
        ", ".join(f"{count:,} x {s}" for s, count in statuses),
    )
    shown = {"p50": times[len(times) // 2], "p99": times[len(times) * 99 // 100], "slowest": times[-1]}
    print(", ".join(f"{name} {seconds * 1000:,.1f} ms" for name, seconds in shown.items()))
    print(f"failed, slow or unescaped: {len(bad)}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
