"""Reads RSS and Atom feeds that were saved as files: an entry is an article."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import feedparser

from indexer.article import Article
from indexer.readers.fields import taken
from indexer.readers.markup import plain
from indexer.readers.problem import ReadProblem


def read_feed(path: Path, base: Path) -> Iterator[Article | ReadProblem]:
    """Read the articles of an ``.rss``, ``.atom`` or ``.xml`` file; the feed's title is their source.

    What the entries carry is taken, be it the whole article or its first words; nothing is fetched.
    """
    feed = feedparser.parse(path.read_bytes())
    if not feed.get("version"):
        yield ReadProblem("skipped", str(path), "neither an RSS nor an Atom feed")
        return
    if feed.bozo and not feed.entries:
        yield ReadProblem("failed", str(path), f"not a valid feed: {feed.bozo_exception}")
    elif not feed.entries:
        yield ReadProblem("failed", str(path), "the feed has no entries")
    source = plain(feed.feed.get("title", ""))
    for number, entry in enumerate(feed.entries, 1):
        values = entry_values(entry, source)
        yield from taken(values, path, base, alone=False, place=f"entry {number}")


def entry_values(entry: Mapping[str, Any], source: str) -> dict[str, str | None]:
    """Give what an entry carries, as the values that :mod:`indexer.readers.fields` makes articles of."""
    contents = [plain(content.value) for content in entry.get("content", [])]
    title = plain(entry.get("title", ""))
    return {
        "title": title,
        "date": entry.get("published") or entry.get("updated"),
        "source": source,
        "url": entry.get("link"),
        "category": next((tag.term for tag in entry.get("tags", []) if tag.term), None),
        "author": entry.get("author"),
        "text": max([*contents, plain(entry.get("summary", ""))], key=len) or title,
    }
