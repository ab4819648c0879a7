import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import settings

from analyzers import Token
from indexer.article import Article
from indexer.engine import AnalyzedArticle, AnalyzedParagraph, FacetValue

Build = Callable[..., AnalyzedArticle]

# How long an example takes says nothing on a machine that does other work too.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def tokens(text: str) -> list[Token]:
    """Words as terms; ``a|b`` are alternatives at one position."""
    found = []
    start = 0
    for position, word in enumerate(text.split()):
        start = text.index(word, start)
        found += [Token(each, start, start + len(word), position, word) for each in word.split("|")]
    return found


def built(
    id_: str,
    *texts: str,
    title: str = "",
    date: dt.date | None = None,
    headings: Mapping[int, str] | None = None,
    facets: Mapping[int, Mapping[str, Sequence[str]]] | None = None,
    source: str = "",
) -> AnalyzedArticle:
    """An article whose paragraphs are ``texts``; ``facets`` gives ids by number, labels are upper case."""
    paragraphs = []
    for number, text in enumerate(texts, 1):
        heading = (headings or {}).get(number, "")
        values = {
            name: [FacetValue(each, each.upper()) for each in ids]
            for name, ids in (facets or {}).get(number, {}).items()
        }
        if source:
            values["source"] = [FacetValue(source, source)]
        paragraphs.append(
            AnalyzedParagraph(number, heading, text, tokens(heading), tokens(text), (), (), values)
        )
    article = Article(
        id=id_, title=title, date=date, source=source, text="\n".join(texts) or "x", path=f"/news/{id_}.txt"
    )
    return AnalyzedArticle(article, tokens(title), paragraphs)


@pytest.fixture
def build() -> Build:
    return built
