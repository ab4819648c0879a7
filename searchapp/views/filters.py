"""What templates call: names of facets and orders, numbers and dates in the reader's language, addresses."""

import datetime as dt
from functools import lru_cache
from urllib.parse import quote, urlencode, urlsplit

from flask import Flask
from markupsafe import Markup

from analyzers.profiles import find_profile
from searchapp.models import Result
from searchapp.numerals import decimal, digits, thousands
from searchapp.periods import gregorian_words, jalali_words
from searchapp.translation import gettext, gettext_noop, language
from searchapp.views import shortcuts
from searchapp.views.explanations import explained
from searchapp.views.parameters import Links

FACET_LABELS = {
    "country": gettext_noop("کشور"),
    "topic": gettext_noop("موضوع"),
    "person": gettext_noop("شخص"),
    "organization": gettext_noop("سازمان"),
    "place": gettext_noop("مکان"),
    "source": gettext_noop("منبع"),
    "year": gettext_noop("سال"),
}
SORT_LABELS = {
    "relevance": gettext_noop("مرتبط‌ترین"),
    "newest": gettext_noop("تازه‌ترین"),
    "oldest": gettext_noop("قدیمی‌ترین"),
}
COMPLETION_LABELS = {"title": gettext_noop("خبر"), "phrase": gettext_noop("عبارت")}
# What the samples that come with Rasad name as their source; no agency published them.
SAMPLES_SOURCE = "نمونه‌های رصد"
MOST_CHIPS = 6


def install(app: Flask) -> None:
    """Make the filters and names known to every template."""
    for name, function in {
        "decimal": decimal,
        "digits": digits,
        "thousands": thousands,
        "jalali": _jalali,
        "gregorian": _gregorian,
        "markup": Markup,
        "web_address": _web_address,
        "chips": _chips,
        "topic_chips": _topic_chips,
        "explained": explained,
    }.items():
        app.jinja_env.filters[name] = function
    app.jinja_env.globals.update(
        article_url=article_url,
        value_label=value_label,
        shortcuts=shortcuts.said,
        samples_source=SAMPLES_SOURCE,
        completion_labels=lambda: _said(FACET_LABELS | COMPLETION_LABELS),
    )
    app.context_processor(lambda: {"facet_labels": _said(FACET_LABELS), "sort_labels": _said(SORT_LABELS)})


def facet_label(facet: str) -> str:
    """Name a facet in the reader's language."""
    return gettext(FACET_LABELS[facet])


def value_label(facet: str, id_: str, label: str) -> str:
    """Name a facet's value in the reader's language, as far as the tables know it there.

    A value that the index does not hold comes with its id for a label, and may have a name nevertheless.
    """
    profile = find_profile(facet, id_)
    if language() == "fa":
        return profile.label if profile and label == id_ else label
    if facet == "year":
        return id_
    return (profile.latin if profile else "") or label


def article_url(article_id: str, paragraph: int | None = None, q: str = "") -> str:
    """Give the permanent address of an article or of one of its paragraphs."""
    query = "?" + _encoded_question(q) if q.strip() else ""
    return f"/articles/{quote(article_id, safe='/')}{query}" + (f"#p{paragraph}" if paragraph else "")


@lru_cache(maxsize=64)
def _encoded_question(q: str) -> str:
    # Every link of a page carries the same one along.
    return urlencode({"q": q})


def _said(labels: dict[str, str]) -> dict[str, str]:
    return {key: gettext(label) for key, label in labels.items()}


def _chips(result: Result, links: Links) -> list[tuple[str, str, str]]:
    """Pick a result's entities, each once, in the order they are named: address, name and kind."""
    entities = {(entity.type, entity.id): entity.label for entity in reversed(result.entities)}
    return [
        (links.include(kind, id_), value_label(kind, id_, label), facet_label(kind))
        for (kind, id_), label in list(entities.items())[: -MOST_CHIPS - 1 : -1]
    ]


def _topic_chips(result: Result, links: Links) -> list[tuple[str, str]]:
    """Give the address and the name of a result's topics."""
    return [
        (links.include("topic", topic.id), value_label("topic", topic.id, topic.label))
        for topic in result.topics
    ]


def _jalali(iso: str | dt.date) -> str:
    return jalali_words(dt.date.fromisoformat(iso) if isinstance(iso, str) else iso)


def _gregorian(iso: str | dt.date) -> str:
    return gregorian_words(dt.date.fromisoformat(iso) if isinstance(iso, str) else iso)


def _web_address(url: str | None) -> str | None:
    """Let only web addresses become links: an article's url is as untrusted as its text."""
    try:
        return url if url and urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None
