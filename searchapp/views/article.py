"""The article page: all its paragraphs, the words of the question marked, and what it names."""

from collections import Counter

from flask import render_template

from searchapp.models import ArticleAnswer
from searchapp.views.filters import FACET_LABELS

MOST_NAMED = 8


def show(answer: ArticleAnswer, question: str) -> str:
    """Show an article as the one who asked ``question`` reads it."""
    found = [paragraph for paragraph in answer.paragraphs if paragraph.highlights]
    return render_template(
        "article.html",
        article=answer,
        q=question,
        found=found,
        marks=sum(len(paragraph.highlights) for paragraph in found),
        named=_named(answer),
    )


def _named(article: ArticleAnswer) -> dict[str, list[tuple[tuple[str, str], int]]]:
    """Count an article's topics and entities by kind, as (id, label), the most frequent first."""
    counted: dict[str, Counter[tuple[str, str]]] = {kind: Counter() for kind in FACET_LABELS}
    for paragraph in article.paragraphs:
        counted["topic"].update((topic.id, topic.label) for topic in paragraph.topics)
        for entity in paragraph.entities:
            counted[entity.type][entity.id, entity.label] += 1
    return {kind: counts.most_common(MOST_NAMED) for kind, counts in counted.items() if counts}
