"""Columns of a chunk of articles, read back paragraph by paragraph."""

import datetime as dt
import pickle
from itertools import accumulate, chain, pairwise
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine import AnalyzedArticle, StoredParagraph
from indexer.preparation import PreparedArticles, PreparedField, prepare

from .engines.conftest import built

HEADING_GAP = 100

text = st.lists(st.sampled_from(["ایران", "روسیه|روس", "چین"]), max_size=5).map(" ".join)
values = st.dictionaries(st.sampled_from(["country", "topic"]), st.lists(st.sampled_from("abc"), unique=True))


@st.composite
def articles(draw: st.DrawFn) -> AnalyzedArticle:
    texts = draw(st.lists(text, max_size=3))
    numbers = st.integers(1, max(len(texts), 1))
    return built(
        draw(st.sampled_from(["یک", "دو", "سه"])),
        *texts,
        title=draw(text),
        date=draw(st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))),
        headings=draw(st.dictionaries(numbers, text)),
        facets=draw(st.dictionaries(numbers, values)),
    )


def by_paragraph(field: PreparedField | None, paragraphs: int) -> list[list[Any]]:
    """What a field holds of every paragraph: terms, with their positions where it has any."""
    if field is None:
        return [[]] * paragraphs
    held: list[Any] = [field.terms[number].decode() for number in field.numbers.tolist()]
    if field.positions is not None:
        held = list(zip(held, field.positions.tolist(), strict=True))
    assert len(field.counts) == paragraphs
    return [held[first:last] for first, last in pairwise(accumulate(field.counts.tolist(), initial=0))]


def placed(*passages: Any, part: str) -> list[tuple[str, int]]:
    words: list[tuple[str, int]] = []
    shift = 0
    for tokens in passages:
        words += [(getattr(token, part), token.position + shift) for token in tokens]
        shift += tokens[-1].position + HEADING_GAP if tokens else 0
    return words


@given(st.lists(articles(), min_size=1, max_size=4))
def test_columns_hold_what_was_analysed_paragraph_by_paragraph(analyzed: list[AnalyzedArticle]) -> None:
    prepared = prepare(analyzed)
    paragraphs = [paragraph for each in analyzed for paragraph in each.paragraphs]
    titles = [
        tokens for each in analyzed for tokens in [each.title_tokens, *[()] * len(each.paragraphs)][:-1]
    ]
    for name, part in (("text", "term"), ("exact", "exact")):
        assert by_paragraph(prepared.fields[name], len(paragraphs)) == [
            placed(each.heading_tokens, each.tokens, part=part) for each in paragraphs
        ]
    for name, part in (("title", "term"), ("title_exact", "exact")):
        found = by_paragraph(prepared.fields[name], len(paragraphs))
        assert found == [placed(tokens, part=part) for tokens in titles]
    for facet in ("country", "topic"):
        assert by_paragraph(prepared.fields.get(facet), len(paragraphs)) == [
            [value.id for value in each.facets.get(facet, ())] for each in paragraphs
        ]
    assert prepared.numbers.tolist() == [each.number for each in paragraphs]
    assert prepared.sizes.tolist() == [len(each.paragraphs) for each in analyzed]
    assert prepared.days.tolist() == [
        each.article.date.toordinal() if each.article.date else 0 for each in analyzed
    ]


@given(st.lists(articles(), min_size=1, max_size=4))
def test_an_article_is_prepared_alike_alone_and_with_others(analyzed: list[AnalyzedArticle]) -> None:
    together, alone = prepare(iter(analyzed)), [prepare([each]) for each in analyzed]
    assert together.records == list(chain.from_iterable(each.records for each in alone))
    assert together.ids == [id_ for each in alone for id_ in each.ids]
    assert together.content_hashes == [hash_ for each in alone for hash_ in each.content_hashes]
    assert np.array_equal(together.signatures, np.concatenate([each.signatures for each in alone]))


def test_an_articles_first_record_alone_has_what_is_kept_of_the_article_once() -> None:
    records = [msgspec.json.decode(line, type=StoredParagraph) for line in prepared("نفت", "گاز").records]
    assert [record.text for record in records] == ["نفت", "گاز"]
    assert [bool(record.content_hash and record.path) for record in records] == [True, False]


def prepared(*texts: str) -> PreparedArticles:
    return prepare([built("الف", *texts)])


def test_the_label_that_a_value_came_with_first_is_kept() -> None:
    first = built("الف", "نفت", facets={1: {"country": ["ir"]}})
    later = built("ب", "نفت", facets={1: {"country": ["IR", "ir"]}})
    assert prepare([first, later]).labels == {"country": {"ir": "IR", "IR": "IR"}}


@pytest.mark.parametrize("words", [0, 1, 5_000])
def test_columns_are_as_narrow_as_they_can_be_and_the_same_after_they_were_sent(words: int) -> None:
    article = prepared(" ".join(f"و{number}" for number in range(words)))
    sent = pickle.loads(pickle.dumps(article))  # noqa: S301 - written a line above
    field = sent.fields["text"]
    assert field.numbers.dtype == field.positions.dtype == np.min_scalar_type(max(words - 1, 0))
    assert field.positions.tolist() == list(range(words))
