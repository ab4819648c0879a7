"""Which entities a question names, whatever it is typed like, and which it only seems to name."""

import pytest

from searchapp.models import QueryEntity, SearchParameters
from searchapp.search import SearchService

LAVROV = ("person", "sergey-lavrov")
RUSSIA = ("country", "RU")
IRAN = ("country", "IR")
IAEA = ("organization", "iaea")


def named(service: SearchService, question: str) -> list[tuple[str, str]]:
    return [(entity.type, entity.id) for entity in service.search(SearchParameters(q=question)).entities]


@pytest.mark.parametrize(
    ("question", "entities"),
    [
        ("لاوروف", [LAVROV]),
        ("سرگئی لاوروف", [LAVROV]),
        ("سرگي لاوروف", [LAVROV]),
        ("سرگی‌لاوروف", [LAVROV]),
        ("Lavrov", [LAVROV]),
        ("sergei lavrov", [LAVROV]),
        ("«سرگئی لاوروف»", [LAVROV]),
        ("Russia", [RUSSIA]),
        ("Russian Federation", [RUSSIA]),
        ("روسیه", [RUSSIA]),
        ("روس‌ها", [RUSSIA]),
        ("مسکو", [RUSSIA]),
        ("IAEA", [IAEA]),
        ("آژانس بین المللی انرژی اتمی", [IAEA]),
        ("دیدار لاوروف با عراقچی", [LAVROV, ("person", "abbas-araghchi")]),
        ("Lavrov Araghchi", [LAVROV, ("person", "abbas-araghchi")]),
        ("Russia Iran sanctions", [RUSSIA, IRAN]),
        ("تنگهٔ هرمز", [("place", "strait-of-hormuz")]),
        ("کشور:روسیه تحریم", [RUSSIA]),
        ("country:RU", [RUSSIA]),
        ("موضوع:تحریم", [("topic", "sanctions")]),
        ("ایران یا روسیه", [IRAN, RUSSIA]),
        # A country within a longer name is offered after it.
        ("وزیر خارجه روسیه", [("organization", "russia-mfa"), RUSSIA]),
        # What only the corpus knows.
        ("بهرام کوهسار", [("person", "بهرام-کوهسار")]),
        ("سفر بهرام کوهسار به اصفهان", [("person", "بهرام-کوهسار"), ("place", "isfahan")]),
        ("بهرام", []),
        # Not wanted, not in the index, or no name at all.
        ("تحریم -روسیه", []),
        ("نیوزیلند", []),
        ("تحریم", []),
        ("منبع:ایسنا", []),
        ("مذاکر*", []),
        ("", []),
        ("؟!", []),
    ],
)
def test_a_question_names_these_entities(
    who: SearchService, question: str, entities: list[tuple[str, str]]
) -> None:
    assert named(who, question) == entities


def test_an_entity_is_offered_once_with_what_it_was_called_first(who: SearchService) -> None:
    answer = who.search(SearchParameters(q="Lavrov لاوروف", literal=True))
    assert answer.entities == [QueryEntity("person", "sergey-lavrov", "سرگئی لاوروف", "Lavrov", 3)]


def test_the_count_is_the_index_s_whatever_narrows_the_question(who: SearchService) -> None:
    narrowed = SearchParameters(q="لاوروف", include={"country": frozenset({"CN"})})
    answer = who.search(narrowed)
    assert (answer.total, answer.entities[0].count) == (0, 3)


def test_a_long_question_offers_few_entities_and_a_pasted_text_none(who: SearchService) -> None:
    names = "ایران روسیه چین ترکیه لاوروف عراقچی اصفهان "
    assert len(named(who, names)) == 3
    assert named(who, names * 20) == []
