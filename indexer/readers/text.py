"""Reads a plain text file: perhaps front matter between ``---`` lines, perhaps a title, then the text."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from indexer.article import Article
from indexer.paragraphs import is_heading
from indexer.readers.encoding import UTF_8, decode
from indexer.readers.fields import taken
from indexer.readers.problem import ReadProblem

_FENCE = "---"
_TITLE_WORDS = 20
_FIRST_WORDS = 12


def read_text(path: Path, base: Path, shown: Callable[[str], str] = str) -> Iterator[Article | ReadProblem]:
    """Read the one article of a ``.txt`` file; ``shown`` makes the text of what follows the front matter.

    Raises :class:`indexer.readers.encoding.EncodingError`.
    """
    raw, encoding = decode(path.read_bytes())
    raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    if not raw.strip():
        yield ReadProblem("failed", str(path), "the file is empty")
        return
    if encoding != UTF_8:
        yield ReadProblem("noticed", str(path), f"read as {encoding}")
    values, body, unread = front_matter(raw)
    for line in unread:
        yield ReadProblem("noticed", str(path), "front matter has one 'key: value' a line", line)
    body = shown(body)
    if not values.get("title"):
        values["title"], body = bare_title(body)
    values["text"] = body
    yield from taken(values, path, base, alone=True)


def front_matter(raw: str) -> tuple[dict[str, str | None], str, list[int]]:
    """Take front matter apart: its values, the text after it, and the lines that are not ``key: value``.

    A text that does not begin with a closed block between ``---`` lines has none. Values are taken as they
    stand, without quotes around them; ``null`` and nothing are the same as absent.

    >>> front_matter("---\\ntitle: سفر به تهران\\nurl: null\\n---\\nمتن خبر")
    ({'title': 'سفر به تهران', 'url': None}, 'متن خبر', [])
    """
    lines = raw.splitlines()
    if lines[0].strip() != _FENCE:
        return {}, raw, []
    end = next((place for place, line in enumerate(lines[1:], 1) if line.strip() == _FENCE), 0)
    if not end:
        return {}, raw, []
    values: dict[str, str | None] = {}
    unread = []
    for place, line in enumerate(lines[1:end], 2):
        key, colon, value = line.partition(":")
        if colon and re.fullmatch(r"[\w-]+", key.strip()):
            values[key.strip()] = _unquoted(value.strip())
        elif line.strip() and not line.lstrip().startswith("#"):
            unread.append(place)
    return values, "\n".join(lines[end + 1 :]), unread


def bare_title(body: str) -> tuple[str, str]:
    """Find a text's title: its first line when it stands alone and is short, else its first words.

    Gives the title and the text that is left; only a line of its own is taken away from the text.

    >>> bare_title("سفر وزیر خارجه به مسکو\\n\\nوزیر خارجه روز شنبه برای گفت‌وگو به مسکو رفت.")
    ('سفر وزیر خارجه به مسکو', 'وزیر خارجه روز شنبه برای گفت‌وگو به مسکو رفت.')
    """
    lines = body.strip().splitlines()
    first = lines[0].strip() if lines else ""
    rest = "\n".join(lines[1:]).strip()
    following = rest.splitlines()[0] if rest else ""
    longest = max(map(len, rest.splitlines()), default=0)  # what follows may be a heading first
    alone = len(lines) > 1 and not lines[1].strip()
    headline = len(first.split()) <= _TITLE_WORDS and not first.endswith(".") and len(first) < longest
    if any(map(str.isalnum, first)) and (is_heading(first, following) or (alone and headline)):
        return first.lstrip("# "), rest
    words = body.split()
    return " ".join(words[:_FIRST_WORDS]) + ("…" if len(words) > _FIRST_WORDS else ""), body


def _unquoted(value: str) -> str | None:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return None if value in ("", "null", "~") else value
