"""Whatever is asked, and whatever articles hold: an answer comes, and no markup of theirs reaches a page.

benchmarks/hostile.py asks a server process the same in much greater numbers.
"""

import json
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engine import FACETS
from indexer.settings import CorpusSettings, IndexSettings, Settings
from indexer.update import update
from searchapp.app import create_app
from searchapp.library import Library

# A name that none of our pages has as an element or an attribute.
EVIL = "xsstag"
# The attributes that a browser follows; in any other, what a reader typed may stand.
ADDRESSES = ("href", "src", "action", "formaction", "xlink:href")
MARKUP = [
    f"<{EVIL}>",
    f'"><{EVIL} on{EVIL}=1>',
    f"' on{EVIL}=1 x='",
    f"</title></script><{EVIL}>",
    f"<mark><{EVIL}></mark>",
    f"&lt;{EVIL}&gt;",
    f"javascript:{EVIL}",
    f"{{{{ {EVIL} }}}}",
]
PIECES = [
    *MARKUP,
    "تحریم",
    "ایران",
    "(",
    ")",
    '"',
    "-",
    " OR ",
    "*",
    "~9",
    "کشور:",
    "تاریخ:",
    "..",
    "\x00",
    "\u202e",
]

ids = st.sampled_from(["evil-0", "evil-1", "RU", "country", "person", "lavrov"])
texts = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.builds(lambda piece, times: piece * times, st.sampled_from(PIECES), st.integers(0, 600)),
)
OTHERS = (
    "q q q from to sort page size group exact literal explain recency fold similar_to filter format text lang"
)
names = st.sampled_from([*OTHERS.split(), *FACETS])
queries = st.lists(
    st.tuples(names, st.one_of(texts, ids, st.sampled_from(["1", "-1", "9" * 99, "1401", "newest"]))),
    max_size=6,
)
paths = st.one_of(
    st.sampled_from(["/", "/api/v1/search", "/api/v1/suggest", "/feed.atom", "/export.csv", "/export.jsonl"]),
    st.sampled_from(
        ["/browse", "/analyze", "/help", "/about", "/opensearch.xml", "/api/v1/browse", "/metrics"]
    ),
    st.builds(
        lambda start, id_: start + quote(id_, safe="/"),
        st.sampled_from(
            ["/articles/", "/api/v1/articles/", "/facets/", "/api/v1/facets/", "/entities/country/", "/"]
        )
        | st.sampled_from(["/api/v1/entities/person/", "/entities/country/RU/with/person/", "/entities/"]),
        ids | texts,
    ),
)


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A server whose articles are all markup."""
    folder = tmp_path_factory.mktemp("evil")
    articles = [
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
    corpus = folder / "evil.json"
    corpus.write_text(json.dumps(articles), encoding="utf-8")
    served = Settings(
        corpus=CorpusSettings(paths=(corpus,)), index=IndexSettings(path=folder / "index"), base=Path(folder)
    )
    update(served)
    with closing(Library(served)) as library:
        yield create_app(served, library).test_client()


@given(
    path=paths, query=queries, host=st.sampled_from(["localhost", "localhost", "a:b", f"<{EVIL}>", "x" * 300])
)
@settings(max_examples=1200, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_request_is_answered_and_nothing_reaches_a_page_unescaped(
    evil: FlaskClient, path: str, query: list[tuple[str, str]], host: str
) -> None:
    address = f"{path}?{urlencode(query, errors='surrogatepass')}"
    response = evil.get(address, headers={"Host": host})
    assert response.status_code < 500, address
    for piece in html_in(response.mimetype, response.get_data()):
        assert evil_tag(piece) == "", address


@pytest.mark.parametrize("markup", MARKUP)
def test_what_looks_for_markup_finds_it(markup: str) -> None:
    assert bool(evil_tag(markup)) == (markup.startswith(("<", '"', "</")) and "&" not in markup)
    assert evil_tag(f"<a href='javascript:{EVIL}'>") != ""


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [tag, *(name for name, _ in attrs)]
        addresses = [value or "" for name, value in attrs if name in ADDRESSES]
        if any(EVIL in name for name in names) or any(a.startswith("javascript:") for a in addresses):
            self.found = self.get_starttag_text() or tag


def evil_tag(markup: str) -> str:
    """The first element or attribute that came from outside, nothing where there is none."""
    tags = _Tags()
    tags.feed(markup)
    return tags.found


def html_in(kind: str, body: bytes) -> list[str]:
    """Every piece of HTML in an answer."""
    whole = body.decode("utf-8")
    if kind == "text/html":
        return [whole]
    if kind == "application/json":
        return _html_values(json.loads(whole))
    if kind == "application/atom+xml":
        return [each.text or "" for each in ET.fromstring(whole).iter() if each.get("type") == "html"]  # noqa: S314
    return []


def _html_values(found: object) -> list[str]:
    if isinstance(found, list):
        return [piece for each in found for piece in _html_values(each)]
    if not isinstance(found, dict):
        return []
    own = [value for key, value in found.items() if key in {"snippet", "html"} and isinstance(value, str)]
    return own + [piece for value in found.values() for piece in _html_values(value)]
