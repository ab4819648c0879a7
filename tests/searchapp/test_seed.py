"""What the article that the project began with must answer, in every spelling."""

import pytest

from searchapp.models import SearchAnswer, SearchParameters
from searchapp.search import SearchService


def ask(service: SearchService, question: str) -> SearchAnswer:
    return service.search(SearchParameters(q=question, group="paragraph", size=100))


def marked(answer: SearchAnswer) -> list[str]:
    return [result.text[start:end] for result in answer.results for start, end in result.highlights]


def test_the_article_has_thirteen_paragraphs(seed: SearchService) -> None:
    answer = ask(seed, "")
    assert (answer.total, answer.total_articles) == (13, 1)
    assert len({result.heading for result in answer.results if result.heading}) == 3


@pytest.mark.parametrize("question", ["تحریم", "تحریم‌ها", "تحریمهای", "تحریم های", "تحريم"])
def test_sanctions_in_every_spelling(seed: SearchService, question: str) -> None:
    answer = ask(seed, question)
    assert answer.total == 4
    assert len(marked(answer)) == 8
    assert set(marked(answer)) == {"تحریمهای", "تحریمها"}


@pytest.mark.parametrize("question", ["همکاری", "همکاری‌ها", "همکاریهای"])
def test_cooperation_marks_all_its_forms(seed: SearchService, question: str) -> None:
    words = marked(ask(seed, question))
    assert len(words) == 13
    assert {"همکاری", "همکاریها", "همکاریهای", "وهمکاریهای"} == set(words)


@pytest.mark.parametrize("question", ["خطیب‌زاده", "خطیبزاده", "خطیب زاده", '"خطیب‌زاده"'])
def test_a_name_without_its_joiner(seed: SearchService, question: str) -> None:
    assert marked(ask(seed, question)) == ["خطیبزاده"]


@pytest.mark.parametrize("question", ["وزیر امور خارجه", "وزیرامورخارجه", "وزیر امورخارجه"])
def test_the_foreign_minister_however_joined(seed: SearchService, question: str) -> None:
    answer = ask(seed, question)
    texts = [result.text for result in answer.results]
    assert any("وزیرامورخارجه ایران" in text for text in texts)
    assert any("کرد.وزیر امورخارجه" in text for text in texts)
    assert "وزیرامورخارجه" in marked(answer)


@pytest.mark.parametrize("question", ['"وزیر امور خارجه"', "«وزیر امور خارجه»", '"وزیرامورخارجه"'])
def test_the_phrase_is_marked_where_it_stands(seed: SearchService, question: str) -> None:
    words = marked(ask(seed, question))
    assert len(words) == 8
    assert set(words) == {"وزیر امور خارجه", "وزیرامورخارجه", "وزیر امورخارجه"}


def test_paragraphs_stand_under_their_article(seed: SearchService) -> None:
    answer = seed.search(SearchParameters(q="تحریم"))
    [result] = answer.results
    assert result.matching == 4
    assert len(result.more) == 3
    assert [other.paragraph for other in result.more] != sorted(
        {result.paragraph, *(other.paragraph for other in result.more)}
    )
