"""What templates call: names of facets and orders, numbers and dates in the reader's language, addresses."""

import datetime as dt
import json
import re
from functools import cache, lru_cache
from urllib.parse import quote, urlsplit

from flask import Flask
from markupsafe import Markup

from searchapp.numerals import decimal, digits, thousands
from searchapp.periods import gregorian_words, jalali_words
from searchapp.translation import gettext, gettext_noop, language
from searchapp.views import chart, facets, shortcuts
from searchapp.views.explanations import explained

SORT_LABELS = {
    "relevance": gettext_noop("مرتبط‌ترین"),
    "newest": gettext_noop("تازه‌ترین"),
    "oldest": gettext_noop("قدیمی‌ترین"),
}
COMPLETION_LABELS = {"title": gettext_noop("خبر"), "phrase": gettext_noop("عبارت")}
# What the samples that come with Rasad name as their source; no agency published them.
SAMPLES_SOURCE = "نمونه‌های رصد"
_REMEMBERED = 1024
_LETTER = re.compile(r"[^\W\d_]")


def install(app: Flask) -> None:
    """Make the filters and names known to every template."""
    for name, function in {
        "decimal": decimal,
        "direction_of": direction_of,
        "digits": digits,
        "thousands": thousands,
        "jalali": _jalali,
        "gregorian": _gregorian,
        "markup": Markup,
        "web_address": _web_address,
        "facet_rows": facets.rows,
        "chips": facets.chips,
        "bars": chart.bars,
        "dateline": _dateline,
        "explained": explained,
    }.items():
        app.jinja_env.filters[name] = function
    app.jinja_env.globals.update(
        article_url=article_url,
        value_label=facets.value_label,
        shortcuts=shortcuts.said,
        samples_source=SAMPLES_SOURCE,
        completion_labels=lambda: _completion_labels(language()),
    )
    app.context_processor(lambda: _labels(language()))


def article_url(article_id: str, paragraph: int | None = None, asked: str = "") -> str:
    """Give the permanent address of an article or of one of its paragraphs.

    ``asked`` is the query of the results that it is read from (:meth:`searchapp.views.links.Links.asking`).
    """
    query = f"?{asked}" if asked else ""
    return f"/articles/{quote(article_id, safe='/')}{query}" + (f"#p{paragraph}" if paragraph else "")


def direction_of(text: str) -> str:
    """Tell from which side a text of the corpus is read, so that a Latin name at its beginning turns nothing.

    ``dir="auto"`` goes by the first letter alone; here it decides only where it is not a Latin one.

    >>> direction_of("IAEA گزارش تازهٔ خود را داد"), direction_of("IAEA publishes"), direction_of("۱۲")
    ('rtl', 'ltr', 'rtl')
    """
    first = _LETTER.search(text)
    if first is None or not first[0].isascii():
        return "rtl"
    letters = _LETTER.findall(text)
    return "ltr" if 2 * sum(map(str.isascii, letters)) > len(letters) else "rtl"


def _said(labels: dict[str, str]) -> dict[str, str]:
    return {key: gettext(label) for key, label in labels.items()}


@cache
def _labels(_language: str) -> dict[str, dict[str, str]]:
    return {"facet_labels": _said(facets.LABELS), "sort_labels": _said(SORT_LABELS)}


@cache
def _completion_labels(_language: str) -> str:
    """Say as JSON what the script that completes questions calls its rows."""
    return json.dumps(_said(facets.LABELS | COMPLETION_LABELS), ensure_ascii=False)


def _jalali(iso: str | dt.date) -> str:
    return jalali_words(dt.date.fromisoformat(iso) if isinstance(iso, str) else iso)


def _gregorian(iso: str | dt.date) -> str:
    return gregorian_words(dt.date.fromisoformat(iso) if isinstance(iso, str) else iso)


def _dateline(iso: str) -> Markup:
    """Write a day in both calendars."""
    return _dateline_in(language(), iso)


@lru_cache(maxsize=_REMEMBERED)
def _dateline_in(_language: str, iso: str) -> Markup:
    # The same days stand on page after page.
    return Markup(
        '<time datetime="{}" dir="auto"><span class="jalali">{}</span>'
        ' <span class="gregorian">({})</span></time>'
    ).format(iso, _jalali(iso), _gregorian(iso))


def _web_address(url: str | None) -> str | None:
    """Let only web addresses become links: an article's url is as untrusted as its text."""
    try:
        return url if url and urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None
