"""What a whole article says to a question: BM25 over its paragraphs taken together.

A long article that speaks of a matter throughout says it a little in every paragraph; its words are counted
together here, against its whole length, and rare means rare among articles. Combinations of a question's
words weigh as they do for paragraphs; a phrase or a prefix counts as in the paragraph it stands best in.
"""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from whoosh.query import compound, qcore, terms

from .evaluation import find
from .schema import TITLE_FIELDS, TITLE_OF
from .scoring import Bm25

if TYPE_CHECKING:
    from .snapshot import ColumnarSnapshot

Scores = npt.NDArray[np.float32]


def article_scores(query: qcore.Query, snapshot: "ColumnarSnapshot", scoring: Bm25) -> Scores:
    """Score every article of a state, by its ordinal; its headline counts as part of it."""
    return _Evidence(snapshot, scoring).score(query)


class _Evidence:
    def __init__(self, snapshot: "ColumnarSnapshot", scoring: Bm25) -> None:
        self._snapshot = snapshot
        self._scoring = scoring
        self._articles = snapshot.columns.article
        self._count = int(self._articles[-1]) + 1 if len(self._articles) else 0

    def score(self, query: qcore.Query) -> Scores:
        scores = self._unboosted(query)
        boost = getattr(query, "boost", 1.0)
        return scores if boost == 1.0 else scores * np.float32(boost)

    def _unboosted(self, query: qcore.Query) -> Scores:
        if isinstance(query, terms.Term):
            return self._term(query)
        if isinstance(query, compound.DisjunctionMax):
            return self._combined(np.maximum, query.subqueries)
        if isinstance(query, compound.And | compound.Or):
            return self._combined(np.add, query.subqueries)
        if isinstance(query, compound.AndMaybe):
            return self._combined(np.add, [query.a, query.b])
        if isinstance(query, compound.AndNot | compound.Require):
            return self.score(query.a)
        if isinstance(query, qcore.Every) or not query.is_leaf():
            return self._nothing()
        return self._best_paragraph(query)

    def _combined(self, combine: "np.ufunc", parts: list[qcore.Query]) -> Scores:
        total = self._nothing()
        for part in parts:
            combine(total, self.score(part), out=total)
        return total

    def _term(self, query: terms.Term) -> Scores:
        snapshot, scoring, field = self._snapshot, self._scoring, query.fieldname
        scores = self._nothing()
        if not scoring.scores_field(snapshot, field):
            return scores
        frequencies = self._frequencies(field, query.text)
        if field in TITLE_OF:
            frequencies += self._frequencies(TITLE_OF[field], query.text)
        holding = np.flatnonzero(frequencies)
        if field in TITLE_FIELDS or not len(holding):
            return scores
        frequencies = frequencies[holding]
        idf = scoring.idf_among(snapshot.article_count, len(holding))
        norms = snapshot.article_norms(scoring, field)[holding]
        scores[holding] = frequencies * np.float32(idf * (scoring.k1 + 1)) / (frequencies + norms)
        return scores

    def _frequencies(self, field: str, term: str) -> Scores:
        documents, times = self._snapshot.postings(field, term)
        return np.bincount(self._articles[documents], times, minlength=self._count).astype(np.float32)

    def _best_paragraph(self, query: qcore.Query) -> Scores:
        scores = self._nothing()
        found = find(query, self._snapshot, self._scoring)
        documents = found.documents
        np.maximum.at(scores, self._articles[documents], found.scores[documents])
        return scores

    def _nothing(self) -> Scores:
        return np.zeros(self._count, np.float32)
