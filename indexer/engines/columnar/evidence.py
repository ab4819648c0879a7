"""What a whole article says to a question: BM25 over its paragraphs taken together.

A long article that speaks of a matter throughout says it a little in every paragraph; its words are counted
together here, against its whole length, and rare means rare among articles. Combinations of a question's
words weigh as they do for paragraphs; a phrase or a prefix counts as in the paragraph it stands best in.
"""

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
    from collections.abc import Hashable

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
    evidence = _Evidence(snapshot, scoring, query, found, deadline)
    total = evidence.nothing()
    evidence.add(query, total)
    return total


class _Evidence:
    def __init__(
        self,
        snapshot: "ColumnarSnapshot",
        scoring: Bm25,
        question: qcore.Query,
        found: Found,
        deadline: float | None,
    ) -> None:
        self._question = question
        self._found = found
        self._others: dict[Hashable, Found] = {}
        self._deadline = deadline
        self._snapshot = snapshot
        self._scoring = scoring
        self._articles = snapshot.columns.article
        self._count = snapshot.columns.article_count

    def nothing(self) -> Scores:
        return np.zeros(self._count, np.float32)

    def add(self, query: qcore.Query, total: Scores, boost: float = 1.0) -> None:
        """Add what a part of the question says about every article."""
        boost *= getattr(query, "boost", 1.0)
        if isinstance(query, compound.DisjunctionMax):
            total += self._best_part(query) * np.float32(boost)
        elif isinstance(query, compound.And | compound.Or | compound.AndMaybe):
            for part in query.subqueries:
                self.add(part, total, boost)
        elif isinstance(query, compound.AndNot | compound.Require):
            self.add(query.a, total, boost)
        elif query.is_leaf() and not isinstance(query, qcore.Every):
            articles, scores = self._leaf(query)
            total[articles] += scores * np.float32(boost)

    def _best_part(self, query: compound.DisjunctionMax) -> Scores:
        highest = self.nothing()
        for part in query.subqueries:
            if part.is_leaf() and not isinstance(part, qcore.Every):
                articles, scores = self._leaf(part)
                scores = scores * np.float32(getattr(part, "boost", 1.0))
                highest[articles] = np.maximum(highest[articles], scores)
            else:
                own = self.nothing()
                self.add(part, own)
                np.maximum(highest, own, out=highest)
        return highest

    def _leaf(self, query: qcore.Query) -> tuple[AnyArray, Scores]:
        """The articles that a word or a pattern says something about, each once, and how much."""
        if not isinstance(query, terms.Term):
            return self._best_paragraph(query)
        field = query.fieldname
        if not self._scoring.scores_field(self._snapshot, field) or field in TITLE_FIELDS:
            return np.zeros(0, np.intp), np.zeros(0, np.float32)
        return self._weighed(field, query.text)

    def _weighed(self, field: str, term: str) -> tuple[AnyArray, Scores]:
        """The articles that hold a word, with its scores, kept between questions as long as there is room."""
        snapshot, scoring = self._snapshot, self._scoring
        key = ("article", scoring.key, field, term)
        if (kept := snapshot.weighed.get(key)) is None:
            frequencies = self._frequencies(field, term)
            if field in TITLE_OF:
                frequencies += self._frequencies(TITLE_OF[field], term)
            articles = np.flatnonzero(frequencies > 0)
            times = frequencies[articles]
            idf = scoring.idf_among(snapshot.article_count, len(articles))
            norms = snapshot.article_norms(scoring, field)[articles]
            kept = (articles, times * np.float32(idf * (scoring.k1 + 1)) / (times + norms))
            snapshot.weighed.keep(key, *kept)
        return kept[0], kept[1]

    def _frequencies(self, field: str, term: str) -> Scores:
        documents, times = self._snapshot.postings(field, term)
        return np.bincount(self._articles[documents], times, minlength=self._count).astype(np.float32)

    def _best_paragraph(self, query: qcore.Query) -> tuple[AnyArray, Scores]:
        documents = (found := self._find(query)).documents
        if not len(documents):
            return documents, np.zeros(0, np.float32)
        firsts = run_starts(self._articles[documents])
        return self._articles[documents[firsts]], np.maximum.reduceat(found.scores[documents], firsts)

    def _find(self, query: qcore.Query) -> Found:
        if query is self._question:
            return self._found
        key = query_key(query)
        if key not in self._others:
            self._others[key] = find(query, self._snapshot, self._scoring, self._deadline)
        return self._others[key]
