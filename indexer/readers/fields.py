"""Makes an article of named values, so that front matter and JSON mean the same by the same key."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from msgspec import structs

from indexer.article import Article, derived_id, locate
from indexer.dates import parse_date
from indexer.readers.problem import ReadProblem

_KNOWN = ("id", "title", "date", "source", "url", "category", "text")

# Addresses and ids may hold "&amp;" for good reason, so that two of them differ by it.
_VERBATIM = ("id", "url")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});")


class FieldError(ValueError):
    """Values that make no article; the message says which and why."""


def article(
    values: Mapping[str, object], path: Path, base: Path, *, alone: bool
) -> tuple[Article, list[str]]:
    """Make an article, and sentences about what of it could not be taken.

    ``alone`` says that the file holds this one article, which then is known by the file's place; one of
    several is known by its content. Unknown keys become metadata, ``null`` is the same as absent, HTML's
    entities are resolved. Raises :class:`FieldError` when there is no text or a value is of the wrong kind.
    """
    texts = _whole({key: _text(key, value) for key, value in values.items() if value is not None})
    known = {key: texts.get(key, "").strip() for key in _KNOWN}
    if not known["text"]:
        raise FieldError("there is no text" if "text" not in texts else "the text is empty")
    notices = []
    date = None
    if known["date"]:
        try:
            date = parse_date(known["date"])
        except ValueError as error:
            notices.append(f"the article is kept without its date: {error}")
    found = Article(
        id=known["id"],
        text=known["text"],
        path=str(path),
        title=" ".join(known["title"].split()),
        date=date,
        source=known["source"],
        url=known["url"],
        category=known["category"],
        metadata={key: text for key, text in texts.items() if key not in _KNOWN and text},
    )
    return (found if found.id else _named(found, path, base, alone=alone)), notices


def taken(
    values: Mapping[str, object],
    path: Path,
    base: Path,
    *,
    alone: bool,
    line: int | None = None,
    place: str = "",
) -> Iterator[Article | ReadProblem]:
    """Make an article, or the problem that says why there is none; what is said of it comes before it.

    ``place`` names the article within its file, where it stands in no ``line`` of its own.
    """
    where = f"{place}: " if place else ""
    try:
        found, notices = article(values, path, base, alone=alone)
    except FieldError as error:
        yield ReadProblem("failed", str(path), f"{where}{error}", line)
        return
    for notice in notices:
        yield ReadProblem("noticed", str(path), f"{where}{notice}", line)
    yield found


def resolved(text: str) -> str:
    """Put characters in the place of HTML's entities, which the export of many a site leaves in its texts.

    Only those that end in a semicolon, so that the rest of the text stays as it was typed.

    >>> resolved("&laquo;فوری&raquo; از R&D")
    '«فوری» از R&D'
    """
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text) if "&" in text else text


def _named(found: Article, path: Path, base: Path, *, alone: bool) -> Article:
    place = locate(path, base)
    locator = found.url or (place if alone else f"{place}#{found.content_hash}")
    return structs.replace(found, id=derived_id(found.source, locator))


def _text(key: str, value: object) -> str:
    if isinstance(value, str):
        return resolved(value) if "&" in value and key not in _VERBATIM else value
    if key in _KNOWN and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise FieldError(f"'{key}' must be text, not {json.dumps(value, ensure_ascii=False)[:40]}")
    return json.dumps(value, ensure_ascii=False)


def _whole(texts: dict[str, str]) -> dict[str, str]:
    """Replace halves of surrogate pairs, which JSON can carry and no file can store, by U+FFFD."""
    try:
        "".join(chain.from_iterable(texts.items())).encode()
    except UnicodeEncodeError:
        return {_mended(key): _mended(text) for key, text in texts.items()}
    return texts


def _mended(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
