"""What is said of words and filter values that the index lacks."""

import pytest

from searchapp.models import SearchParameters


def notes(service, question: str, **parameters: object) -> dict[str, str]:
    answer = service.search(SearchParameters(q=question, **parameters))  # type: ignore[arg-type]
    return {note.code: note.message for note in answer.interpretation.notes}


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("تحریم پخت قورمه", "پخت، قورمه"),
        ("تحریم زعفران", "زعفران"),
        ("تحریم ایران کیهان‌نوردی‌های", "کیهان، نوردی‌های"),
        # A related form, a word of a headline alone, and a particle are no misses.
        ("ایرانی روسیه تحریم", None),
        ("مذاکرات پکن تحریم", None),
        ("تحریم به ایران رایزنی", None),
        ("تحریم", None),
        ("زعفران قورمه پخت", None),
    ],
)
def test_words_that_no_paragraph_holds_are_named_where_others_were_found(news, question, missing):
    said = notes(news, question).get("missing_words")
    assert said == (f"در هیچ بندی نیست: {missing}" if missing else None)


@pytest.mark.parametrize(
    ("facet", "value", "code"),
    [
        ("country", "Narnia", "unknown_country"),
        ("topic", "x", "unknown_topic"),
        ("person", "nobody", "unknown_person"),
        ("organization", "none", "unknown_organization"),
        ("place", "nowhere", "unknown_place"),
        ("source", "روزنامهٔ شب", "unknown_source"),
        ("year", "1200", "unknown_year"),
        ("country", "IR", None),
        # The tables know it, though no paragraph names it.
        ("country", "ZW", None),
        ("source", "خبرگزاری شمال", None),
        ("year", "1401", None),
    ],
)
@pytest.mark.parametrize("side", ["include", "exclude"])
def test_values_that_nothing_knows_are_named(news, side, facet, value, code):
    said = notes(news, "تحریم", **{side: {facet: frozenset({value})}})
    assert said.keys() == ({code} if code else set())
    assert code is None or f"«{value}»" in said[code]
