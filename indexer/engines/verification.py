"""Reads a whole index and names what is wrong, so that damage is found before a reader finds it."""

from collections.abc import Iterator

import msgspec
import numpy as np

from indexer.engines.snapshot import Snapshot


def verify(snapshot: Snapshot) -> Iterator[str]:
    """Check that every article is whole: its paragraphs readable, in order, once, and found by its id."""
    columns = snapshot.columns
    articles: dict[str, list[int]] = {}
    for document in snapshot.live.tolist():
        try:
            stored = snapshot.stored(document)
        except (msgspec.DecodeError, OSError, ValueError, KeyError, IndexError) as error:
            yield f"paragraph record {document} cannot be read: {error}"
            continue
        if stored.number != columns.number[document]:
            yield f"paragraph record {document} of article {stored.article_id} has the wrong number"
        if stored.number == 1 and not stored.content_hash:
            yield f"article {stored.article_id} has no content hash"
        articles.setdefault(stored.article_id, []).append(document)
    for article_id, documents in articles.items():
        numbers = columns.number[documents]
        if not np.array_equal(numbers, np.arange(1, len(documents) + 1)):
            yield f"article {article_id} has paragraphs {', '.join(map(str, numbers))}"
        if snapshot.postings("article_id", article_id).documents.tolist() != documents:
            yield f"article {article_id} is not found whole by its id"
