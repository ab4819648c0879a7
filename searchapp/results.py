"""Turns what an index gives back into what is shown: words marked, dates in both calendars, snippets cut."""

from collections.abc import Sequence

from msgspec import structs
from whoosh.query.qcore import Query

from analyzers import PersianAnalyzer
from analyzers.entities import Entity
from analyzers.topics import Topic
from indexer.engine import Explanation, FacetCount, Hit, StoredParagraph
from searchapp.models import (
    ArticleAnswer,
    ArticleParagraph,
    EntityMention,
    FacetValue,
    MatchingParagraph,
    Result,
    SimilarArticle,
    SimilarArticles,
    TopicLabel,
)
from searchapp.periods import jalali_iso
from searchapp.snippets import Marker, marked_html, snippet_html


class Presenter:
    """Shows hits and articles as the answer to one query; None marks nothing."""

    def __init__(self, analyzer: PersianAnalyzer, query: Query | None) -> None:
        self._marker = Marker(analyzer, query)

    def result(self, hit: Hit, explanation: Explanation | None = None) -> Result:
        """Show an article's best paragraph, and the next best under it."""
        document = hit.document
        marks = self._marker.marks(document.text)
        return Result(
            article_id=hit.article_id,
            paragraph=hit.number,
            title=document.title,
            heading=document.heading or None,
            date=document.date.isoformat() if document.date else None,
            date_jalali=jalali_iso(document.date) if document.date else None,
            source=document.source or None,
            url=document.url or None,
            score=round(hit.score, 4),
            text=document.text,
            highlights=marks,
            snippet=snippet_html(document.text, marks),
            entities=_mentions(document.entities),
            topics=_topics(document.topics),
            matching=hit.matching,
            more=[self._more(other) for other in hit.more],
            similar=similar_articles(hit.similar, hit.copies),
            explanation=explanation,
        )

    def article(self, stored: Sequence[StoredParagraph], similar: SimilarArticles) -> ArticleAnswer:
        """Show a whole article; ``stored`` are its paragraphs, at least one."""
        first = stored[0]
        return ArticleAnswer(
            article_id=first.article_id,
            title=first.title,
            date=first.date.isoformat() if first.date else None,
            date_jalali=jalali_iso(first.date) if first.date else None,
            source=first.source or None,
            url=first.url or None,
            category=first.category or None,
            paragraphs=[self._paragraph(paragraph) for paragraph in stored],
            similar=similar,
        )

    def _more(self, hit: Hit) -> MatchingParagraph:
        text = hit.document.text
        marks = self._marker.marks(text)
        return MatchingParagraph(hit.number, text, marks, snippet_html(text, marks), round(hit.score, 4))

    def _paragraph(self, stored: StoredParagraph) -> ArticleParagraph:
        marks = self._marker.marks(stored.text)
        return ArticleParagraph(
            paragraph=stored.number,
            heading=stored.heading or None,
            text=stored.text,
            highlights=marks,
            html=marked_html(stored.text, marks),
            entities=_mentions(stored.entities),
            topics=_topics(stored.topics),
        )


def similar_articles(hits: Sequence[Hit], total: int) -> SimilarArticles:
    """Show copies of an article, ``total`` in all, by what tells them apart."""
    return SimilarArticles(total, [_similar_article(hit.document) for hit in hits])


def _similar_article(document: StoredParagraph) -> SimilarArticle:
    return SimilarArticle(
        article_id=document.article_id,
        title=document.title,
        date=document.date.isoformat() if document.date else None,
        date_jalali=jalali_iso(document.date) if document.date else None,
        source=document.source or None,
    )


def facet_value(value: FacetCount) -> FacetValue:
    """Show a facet's value."""
    return FacetValue(value.id, value.label, value.count, value.selected, value.excluded)


def _mentions(entities: Sequence[Entity]) -> list[EntityMention]:
    return [EntityMention(*structs.astuple(entity)) for entity in entities]


def _topics(topics: Sequence[Topic]) -> list[TopicLabel]:
    return [TopicLabel(*topic) for topic in topics]
