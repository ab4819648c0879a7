"""Says where a score comes from, leaf by leaf, with the very functions that made it."""

from collections.abc import Callable, Iterator

import numpy as np
from whoosh.query import compound, positional, qcore, terms

from indexer.engine import FACETS, Explanation, Hit, SearchRequest
from indexer.settings import SearchSettings

from .evaluation import find
from .evidence import article_scores
from .proximity import RESCORED, Proximity
from .recency import recency
from .schema import ARTICLE_ID, TITLE_FIELDS, TITLE_OF
from .scoring import Bm25
from .snapshot import ColumnarSnapshot

Leaf = Callable[[qcore.Query], Explanation | None]


class Explainer:
    """Explains the hits of one request; ``place`` below is a hit's rank, from 0."""

    def __init__(self, request: SearchRequest, snapshot: ColumnarSnapshot, settings: SearchSettings) -> None:
        self._request = request
        self._snapshot = snapshot
        self._settings = settings
        self._scoring = Bm25(settings.k1, settings.b, frozenset(FACETS))

    def explain(self, hit: Hit, place: int) -> Explanation:
        """Add a hit's score up from its words; the value is what it is ranked by."""
        columns, settings, request = self._snapshot.columns, self._settings, self._request
        documents = self._snapshot.postings(ARTICLE_ID, hit.article_id).documents
        document = int(documents[columns.number[documents] == hit.number][0])
        article = int(columns.article[document])
        paragraph = _walk(request.query, lambda leaf: self._in_paragraph(leaf, document))
        factor = 1.0
        if request.recency:
            factor = float(recency(columns, request.recency, settings.recency_days)[document])
        parts = [_times("paragraph", paragraph, factor)]
        proximity = Proximity(request.words, self._snapshot, self._scoring, settings.proximity_boost)
        if proximity.applies and place < RESCORED:
            parts.append(Explanation("proximity", float(proximity.bonuses(np.array([document]))[0])))
        total = Explanation("paragraph", sum(part.value for part in parts), parts=parts)
        if request.group == "paragraph":
            return total
        whole = _walk(request.query, lambda leaf: self._in_article(leaf, article))
        share = settings.paragraph_share
        best = Explanation("best_paragraph", share * total.value, {"share": share}, [total])
        evidence = _times("whole_article", whole, factor)
        return Explanation("article", evidence.value + best.value, parts=[evidence, best])

    def _in_paragraph(self, leaf: qcore.Query, document: int) -> Explanation | None:
        found = find(leaf, self._snapshot, self._scoring)
        value = float(found.scores[document])
        if not value:
            return None
        if not isinstance(leaf, terms.Term):
            return Explanation(_name(leaf), value)
        field = leaf.fieldname
        statistics = self._snapshot.statistics(field)
        postings = self._snapshot.postings(field, leaf.text)
        held = len(postings.documents)
        return Explanation(
            _name(leaf),
            value,
            {
                "frequency": float(postings.frequencies[postings.documents.searchsorted(document)]),
                "holding": held,
                "idf": self._scoring.idf_among(statistics.documents, held),
                "length": int(self._snapshot.lengths(field)[document]),
                "mean_length": statistics.mean_length,
                "boost": leaf.boost,
            },
        )

    def _in_article(self, leaf: qcore.Query, article: int) -> Explanation | None:
        found = find(leaf, self._snapshot, self._scoring)
        value = float(article_scores(leaf, self._snapshot, self._scoring, found)[article])
        if not value:
            return None
        if not isinstance(leaf, terms.Term) or leaf.fieldname in TITLE_FIELDS:
            return Explanation(_name(leaf), value)
        columns = self._snapshot.columns
        fields = [leaf.fieldname, *([TITLE_OF[leaf.fieldname]] if leaf.fieldname in TITLE_OF else [])]
        held: set[int] = set()
        frequency = 0.0
        for field in fields:
            postings = self._snapshot.postings(field, leaf.text)
            articles = columns.article[postings.documents]
            held.update(articles.tolist())
            frequency += float(postings.frequencies[articles == article].sum())
        idf = self._scoring.idf_among(self._snapshot.article_count, len(held))
        details = {"frequency": frequency, "holding": len(held), "idf": idf, "boost": leaf.boost}
        return Explanation(_name(leaf), value, details)


def _walk(query: qcore.Query, leaf: Leaf) -> Explanation:
    """Add up the parts of a query as its evaluation does."""
    boost = getattr(query, "boost", 1.0)
    if isinstance(query, compound.DisjunctionMax):
        parts = list(_parts(query, leaf))
        value = max((part.value for part in parts), default=0.0) * boost
        return Explanation("best_of", value, parts=parts)
    if isinstance(query, compound.And | compound.Or | compound.AndMaybe):
        parts = list(_parts(query, leaf))
        return Explanation("sum", sum(part.value for part in parts) * boost, parts=parts)
    if isinstance(query, compound.AndNot | compound.Require):
        return _walk(query.a, leaf)
    if isinstance(query, qcore.Every) or not (query.is_leaf() or isinstance(query, positional.Sequence)):
        return Explanation("nothing", 0.0)
    return leaf(query) or Explanation("nothing", 0.0)


def _parts(query: compound.CompoundQuery, leaf: Leaf) -> Iterator[Explanation]:
    for part in query.subqueries:
        found = _walk(part, leaf)
        # A sum of one is that one.
        while found.what in {"sum", "best_of"} and len(found.parts) == 1:
            found = found.parts[0]
        if found.value:
            yield found


def _times(what: str, inner: Explanation, factor: float) -> Explanation:
    details = {"recency": factor} if factor != 1 else {}
    return Explanation(what, inner.value * factor, details, [inner])


def _name(leaf: qcore.Query) -> str:
    """Name a leaf by its field and words: text:تحریم."""
    words = getattr(leaf, "words", None) or [getattr(leaf, "text", "")]
    return f"{leaf.field() or ''}:{' '.join(map(str, words))}"
