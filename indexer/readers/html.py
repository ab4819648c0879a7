"""Reads saved web pages: the article is taken out of menus, advertisements and footers."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from indexer.article import Article
from indexer.dates import parse_date
from indexer.readers.encoding import UTF_8, decode
from indexer.readers.fields import resolved, taken
from indexer.readers.problem import ReadProblem

# trafilatura drops what cannot be seen, and with it U+200C; a mark that can stands for it meanwhile.
_ZWNJ = "\u200c"
_MARK = "\u2e2f"
_ZWNJ_ENTITY = re.compile("&(?:zwnj|#8204|#[xX]200[cC]);")

# Where pages say when they were published, the surest first; what they hold may be Jalali.
_DATE_PLACES = (
    "//meta[@property='article:published_time' or @itemprop='datePublished' or @name='pubdate' "
    "or @name='publishdate' or @name='dc.date' or @name='DC.date' or @name='date']/@content",
    "//*[@itemprop='datePublished']/@datetime | //*[@itemprop='datePublished']/text()",
    "//time/@datetime | //time/text()",
    "//*[contains(@class, 'date') or contains(@class, 'time') or contains(@class, 'publish') "
    "or contains(@id, 'date')]//text()",
)
_LONGEST_DATE = 80

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def read_html(path: Path, base: Path) -> Iterator[Article | ReadProblem]:
    """Read the one article of an ``.html`` or ``.htm`` file, with the title, date and author it names.

    Raises :class:`indexer.readers.encoding.EncodingError`.
    """
    page, encoding = decode(path.read_bytes())
    if encoding != UTF_8:
        yield ReadProblem("noticed", str(path), f"read as {encoding}")
    values = page_values(page)
    if values is None:
        yield ReadProblem("failed", str(path), "no article can be made out in the page")
        return
    yield from taken(values, path, base, alone=True)


def page_values(page: str) -> dict[str, str] | None:
    """Take the article out of a page, as the values that :mod:`indexer.readers.fields` makes articles of."""
    # A page that was decoded must not be believed about its encoding.
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", _ZWNJ_ENTITY.sub(_ZWNJ, page)).replace(_ZWNJ, _MARK)
    found = (
        trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
        if page.strip()
        else None
    )
    if found is None or isinstance(found, dict) or not found.text:
        return None
    named = {
        "title": found.title,
        "date": _published(page) or found.date,
        "source": found.sitename or found.hostname,
        "url": found.url,
        "author": found.author,
        "text": found.text,
    }
    return {key: resolved(value.replace(_MARK, _ZWNJ)) for key, value in named.items() if value}


def _published(page: str) -> str | None:
    """Find the day a page says it is from, as it stands there."""
    try:
        tree = lxml_html.document_fromstring(page)
    except (etree.ParserError, ValueError):
        return None
    for place in _DATE_PLACES:
        for text in tree.xpath(place):
            written = str(text).strip()
            if not written or len(written) > _LONGEST_DATE:
                continue
            try:
                return parse_date(written).isoformat()
            except ValueError:
                continue
    return None
