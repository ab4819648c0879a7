"""What a segment keeps of a paragraph, and how an article becomes its documents.

Words are indexed as the analyzer gave them, so the schema that Whoosh's own tools are shown has no
analysis: ``text`` holds lemmas and ``exact`` the words as typed, heading first; ``title`` and
``title_exact`` are filled on an article's first paragraph only.
"""

from typing import Any

import msgspec
from whoosh.fields import FieldType, Schema
from whoosh.formats import Existence, Positions

from indexer.engine import FACETS
from indexer.preparation import PreparedArticle

from .building import SegmentBuilder

SCHEMA_VERSION = 6

WORD_FIELDS = ("text", "exact", "title", "title_exact")
# The headline's words have fields of their own, filled on the first paragraph.
TITLE_OF = {"text": "title", "exact": "title_exact"}
TITLE_FIELDS = tuple(TITLE_OF.values())
ARTICLE_ID = "article_id"
NUMBER = "number"
DATE = "date"
COLUMNS = (NUMBER, DATE)
LABELS = "labels"
_STORED = "stored"
_ARTICLES = "articles"


def schema() -> Schema:
    """Describe the fields to Whoosh's own readers, matchers and spelling."""
    unanalyzed: Any = None
    words = {name: FieldType(Positions(), unanalyzed, scorable=True) for name in WORD_FIELDS}
    values = {name: FieldType(Existence(), unanalyzed) for name in (ARTICLE_ID, *FACETS)}
    return Schema(**words, **values)


def builder() -> SegmentBuilder:
    """Start a segment of paragraphs."""
    return SegmentBuilder(WORD_FIELDS, (ARTICLE_ID, *FACETS), COLUMNS, (_STORED, _ARTICLES))


def add_article(segment: SegmentBuilder, article: PreparedArticle) -> None:
    """Put all paragraphs of an article in, side by side and in order."""
    for at, paragraph in enumerate(article.paragraphs):
        if at == 0:
            segment.store(_ARTICLES, msgspec.json.encode((article.id, article.path, article.content_hash)))
            segment.sign(article.signature)
        values = {**paragraph.values, ARTICLE_ID: [article.id]}
        segment.add(paragraph.words, values, {NUMBER: paragraph.number, DATE: article.day})
        segment.store(_STORED, paragraph.record)
    for (facet, id_), label in article.labels.items():
        segment.note(LABELS, f"{facet}/{id_}", label)
