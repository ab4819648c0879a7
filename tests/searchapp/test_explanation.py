"""Where a score comes from: the parts add up to what a result is ranked by."""

import math
from collections.abc import Iterator

import pytest

from indexer.engine import Explanation
from searchapp.models import SearchAnswer, SearchParameters
from searchapp.search import SearchService


def ask(service: SearchService, question: str, **parameters: object) -> SearchAnswer:
    return service.search(SearchParameters(q=question, explain=True, **parameters))  # type: ignore[arg-type]


def steps(explanation: Explanation) -> Iterator[Explanation]:
    yield explanation
    for part in explanation.parts:
        yield from steps(part)


def named(explanation: Explanation, what: str) -> Explanation:
    return next(step for step in steps(explanation) if step.what == what)


QUESTIONS = [
    "ایران",
    "ایران روسیه تحریم",
    "مذاکرات وین",
    "وزیر امور خارجه ایران",
    '"امور خارجه"',
    '"ایران روسیه"~5',
    "تحری*",
    "روسیه -چین",
    "عنوان:مسکو ایران",
    "کشور:روسیه ایران",
    "چین یا ترکیه",
]


@pytest.mark.parametrize("recency", [0.0, 0.5])
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_paragraphs_parts_add_up_to_its_score(news, question, recency):
    answer = ask(news, question, group="paragraph", recency=recency)
    assert answer.results
    for result in answer.results:
        assert result.explanation.value == pytest.approx(result.score, abs=2e-4)


@pytest.mark.parametrize("recency", [0.0, 0.5])
@pytest.mark.parametrize("question", QUESTIONS)
def test_articles_are_listed_by_what_their_parts_add_up_to(news, question, recency):
    results = ask(news, question, recency=recency).results
    totals = [result.explanation.value for result in results]
    assert totals == pytest.approx(sorted(totals, reverse=True))
    for result in results:
        paragraph = named(result.explanation, "best_paragraph").parts[0]
        assert paragraph.value == pytest.approx(result.score, abs=2e-4)


def test_a_word_is_explained_by_bm25s_numbers(news):
    settings = news.settings
    [result] = ask(news, "پکن", group="paragraph", exact=True).results
    word = named(result.explanation, "title:پکن")
    numbers = word.details
    norm = settings.k1 * (1 - settings.b + settings.b * numbers["length"] / numbers["mean_length"])
    score = numbers["idf"] * (settings.k1 + 1) * numbers["frequency"] / (numbers["frequency"] + norm)
    assert word.value == pytest.approx(score * numbers["boost"], rel=1e-4)
    assert numbers["holding"] == 1


def test_nearness_is_named(news):
    [best, *_] = ask(news, "امور خارجه", group="paragraph").results
    assert named(best.explanation, "proximity").value > 0


def test_newness_raises_the_newer_of_two_alike(serve):
    service = serve(
        {"text": "نشست هرمز برگزار شد.", "date": "2020-01-01"},
        {"text": "نشست هرمز و مسقط برگزار شد.", "date": "2022-01-01"},
        {"text": "باران بارید.", "date": "2022-01-01"},
    )
    assert [each.article_id for each in ask(service, "هرمز").results] == ["a1", "a2"]
    newer = ask(service, "هرمز", recency=1.0).results
    assert [each.article_id for each in newer] == ["a2", "a1"]
    factors = [named(each.explanation, "whole_article").details["recency"] for each in newer]
    assert factors == pytest.approx([2.0, 1 + math.pow(2, -731 / service.settings.recency_days)], rel=1e-4)


def test_nothing_is_explained_unasked(news):
    answer = news.search(SearchParameters(q="ایران"))
    assert [result.explanation for result in answer.results] == [None] * len(answer.results)
