"""Articles weighed the slow and obvious way: one at a time, from each word's postings."""

import math

from whoosh import query as q
from whoosh.query.positional import Sequence

from indexer.settings import SearchSettings

from .evaluation import evaluate
from .snapshot import WhooshSnapshot


class Evidence:
    """What every article of a state says to a question as a whole, by the article's ordinal."""

    def __init__(self, snapshot: WhooshSnapshot, settings: SearchSettings) -> None:
        self.snapshot = snapshot
        self.settings = settings
        self.articles = snapshot.columns.article.tolist()
        self.lengths: dict[int, int] = {}
        for document in snapshot.live.tolist():
            for field in ("text", "title"):
                length = int(snapshot.lengths(field)[document])
                self.lengths[self.articles[document]] = self.lengths.get(self.articles[document], 0) + length
        self.mean = sum(self.lengths.values()) / max(len(self.lengths), 1)

    def weigh(self, query: q.Query) -> dict[int, float]:
        boost = getattr(query, "boost", 1.0)
        return {article: score * boost for article, score in self._weigh(query).items()}

    def _weigh(self, query: q.Query) -> dict[int, float]:
        if isinstance(query, q.Term):
            return self._term(query.text) if query.fieldname == "text" else {}
        if isinstance(query, q.AndNot):
            return self.weigh(query.a)
        if isinstance(query, q.And | q.Or | q.AndMaybe) and not isinstance(query, Sequence):
            total: dict[int, float] = {}
            for part in query.subqueries:
                for article, score in self.weigh(part).items():
                    total[article] = total.get(article, 0.0) + score
            return total
        if isinstance(query, q.Phrase | q.Prefix):
            found = evaluate(query, self.snapshot, k1=self.settings.k1, b=self.settings.b)
            best: dict[int, float] = {}
            for document, score in zip(found.documents.tolist(), found.scores.tolist(), strict=True):
                best[self.articles[document]] = max(score, best.get(self.articles[document], 0.0))
            return best
        return {}

    def _term(self, text: str) -> dict[int, float]:
        times: dict[int, float] = {}
        for field in ("text", "title"):
            documents, frequencies = self.snapshot.postings(field, text)
            for document, frequency in zip(documents.tolist(), frequencies.tolist(), strict=True):
                times[self.articles[document]] = times.get(self.articles[document], 0.0) + frequency
        idf = math.log1p((len(self.lengths) - len(times) + 0.5) / (len(times) + 0.5))
        k1, b = self.settings.k1, self.settings.b
        return {
            article: idf * (k1 + 1) * n / (n + k1 * (1 - b + b * self.lengths[article] / self.mean))
            for article, n in times.items()
        }
