import pytest

from analyzers import PersianAnalyzer
from analyzers.relations import Relations

RELATED = [
    ("ایران", "ایرانی"),
    ("روسیه", "روسی"),
    ("روسیه", "روس"),
    ("فرانسه", "فرانسوی"),
    ("سوریه", "سوری"),
    ("ترکیه", "ترک"),
    ("لیبی", "لیبیایی"),
    ("آمریکا", "آمریکایی"),
    ("سرگئی", "سرگی"),
    ("واشنگتن", "واشینگتن"),
    ("اوکراین", "اکراین"),
    ("برجام", "برنامه جامع اقدام مشترک"),
    ("آژانس", "آژانس بین‌المللی انرژی اتمی"),
    ("ایالات متحده", "آمریکا"),
    ("سازمان ملل", "سازمان ملل متحد"),
]

APART = [
    ("ملت", "ملی"),
    ("رهبر", "رهبری"),
    ("نظام", "نظامی"),
    ("امنیت", "امن"),
    ("وزارت", "وزیر"),
    ("ایران", "ایراد"),
]


@pytest.fixture(scope="module")
def relations(analyzer: PersianAnalyzer) -> Relations:
    return Relations(analyzer)


def terms(analyzer: PersianAnalyzer, text: str) -> tuple[str, ...]:
    return tuple(token.term for token in analyzer.analyze(text))


@pytest.mark.parametrize(("one", "other"), RELATED + [(other, one) for one, other in RELATED])
def test_each_finds_the_other_ranked_lower(
    relations: Relations, analyzer: PersianAnalyzer, one: str, other: str
) -> None:
    found = {related.terms: related.weight for related in relations.related(terms(analyzer, one))}
    assert 0 < found[terms(analyzer, other)] < 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_that_only_look_alike_stay_apart(
    relations: Relations, analyzer: PersianAnalyzer, one: str, other: str
) -> None:
    assert terms(analyzer, one) != terms(analyzer, other)
    assert terms(analyzer, other) not in {
        related.terms for related in relations.related(terms(analyzer, one))
    }


def test_the_nearest_comes_first(relations: Relations, analyzer: PersianAnalyzer) -> None:
    weights = [related.weight for related in relations.related(terms(analyzer, "ایران"))]
    assert len(weights) > 1
    assert weights == sorted(weights, reverse=True)


def test_a_word_without_relations_has_none(relations: Relations) -> None:
    assert relations.related(["ژژژژ"]) == []
    assert relations.related([]) == []
