"""Reads out all that answers a request, however much it is, from one state of the columnar index."""

from collections.abc import Iterator

import numpy as np

from indexer.engine import FACETS, Hit, SearchRequest
from indexer.settings import SearchSettings

from .answering import narrowed
from .evaluation import find
from .ranking import in_order
from .recency import recency
from .scoring import Bm25
from .snapshot import ColumnarSnapshot

_AT_ONCE = 500


def export(request: SearchRequest, snapshot: ColumnarSnapshot, settings: SearchSettings) -> Iterator[Hit]:
    """Yield every matching paragraph in order, holding a few hundred of them at a time.

    What holds all is their numbers and scores, twelve bytes a paragraph.
    """
    found = find(request.query, snapshot, Bm25(settings.k1, settings.b, frozenset(FACETS)))
    columns = snapshot.columns
    if request.sort == "relevance" and request.recency:
        np.multiply(found.scores, recency(columns, request.recency, settings.recency_days), out=found.scores)
    documents = narrowed(request, snapshot, found.mask).kept.documents
    scores = found.scores[documents]
    order = in_order(scores, columns.date[documents], documents.astype(np.int32), request.sort)
    documents, scores = documents[order], scores[order]
    for start in range(0, len(documents), _AT_ONCE):
        stretch = slice(start, start + _AT_ONCE)
        stored = snapshot.stored_paragraphs(documents[stretch].tolist())
        for paragraph, score in zip(stored, scores[stretch].tolist(), strict=True):
            yield Hit(
                article_id=paragraph.article_id, number=paragraph.number, score=score, document=paragraph
            )
