"""Fetches feeds: the articles that are new in them become files of the spool.

What went wrong is said and never stops the rest. What may be better in an hour (a site that is down) is
tried again by the next run; what will not (a page that is gone, or that robots may not read) is not asked
for again, and the article is kept as the feed itself has it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, Literal, NamedTuple

import feedparser
from msgspec import Struct

from indexer.article import derived_id
from indexer.fetching.addresses import FetchError
from indexer.fetching.client import Client, Fetched
from indexer.fetching.memory import FeedMemory, KnownEntry, Validators
from indexer.readers.encoding import UTF_8, EncodingError, decode
from indexer.readers.feed import entry_values
from indexer.readers.html import page_values
from indexer.readers.markup import plain
from indexer.readers.problem import ReadProblem
from indexer.settings import Settings
from indexer.spool import Spool
from indexer.writelock import writing

_PAGES = frozenset({"", "text/html", "application/xhtml+xml"})
# Entries of a feed that are looked at, and failures in a row after which a site is left alone for this time.
_MOST_ENTRIES = 500
_MOST_FAILURES = 3

Told = Callable[[str, int], None]


class FetchedFeed(Struct, frozen=True):
    """What came of one feed: the number of articles that were written, and everything that went wrong."""

    url: str
    written: int
    problems: Sequence[ReadProblem]


class _Page(NamedTuple):
    """An entry's page: what it holds, ``None`` where it is as before; its version; what to say of it."""

    values: Mapping[str, str] | None
    version: Validators
    notices: Sequence[str] = ()


def fetch_feeds(
    settings: Settings, feeds: Sequence[str] | None = None, told: Told = lambda _url, _done: None
) -> Iterator[FetchedFeed]:
    """Fetch some feeds, or all of the settings', one after another; ``told`` hears how far a feed is.

    Articles that left a feed stay in the spool. Raises :class:`indexer.writelock.BusyError` at once
    while another process is fetching.
    """
    spool = Spool(settings.spool)
    state = spool.folder / ".feeds"
    with writing(state, wait=0):
        client = Client(settings.fetch)
        for url in settings.corpus.feeds if feeds is None else feeds:
            memory = FeedMemory.load(state, url)
            run = _Run(client, spool, memory, partial(told, url))
            try:
                run.fetch()
            finally:
                memory.save(state)
            yield FetchedFeed(url, run.written, run.problems)


class _Run:
    """One look at one feed."""

    def __init__(self, client: Client, spool: Spool, memory: FeedMemory, told: Callable[[int], None]) -> None:
        self._client = client
        self._spool = spool
        self._memory = memory
        self._told = told
        self.written = 0
        self.problems: list[ReadProblem] = []

    def fetch(self) -> None:
        """Fetch the feed and what is new in it."""
        memory = self._memory
        try:
            found = self._client.get(memory.url, memory.version.headers)
        except FetchError as error:
            self._say("failed", memory.url, str(error))
            return
        if found.status != HTTPStatus.OK:
            return
        feed = feedparser.parse(found.content, response_headers=_described(found))
        if not feed.get("version"):
            self._say("failed", memory.url, "neither an RSS nor an Atom feed")
            return
        source = plain(feed.feed.get("title", ""))
        if self._take(feed.entries[:_MOST_ENTRIES], source):
            # Only now: with this the feed will not be sent again before it has changed.
            memory.version = Validators.of(found)

    def _take(self, entries: Sequence[Mapping[str, Any]], source: str) -> bool:
        """Take the entries that are new or changed; tell whether all are done with."""
        done, failures = True, 0
        for number, entry in enumerate(entries, 1):
            self._told(number)
            # Without a link, feedparser gives what else names the entry.
            link = entry.get("link") or ""
            url = link if link.lower().startswith(("http:", "https:")) else ""
            place = url or f"{self._memory.url}, entry {number}"
            known = self._memory.entries.get(url) if url else None
            changed = entry.get("updated" if "updated" in entry else "published") or ""
            if known is not None and known.changed == changed:
                self._memory.remember(url, known)
                continue
            try:
                page = self._page(url, known) if url else _Page({}, Validators())
            except FetchError as error:
                if not error.lasting:
                    self._say("failed", place, str(error))
                    done, failures = False, failures + 1
                    if failures == _MOST_FAILURES:
                        self._say("failed", self._memory.url, "the rest is left for the next time")
                        return False
                    continue
                page = _Page({}, Validators(), [f"kept as the feed has it: {error}"])
            failures = 0
            for notice in page.notices:
                self._say("noticed", place, notice)
            if page.values is not None:
                self._keep(entry, place, url, page.values, source)
            if url:
                self._memory.remember(url, KnownEntry(changed, page.version))
        return done

    def _page(self, url: str, known: KnownEntry | None) -> _Page:
        """Fetch the page of an entry and take the article out of it. Raises :class:`FetchError`."""
        found = self._client.get(url, known.page.headers if known else None)
        version = Validators.of(found)
        if found.status != HTTPStatus.OK:
            return _Page(None, known.page if known else version)
        kind, charset = _content_type(found)
        if kind not in _PAGES:
            raise FetchError(f"it is no page but {kind}", lasting=True)
        text, encoding = _decoded(found.content, charset)
        notices = [] if encoding == UTF_8 else [f"read as {encoding}"]
        values = page_values(text)
        if values is None:
            return _Page(
                {}, version, [*notices, "kept as the feed has it: no article can be made out in the page"]
            )
        return _Page(values, version, notices)

    def _keep(
        self, entry: Mapping[str, Any], place: str, url: str, page: Mapping[str, str], source: str
    ) -> None:
        """Write an article of what entry and page say, the longer text of the two."""
        said = {key: value for key, value in entry_values(entry, source).items() if value}
        text = max(said.pop("text", ""), page.get("text", ""), key=len)
        if not text:
            self._say("failed", place, "there is no text")
            return
        values = {**page, **said, "text": text, "url": url, "feed": self._memory.url}
        locator = url or f"{self._memory.url}#{entry.get('id') or text}"
        self.written += self._spool.put(derived_id(values.get("source", ""), locator), values)

    def _say(self, kind: Literal["failed", "noticed"], place: str, message: str) -> None:
        self.problems.append(ReadProblem(kind, place, message))


def _described(found: Fetched) -> dict[str, str]:
    """Say of a feed what its own text does not: its address, and the encoding the site names."""
    return {"content-location": found.url, "content-type": found.headers.get("content-type", "")}


def _content_type(found: Fetched) -> tuple[str, str]:
    """Give the media type and the encoding that an answer names; each may be empty.

    >>> _content_type(Fetched("", 200, {"content-type": "text/html; charset=UTF-8"}, b""))
    ('text/html', 'utf-8')
    """
    kind, _, rest = found.headers.get("content-type", "").lower().partition(";")
    _, _, charset = rest.partition("charset=")
    return kind.strip(), charset.split(";")[0].strip(" \"'")


def _decoded(content: bytes, charset: str) -> tuple[str, str]:
    """Read a page by its bytes, because sites often name a wrong encoding; by that name only where they fail.

    Raises :class:`FetchError`.
    """
    try:
        return decode(content)
    except EncodingError as error:
        try:
            return content.decode(charset or "ascii"), charset
        except (LookupError, UnicodeDecodeError):
            raise FetchError(str(error), lasting=True) from None
