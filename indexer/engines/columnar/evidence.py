"""What a whole article says to a question: BM25 over its paragraphs taken together.

A long article that speaks of a matter throughout says it a little in every paragraph; its words are counted
together here, against its whole length, and rare means rare among articles. Combinations of a question's
words weigh as they do for paragraphs; a phrase or a prefix counts as in the paragraph it stands best in.
"""

from typing import TYPE_CHECKING

import numpy as np
from whoosh.query import compound, qcore, terms

from indexer.coverage import WordForms

from .evaluation import Found, find_part
from .evaluation.matches import Documents, Matches, Scores, highest, summed
from .packing import run_starts
from .schema import TITLE_FIELDS, TITLE_OF
from .scoring import Bm25

if TYPE_CHECKING:
    from collections.abc import Hashable

    from .snapshot import ColumnarSnapshot

# Where so many times fewer paragraphs hold a word than there are articles, they are sorted by article.
_FEW = 16


def article_scores(
    query: qcore.Query,
    snapshot: "ColumnarSnapshot",
    scoring: Bm25,
    found: Found,
) -> Scores:
    """Score every article of a state, by its ordinal; its headline counts as part of it.

    ``found`` is what the query has found among the paragraphs.
    """
    return _Evidence(snapshot, scoring, query, found).of(query).spread_scores


class _Evidence:
    def __init__(
        self,
        snapshot: "ColumnarSnapshot",
        scoring: Bm25,
        question: qcore.Query,
        found: Found,
    ) -> None:
        self._question = question
        self._found = found
        self._others: dict[Hashable, Found] = {}
        self._complete = True
        self._task = found.task
        self._snapshot = snapshot
        self._scoring = scoring
        self._articles = snapshot.columns.article
        self._count = snapshot.columns.article_count

    def of(self, query: qcore.Query, *, keeping: bool = True) -> Matches:
        """What a part of the question says about articles; ``keeping`` what a word says."""
        if isinstance(query, compound.DisjunctionMax):
            found = highest(self._count, [self.of(part, keeping=keeping) for part in query.subqueries])
        elif isinstance(query, WordForms) and keeping:
            found = self._word(query)
        elif isinstance(query, compound.And | compound.Or | compound.AndMaybe):
            found = summed(self._count, [self.of(part, keeping=keeping) for part in query.subqueries])
        elif isinstance(query, compound.AndNot | compound.Require):
            found = self.of(query.a, keeping=keeping)
        elif query.is_leaf() and not isinstance(query, qcore.Every):
            found = self._leaf(query, keeping=keeping)
        else:
            found = Matches.none(self._count)
        return found.boosted(getattr(query, "boost", 1.0))

    def _word(self, query: WordForms) -> Matches:
        """What a word says in all its forms, kept between questions as long as there is room."""
        key = ("article", self._scoring.key, self._task.key(query))
        if (found := self._snapshot.weighed.found(key, self._count)) is None:
            found = summed(self._count, [self.of(part, keeping=False) for part in query.subqueries])
            # A phrase that was cut off by the time limit says less than it will the next time.
            if self._complete:
                found = self._snapshot.weighed.keep(key, found)
        return found

    def _leaf(self, query: qcore.Query, *, keeping: bool) -> Matches:
        """The articles that a word or a pattern says something about, and how much."""
        if not isinstance(query, terms.Term):
            return self._best_paragraph(query)
        field = query.fieldname
        if not self._scoring.scores_field(self._snapshot, field) or field in TITLE_FIELDS:
            return Matches.none(self._count)
        if not keeping:
            return self._weighed(field, query.text)
        key = ("article", self._scoring.key, field, query.text)
        if (found := self._snapshot.weighed.found(key, self._count)) is None:
            found = self._snapshot.weighed.keep(key, self._weighed(field, query.text))
        return found

    def _weighed(self, field: str, term: str) -> Matches:
        """The articles that hold a word in a paragraph or in the headline, with its scores."""
        snapshot, scoring = self._snapshot, self._scoring
        norms = snapshot.article_norms(scoring, field)
        articles, times = self._occurrences(field, term)
        few = len(articles) * _FEW < self._count
        if few:
            order = np.argsort(articles, kind="stable")
            articles, times = articles[order], times[order]
            firsts = run_starts(articles)
            articles = articles[firsts]
            times = np.add.reduceat(times, firsts) if len(times) else times
            norms, held = norms[articles], len(articles)
        else:
            times = np.bincount(articles, times, minlength=self._count).astype(np.float32)
            held = int(np.count_nonzero(times > 0))
        weight = scoring.idf_among(snapshot.article_count, held) * (scoring.k1 + 1)
        scores = times * np.float32(weight) / (times + norms)
        return Matches.listed(self._count, articles, scores, positive=True) if few else Matches.spread(scores)

    def _occurrences(self, field: str, term: str) -> tuple[Documents, Scores]:
        """The article of every paragraph and headline that holds a word, and how often each does."""
        text = term.encode("utf-8", "replace")
        articles, times = [np.zeros(0, np.intp)], [np.zeros(0, np.float32)]
        for name in (field, TITLE_OF[field]) if field in TITLE_OF else (field,):
            numbers = self._snapshot.term(name, text).numbers
            for view, number in zip(self._snapshot.views, numbers, strict=True):
                if number < 0:
                    continue
                documents, frequencies = self._task.decoding.postings(view, name, number)
                if view.deleted is not None:
                    kept = view.live[documents]
                    documents, frequencies = documents[kept], frequencies[kept]
                articles.append(self._articles[view.base : view.base + view.size][documents])
                times.append(frequencies)
        return np.concatenate(articles), np.concatenate(times)

    def _best_paragraph(self, query: qcore.Query) -> Matches:
        documents = (found := self._find(query)).documents
        if not len(documents):
            return Matches.none(self._count)
        firsts = run_starts(self._articles[documents])
        best = np.maximum.reduceat(found.scores[documents], firsts)
        articles = self._articles[documents[firsts]].astype(np.intp)
        # Scoring 0 is saying nothing, listed or not.
        return Matches.listed(self._count, articles, best, positive=True)

    def _find(self, query: qcore.Query) -> Found:
        if query is self._question:
            return self._found
        key = self._task.key(query)
        if (found := self._others.get(key)) is None:
            found = find_part(self._task, query)
            self._others[key] = found
            self._complete &= found.complete
        return found
