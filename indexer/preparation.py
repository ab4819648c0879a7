"""Boils an analysed article down to what an index keeps of it, on whichever process analysed it.

Between processes, a token is an object to write and one to read; the columns of a prepared article are
lists of strings, which cost a tenth of that.
"""

from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from analyzers.token import Token
from indexer.engine import AnalyzedArticle, AnalyzedParagraph, StoredParagraph

# Positions between a heading and its paragraph, so that no phrase runs from one into the other.
_HEADING_GAP = 100


class PreparedWords(NamedTuple):
    """A field's terms in order and the position of each, which ascend; alternatives share one."""

    terms: Sequence[str]
    positions: Sequence[int]


class PreparedParagraph(NamedTuple):
    """A paragraph's words by field, its facet values by facet, and its record as JSON."""

    number: int
    words: Mapping[str, PreparedWords]
    values: Mapping[str, Sequence[str]]
    record: bytes


class PreparedArticle(NamedTuple):
    """An article ready to be indexed; ``labels`` maps a facet and an id of it to what a reader sees."""

    id: str
    path: str
    content_hash: str
    day: int
    labels: Mapping[tuple[str, str], str]
    paragraphs: Sequence[PreparedParagraph]
    signature: bytes


def prepare(analyzed: AnalyzedArticle) -> PreparedArticle:
    """Boil an article down; ``title`` and ``title_exact`` go with its first paragraph only."""
    article = analyzed.article
    paragraphs = []
    labels: dict[tuple[str, str], str] = {}
    for at, paragraph in enumerate(analyzed.paragraphs):
        words = _words("text", "exact", paragraph.heading_tokens, paragraph.tokens)
        if at == 0:
            words |= _words("title", "title_exact", analyzed.title_tokens)
        for name, values in paragraph.facets.items():
            labels |= {(name, value.id): value.label for value in values}
        paragraphs.append(
            PreparedParagraph(
                number=paragraph.number,
                words=words,
                values={name: [value.id for value in values] for name, values in paragraph.facets.items()},
                record=msgspec.json.encode(_stored(analyzed, paragraph, first=at == 0)),
            )
        )
    day = article.date.toordinal() if article.date else 0
    return PreparedArticle(
        article.id, article.path, article.content_hash, day, labels, paragraphs, analyzed.signature
    )


def _words(lemmas: str, typed: str, *passages: Sequence[Token]) -> dict[str, PreparedWords]:
    """A field's lemmas and its words as typed, the passages in one run of positions."""
    terms: list[str] = []
    exact: list[str] = []
    places = array("I")
    shift = 0
    for tokens in filter(None, passages):
        of_terms, _, _, positions, of_exact = zip(*tokens, strict=True)
        terms += of_terms
        exact += of_exact
        places.extend([position + shift for position in positions] if shift else positions)
        shift = places[-1] + _HEADING_GAP
    return {lemmas: PreparedWords(terms, places), typed: PreparedWords(exact, places)}


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
