"""What all readers agree on, so that indexing never needs to know which format an article came from."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import msgspec


class Article(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One article as a reader hands it over: raw text and what is known about it.

    ``title`` is empty and ``date`` is ``None`` where nothing is known. ``metadata`` keeps every key that
    has no field of its own. ``path`` is the file the article was read from.
    """

    id: str
    text: str
    path: str
    title: str = ""
    date: dt.date | None = None
    source: str = ""
    url: str = ""
    category: str = ""
    metadata: Mapping[str, str] = {}

    @cached_property
    def content_hash(self) -> str:
        """Tell a changed article from an unchanged one without analysing either (128 bits, hexadecimal).

        Everything a reader of the article can see counts; the id and the path do not, so that a moved
        file keeps its hash.
        """
        seen = (self.title, self.date, self.source, self.url, self.category, self.text, dict(self.metadata))
        return hashlib.blake2b(msgspec.json.encode(seen, order="sorted"), digest_size=16).hexdigest()


class Paragraph(msgspec.Struct, frozen=True):
    """The unit that is searched and cited: a paragraph, counted from 1, with the heading it stands under.

    A heading belongs to the one paragraph that follows it; several heading lines are joined by newlines.
    """

    number: int
    heading: str
    text: str


def derived_id(source: str, locator: str) -> str:
    """Give an article that names no id one that stays the same from run to run (64 bits, hexadecimal).

    ``locator`` is its url or, without one, the place it was read from (see :func:`locate`).
    """
    return hashlib.blake2b(f"{source}\n{locator}".encode(), digest_size=8).hexdigest()


def locate(path: Path, base: Path) -> str:
    """Name a file so that the same corpus beside the same configuration has the same ids on every machine.

    Inside the folder ``base`` that is the path from there, elsewhere the absolute path; ``/`` separates.

    >>> locate(Path("/news/seeds/a.txt"), Path("/news"))
    'seeds/a.txt'
    >>> locate(Path("/archive/a.txt"), Path("/news"))
    '/archive/a.txt'
    """
    return (path.relative_to(base) if path.is_relative_to(base) else path).as_posix()
