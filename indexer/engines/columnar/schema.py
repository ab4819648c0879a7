"""What a segment keeps of a paragraph, and how an analysed article becomes its documents.

Words are indexed as the analyzer gave them, so the schema that Whoosh's own tools are shown has no
analysis: ``text`` holds lemmas and ``exact`` the words as typed, heading first; ``title`` and
``title_exact`` are filled on an article's first paragraph only.
"""

from typing import Any

from whoosh.fields import FieldType, Schema
from whoosh.formats import Existence, Positions

from analyzers.token import Token
from indexer.engine import FACETS, AnalyzedArticle, AnalyzedParagraph, StoredParagraph

from .building import SegmentBuilder

SCHEMA_VERSION = 2

WORD_FIELDS = ("text", "exact", "title", "title_exact")
TITLE_FIELDS = ("title", "title_exact")
ARTICLE_ID = "article_id"
NUMBER = "number"
DATE = "date"
COLUMNS = (NUMBER, DATE)
LABELS = "labels"
_STORED = "stored"
_ARTICLES = "articles"

# Positions between a heading and its paragraph, so that no phrase runs from one into the other.
_HEADING_GAP = 100


def schema() -> Schema:
    """Describe the fields to Whoosh's own readers, matchers and spelling."""
    unanalyzed: Any = None
    words = {name: FieldType(Positions(), unanalyzed, scorable=True) for name in WORD_FIELDS}
    values = {name: FieldType(Existence(), unanalyzed) for name in (ARTICLE_ID, *FACETS)}
    return Schema(**words, **values)


def builder() -> SegmentBuilder:
    """Start a segment of paragraphs."""
    return SegmentBuilder(WORD_FIELDS, (ARTICLE_ID, *FACETS), COLUMNS, (_STORED, _ARTICLES))


def add_article(segment: SegmentBuilder, analyzed: AnalyzedArticle) -> None:
    """Put all paragraphs of an article in, side by side and in order."""
    article = analyzed.article
    day = article.date.toordinal() if article.date else 0
    for at, paragraph in enumerate(analyzed.paragraphs):
        tokens, positions = _heading_first(paragraph)
        words = {
            "text": ([token.term for token in tokens], positions),
            "exact": ([token.exact for token in tokens], positions),
        }
        if at == 0:
            places = [token.position for token in analyzed.title_tokens]
            words["title"] = ([token.term for token in analyzed.title_tokens], places)
            words["title_exact"] = ([token.exact for token in analyzed.title_tokens], places)
            segment.store(_ARTICLES, (article.id, article.path, article.content_hash))
        values = {name: [value.id for value in values] for name, values in paragraph.facets.items()}
        segment.add(words, values | {ARTICLE_ID: [article.id]}, {NUMBER: paragraph.number, DATE: day})
        segment.store(_STORED, _stored(analyzed, paragraph, first=at == 0))
        for name, values_of in paragraph.facets.items():
            for value in values_of:
                segment.note(LABELS, f"{name}/{value.id}", value.label)


def _heading_first(paragraph: AnalyzedParagraph) -> tuple[list[Token], list[int]]:
    """A heading's tokens and its paragraph's, in one run of positions."""
    heading, body = paragraph.heading_tokens, paragraph.tokens
    if not heading:
        return list(body), [token.position for token in body]
    shift = heading[-1].position + _HEADING_GAP
    positions = [token.position for token in heading] + [token.position + shift for token in body]
    return [*heading, *body], positions


def _stored(analyzed: AnalyzedArticle, paragraph: AnalyzedParagraph, *, first: bool) -> StoredParagraph:
    article = analyzed.article
    return StoredParagraph(
        article_id=article.id,
        number=paragraph.number,
        text=paragraph.text,
        heading=paragraph.heading,
        title=article.title,
        date=article.date,
        source=article.source,
        url=article.url,
        category=article.category,
        entities=tuple(paragraph.entities),
        topics=tuple(paragraph.topics),
        metadata=article.metadata if first else {},
        path=article.path if first else "",
        content_hash=article.content_hash if first else "",
    )
