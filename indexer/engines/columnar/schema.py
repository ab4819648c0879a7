"""What a segment keeps of a paragraph, and how an article becomes its documents.

Words are indexed as the analyzer gave them, so the schema that Whoosh's own tools are shown has no
analysis: ``text`` holds lemmas and ``exact`` the words as typed, heading first; ``title`` and
``title_exact`` are filled on an article's first paragraph only.
"""

from itertools import compress
from typing import Any

import msgspec
import numpy as np
from whoosh.fields import FieldType, Schema
from whoosh.formats import Existence, Positions

from indexer.engine import FACETS
from indexer.preparation import PreparedArticles, PreparedField

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


def add_articles(segment: SegmentBuilder, articles: PreparedArticles) -> None:
    """Put all paragraphs of some articles in, side by side and in order."""
    held = articles.sizes > 0
    named = zip(articles.ids, articles.paths, articles.content_hashes, strict=True)
    segment.store(_ARTICLES, map(msgspec.json.encode, compress(named, held)))
    segment.sign(articles.signatures[held])
    segment.store(_STORED, articles.records)
    of_articles = PreparedField(
        [id_.encode("utf-8", "replace") for id_ in articles.ids],
        np.repeat(np.arange(len(articles.ids)), articles.sizes),
        np.ones(len(articles.records), np.uint8),
    )
    segment.add(
        len(articles.records),
        {**articles.fields, ARTICLE_ID: of_articles},
        {NUMBER: articles.numbers, DATE: np.repeat(articles.days, articles.sizes)},
    )
    for facet, labels in articles.labels.items():
        segment.note(LABELS, {f"{facet}/{id_}": label for id_, label in labels.items()})
