"""The article page: all its paragraphs, the words of the question marked, and what it names."""

import datetime as dt
from collections import Counter

from flask import render_template
from markupsafe import Markup, escape

from searchapp.models import ArticleAnswer, Result, SearchParameters
from searchapp.periods import gregorian_words, jalali_words
from searchapp.search import SearchService
from searchapp.translation import gettext
from searchapp.views import facets
from searchapp.views.filters import article_url
from searchapp.views.links import Links

MOST_NAMED = 8
MOST_RELATED = 4
# More of a text does not tell better what is like it.
MOST_LETTERS = 300
_BY_ITSELF = Markup("<bdi>{}</bdi>")


def show(service: SearchService, answer: ArticleAnswer, asked: SearchParameters, size: int, root: str) -> str:
    """Show an article as read from the results of ``asked``; ``root`` opens its permanent address.

    ``size`` is how many results a page has by itself.
    """
    links = Links(asked, size)
    state = links.asking(asked.q)
    found = [paragraph for paragraph in answer.paragraphs if paragraph.highlights]
    return render_template(
        "article.html",
        article=answer,
        q=asked.q,
        results_url=links.page(asked.page) if state else "",
        state=state,
        found=found,
        marks=sum(len(paragraph.highlights) for paragraph in found),
        named=_named(answer),
        citation=_citation(answer),
        permanent=root.rstrip("/") + article_url(answer.article_id),
        related=_related(service, answer),
    )


def _named(article: ArticleAnswer) -> dict[str, list[tuple[tuple[str, str], int]]]:
    """Count an article's topics and entities by kind, as (id, label), the most frequent first."""
    counted: dict[str, Counter[tuple[str, str]]] = {kind: Counter() for kind in facets.LABELS}
    for paragraph in article.paragraphs:
        counted["topic"].update((topic.id, topic.label) for topic in paragraph.topics)
        for entity in paragraph.entities:
            counted[entity.type][entity.id, entity.label] += 1
    return {kind: counts.most_common(MOST_NAMED) for kind, counts in counted.items() if counts}


def _citation(article: ArticleAnswer) -> Markup:
    """Write what a footnote names: title, source and date in both calendars, as far as they are known.

    Each stands for itself, so that a Persian title does not turn an English date around.
    """
    date = ""
    if article.date:
        day = dt.date.fromisoformat(article.date)
        date = f"{jalali_words(day)} ({gregorian_words(day)})"
    said = [article.source, date, gettext("رصد")]
    parts = [_BY_ITSELF.format(part) for part in said if part]
    title = _BY_ITSELF.format(article.title or gettext("خبر بی‌عنوان"))
    quoted = escape(gettext("«%(title)s»")) % {"title": title} if article.title else title
    return escape(gettext("، ")).join([quoted, *parts])


def _related(service: SearchService, article: ArticleAnswer) -> list[Result]:
    """Find articles that tell of the same: what the search finds for its title, or else for its beginning."""
    question = (article.title or article.paragraphs[0].text)[:MOST_LETTERS]
    known = {article.article_id, *(copy.article_id for copy in article.similar.articles)}
    asked = SearchParameters(q=question, size=MOST_RELATED + len(known), literal=True)
    return [hit for hit in service.search(asked).results if hit.article_id not in known][:MOST_RELATED]
