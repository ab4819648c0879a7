"""What a whole article says to a question: BM25 over its paragraphs taken together.

A long article that speaks of a matter throughout says it a little in every paragraph; its words are counted
together here, against its whole length, and rare means rare among articles. Combinations of a question's
words weigh as they do for paragraphs; a phrase or a prefix counts as in the paragraph it stands best in.
"""

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from whoosh.query import compound, qcore, terms

from .evaluation import Found, find
from .format import AnyArray
from .packing import run_starts
from .requests import query_key
from .schema import TITLE_FIELDS, TITLE_OF
from .scoring import Bm25

if TYPE_CHECKING:
    from .snapshot import ColumnarSnapshot

Scores = npt.NDArray[np.float32]


def article_scores(
    query: qcore.Query,
    snapshot: "ColumnarSnapshot",
    scoring: Bm25,
    found: Found,
    deadline: float | None = None,
) -> Scores:
    """Score every article of a state, by its ordinal; its headline counts as part of it.

    ``found`` is what the query has found among the paragraphs.
    """
    return _Evidence(snapshot, scoring, {query_key(query): found}, deadline).score(query)


class _Evidence:
    def __init__(
        self,
        snapshot: "ColumnarSnapshot",
        scoring: Bm25,
        found: dict[Hashable, Found],
        deadline: float | None,
    ) -> None:
        self._found = found
        self._deadline = deadline
        self._snapshot = snapshot
        self._scoring = scoring
        self._articles = snapshot.columns.article
        self._count = snapshot.columns.article_count

    def score(self, query: qcore.Query) -> Scores:
        scores = self._unboosted(query)
        boost = getattr(query, "boost", 1.0)
        return scores if boost == 1.0 else scores * np.float32(boost)

    def _unboosted(self, query: qcore.Query) -> Scores:
        if isinstance(query, terms.Term):
            return self._term(query)
        if isinstance(query, compound.DisjunctionMax):
            return self._combined(np.maximum, query.subqueries)
        if isinstance(query, compound.And | compound.Or | compound.AndMaybe):
            return self._combined(np.add, query.subqueries)
        if isinstance(query, compound.AndNot | compound.Require):
            return self.score(query.a)
        says_nothing = isinstance(query, qcore.Every) or not query.is_leaf()
        return self._nothing() if says_nothing else self._best_paragraph(query)

    def _combined(self, combine: "np.ufunc", parts: Sequence[qcore.Query]) -> Scores:
        total = self._nothing()
        for part in parts:
            combine(total, self.score(part), out=total)
        return total

    def _term(self, query: terms.Term) -> Scores:
        scores = self._nothing()
        field = query.fieldname
        if self._scoring.scores_field(self._snapshot, field) and field not in TITLE_FIELDS:
            articles, weights = self._weighed(field, query.text)
            scores[articles] = weights
        return scores

    def _weighed(self, field: str, term: str) -> tuple[AnyArray, Scores]:
        """The articles that hold a word, with its scores, kept between questions as long as there is room."""
        snapshot, scoring = self._snapshot, self._scoring
        key = ("article", scoring.key, field, term)
        if (kept := snapshot.weighed.get(key)) is None:
            frequencies = self._frequencies(field, term)
            if field in TITLE_OF:
                frequencies += self._frequencies(TITLE_OF[field], term)
            articles = np.flatnonzero(frequencies)
            times = frequencies[articles]
            idf = scoring.idf_among(snapshot.article_count, len(articles))
            norms = snapshot.article_norms(scoring, field)[articles]
            kept = (articles, times * np.float32(idf * (scoring.k1 + 1)) / (times + norms))
            snapshot.weighed.keep(key, *kept)
        return kept[0], kept[1]

    def _frequencies(self, field: str, term: str) -> Scores:
        documents, times = self._snapshot.postings(field, term)
        return np.bincount(self._articles[documents], times, minlength=self._count).astype(np.float32)

    def _best_paragraph(self, query: qcore.Query) -> Scores:
        scores = self._nothing()
        key = query_key(query)
        if (found := self._found.get(key)) is None:
            found = self._found[key] = find(query, self._snapshot, self._scoring, self._deadline)
        if len(documents := found.documents):
            firsts = run_starts(self._articles[documents])
            scores[self._articles[documents[firsts]]] = np.maximum.reduceat(found.scores[documents], firsts)
        return scores

    def _nothing(self) -> Scores:
        return np.zeros(self._count, np.float32)
