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
        words = _words("text", "exact", *_heading_first(paragraph))
        if at == 0:
            title = analyzed.title_tokens
            words |= _words("title", "title_exact", title, [token.position for token in title])
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


def _words(
    lemmas: str, typed: str, tokens: Sequence[Token], positions: Sequence[int]
) -> dict[str, PreparedWords]:
    places = array("I", positions)
    return {
        lemmas: PreparedWords([token.term for token in tokens], places),
        typed: PreparedWords([token.exact for token in tokens], places),
    }


def _heading_first(paragraph: AnalyzedParagraph) -> tuple[Sequence[Token], Sequence[int]]:
    """A heading's tokens and its paragraph's, in one run of positions."""
    heading, body = paragraph.heading_tokens, paragraph.tokens
    if not heading:
        return body, [token.position for token in body]
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
