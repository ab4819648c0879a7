"""Puts analysed articles into a Whoosh index, one commit a batch."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from analyzers.token import Token
from indexer.engine import AnalyzedArticle, AnalyzedParagraph, StoredParagraph
from indexer.preparation import prepare
from indexer.signatures import SIGNATURE_BYTES

from .schema import LABEL_SEPARATOR, WORD_FIELDS, length

# Positions between a heading and its paragraph, so that no phrase runs from one into the other.
HEADING_GAP = 100


class WhooshBatch:
    """Changes to one index that become visible together; see :class:`indexer.engine.WriteBatch`."""

    def __init__(self, index: Any) -> None:
        self._writer: Any = index.writer(compound=False)
        self._reader = self._writer.searcher().reader()

    def commit(self) -> None:
        """Make the changes visible; unmerged, so that paragraphs stay in the order they came."""
        self._writer.commit(merge=False)

    def cancel(self) -> None:
        """Forget the changes."""
        self._writer.cancel()

    def add(self, article: AnalyzedArticle) -> None:
        """Put an article in, in place of the one with the same id."""
        self.delete(article.article.id)
        for paragraph in article.paragraphs:
            self._writer.add_document(**_fields(article, paragraph))

    def delete(self, article_id: str) -> None:
        """Take an article out; one that is not there is no error."""
        term = ("article_id", article_id.encode("utf-8", "replace"))
        if term in self._reader:
            for document in list(self._reader.postings(*term).all_ids()):
                self._writer.delete_document(document)


def _fields(analyzed: AnalyzedArticle, paragraph: AnalyzedParagraph) -> dict[str, Any]:
    article = analyzed.article
    first = paragraph.number == analyzed.paragraphs[0].number
    title = analyzed.title_tokens if first else ()
    tokens = _joined(paragraph.heading_tokens, paragraph.tokens)
    fields: dict[str, Any] = {
        "article_id": [article.id],
        "text": [(token.term, position) for token, position in tokens],
        "exact": [(token.exact, position) for token, position in tokens],
        "title": [(token.term, token.position) for token in title],
        "title_exact": [(token.exact, token.position) for token in title],
        "number": paragraph.number,
        "date": article.date.toordinal() if article.date else 0,
        "signature": prepare([analyzed]).signatures.tobytes() if first else bytes(SIGNATURE_BYTES),
        "paragraph": _stored(analyzed, paragraph, first=first),
        "label": [
            LABEL_SEPARATOR.join((facet, value.id, value.label))
            for facet, values in paragraph.facets.items()
            for value in values
        ],
    }
    fields |= {f"{name}_length": length(fields[name]) for name in WORD_FIELDS}
    fields |= {facet: [value.id for value in values] for facet, values in paragraph.facets.items()}
    return fields


def _joined(heading: Sequence[Token], body: Iterable[Token]) -> list[tuple[Token, int]]:
    """Put a heading's tokens before its paragraph's, in one run of positions."""
    shift = heading[-1].position + HEADING_GAP if heading else 0
    return [(token, token.position) for token in heading] + [
        (token, token.position + shift) for token in body
    ]


def _stored(analyzed: AnalyzedArticle, paragraph: AnalyzedParagraph, *, first: bool) -> bytes:
    article = analyzed.article
    stored = StoredParagraph(
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
    return msgspec.json.encode(stored)
