"""A long pasted text finds the paragraph it is from first, and what is like it after that."""

import random

import pytest

from searchapp.models import SearchParameters
from searchapp.slots import Slot
from searchapp.telling import MOST_TELLING, PASTED_WORDS, most_telling

COMMON = ["در", "به", "کشور", "دیدار", "همکاری", "گفت", "وزیر", "امروز", "خبر", "مردم"]
NAMES = [f"ژ{one}غ{other}ق" for one in "بپتجچحخد" for other in "رزسشصضطف"]
chance = random.Random(5)  # noqa: S311 - repeatable, not secret


def paragraph(names: list[str]) -> str:
    words = [*names, *chance.choices(COMMON, k=60)]
    chance.shuffle(words)
    return " ".join(words) + "."


SOURCE = paragraph(NAMES[:10])
LIKE = paragraph(NAMES[3:10])
OTHERS = [paragraph(chance.sample(NAMES[20:], 8)) for _ in range(12)]


@pytest.mark.parametrize("group", ["article", "paragraph"])
@pytest.mark.parametrize("dressed", [False, True])
def test_a_pasted_paragraph_finds_itself_first_and_its_like_after(serve, group, dressed):
    service = serve(*OTHERS, SOURCE, LIKE)
    typed = f"«{SOURCE}» (خبر) یا " if dressed else SOURCE
    answer = service.search(SearchParameters(q=typed, group=group))
    assert [result.article_id for result in answer.results][:2] == ["a13", "a14"]
    [note] = answer.interpretation.notes
    assert note.code == "similar"
    assert all(name in note.message for name in NAMES[:10])
    [clause] = answer.interpretation.clauses
    assert clause.kind == "similar"
    assert set(NAMES[:10]) <= set(clause.terms)
    assert len(clause.terms) <= MOST_TELLING


def test_a_text_of_which_the_index_holds_nothing_finds_nothing(serve):
    answer = serve("باران بارید.").search(SearchParameters(q=" ".join(NAMES)))
    assert (answer.total, answer.suggestions) == (0, [])


def test_a_long_question_with_operators_stays_one(serve):
    service = serve(SOURCE, LIKE)
    answer = service.search(SearchParameters(q=SOURCE + f" -{NAMES[1]}"))
    assert "similar" not in [note.code for note in answer.interpretation.notes]


def slots(text: str) -> list[Slot]:
    return [Slot((word,), (word,), [], word) for word in text.split()]


@pytest.mark.parametrize(
    ("text", "holding", "telling"),
    [
        ("a b c", {"a": 100, "b": 1, "c": 10}, ["b", "c"]),
        ("c a b", {"a": 100, "b": 1, "c": 10}, ["c", "b"]),
        ("a b c", {"a": 100, "b": 0, "c": 10}, ["a", "c"]),
        ("a b b b b c", {"a": 5, "b": 7, "c": 6}, ["a", "b"]),
        ("a b", {"a": 0, "b": 0}, []),
    ],
)
def test_rare_and_repeated_words_tell_most(text, holding, telling):
    found = most_telling(slots(text), lambda terms: [holding[term] for term in terms], most=2)
    assert [slot.terms[0] for slot in found] == telling


def test_so_many_words_are_a_pasted_text(news):
    for words in (PASTED_WORDS - 1, PASTED_WORDS):
        notes = news.search(SearchParameters(q=" ".join(["ایران"] * words))).interpretation.notes
        assert [note.code for note in notes] == ["similar"] * (words == PASTED_WORDS)
