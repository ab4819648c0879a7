"""What an entity's, a pair's and the matrix's answers count, against the paragraphs themselves."""

from collections.abc import Callable

import pytest

from indexer.engine import SearchRequest
from searchapp.entities import EVERY, LATEST, RELATED, TYPES, EntityKey
from searchapp.models import EntityAnswer, EntityCount, TimelineBucket
from searchapp.search import SearchService

RUSSIA = EntityKey("country", "RU")
IRAN = EntityKey("country", "IR")
LAVROV = EntityKey("person", "sergey-lavrov")


def told(service: SearchService, key: EntityKey) -> EntityAnswer:
    answer = service.entities.entity(key)
    assert answer is not None
    return answer


def counts(rows: list[EntityCount]) -> dict[str, int]:
    return {row.id: row.count for row in rows}


def test_a_person_of_the_tables_is_told_with_role_country_and_names(who: SearchService) -> None:
    lavrov = told(who, LAVROV)
    assert (lavrov.label, lavrov.latin, lavrov.known) == ("سرگئی لاوروف", "Sergey Lavrov", True)
    assert lavrov.roles == ["وزیر امور خارجه روسیه"]
    assert lavrov.years == ["2004-"]
    assert lavrov.country is not None
    assert (lavrov.country.type, lavrov.country.id, lavrov.country.label) == ("country", "RU", "روسیه")
    assert {group.via: group.forms for group in lavrov.variants}["name"][0] == "لاوروف"


def test_every_spelling_counts_and_so_does_a_surname_after_the_full_name(who: SearchService) -> None:
    lavrov = told(who, LAVROV)
    assert (lavrov.total, lavrov.total_articles) == (3, 2)
    assert lavrov.timeline == [
        TimelineBucket("1401-01", "فروردین ۱۴۰۱", 2),
        TimelineBucket("1401-02", "اردیبهشت ۱۴۰۱", 1),
    ]


def test_the_latest_paragraphs_have_the_names_marked_whatever_they_are_written_as(who: SearchService) -> None:
    latest = told(who, LAVROV).latest
    assert [(mention.article_id, mention.paragraph, mention.matching) for mention in latest] == [
        ("iaea", 1, 1),
        ("visit", 1, 2),
    ]
    marked = [[mention.text[start:end] for start, end in mention.highlights] for mention in latest]
    assert marked == [["سرگی لاوروف"], ["سرگئی لاوروف"]]
    assert latest[0].date_jalali == "1401-02-10"


def test_what_the_same_paragraphs_name_is_counted_by_type_and_never_the_entity_itself(
    who: SearchService,
) -> None:
    related = told(who, RUSSIA).related
    assert counts(related["country"]) == {"IR": 1}
    assert counts(related["person"]) == {"sergey-lavrov": 1, "abbas-araghchi": 1}
    assert counts(related["topic"]) == {"sanctions": 1, "diplomacy": 1}
    assert "place" not in related


def test_an_entity_that_no_table_holds_has_its_name_from_the_corpus(who: SearchService) -> None:
    learned = told(who, EntityKey("person", "بهرام-کوهسار"))
    assert (learned.label, learned.known, learned.total) == ("بهرام کوهسار", False, 1)
    assert (learned.latin, learned.roles, learned.variants, learned.country) == (None, [], [], None)
    assert "&lt;b&gt;" in learned.latest[0].snippet


def test_an_entity_of_the_tables_without_a_mention_is_told_nevertheless(who: SearchService) -> None:
    nowhere = told(who, EntityKey("country", "NZ"))
    assert (nowhere.label, nowhere.latin) == ("نیوزیلند", "New Zealand")
    assert (nowhere.total, nowhere.timeline, nowhere.related, nowhere.latest) == (0, [], {}, [])


def test_a_topic_is_told_like_an_entity(who: SearchService) -> None:
    sanctions = told(who, EntityKey("topic", "sanctions"))
    assert (sanctions.label, sanctions.latin, sanctions.total) == ("تحریم", "Sanctions", 2)
    assert counts(sanctions.related["country"]) == {"IR": 2, "RU": 1}


@pytest.mark.parametrize("key", [("person", "nobody"), ("country", "ru"), ("topic", "x" * 999)])
def test_what_neither_table_nor_index_knows_is_none(who: SearchService, key: tuple[str, str]) -> None:
    assert who.entities.entity(EntityKey(*key)) is None
    assert who.entities.counted(EntityKey(*key)) is None
    assert who.entities.pair(RUSSIA, EntityKey(*key)) is None
    assert who.entities.pair(EntityKey(*key), RUSSIA) is None


def test_a_pair_shares_paragraphs_months_topics_and_people(who: SearchService) -> None:
    pair = who.entities.pair(IRAN, RUSSIA)
    assert pair is not None
    assert [(each.id, each.count) for each in pair.entities] == [("IR", 4), ("RU", 2)]
    assert (pair.total, pair.total_articles) == (1, 1)
    assert [bucket.key for bucket in pair.timeline] == ["1401-02"]
    assert counts(pair.related["topic"]) == {"sanctions": 1}
    assert "country" not in pair.related
    mention = pair.latest[0]
    assert [mention.text[start:end] for start, end in mention.highlights] == ["روسیه", "ایران"]


def test_a_pair_of_two_types_and_one_that_never_meets(who: SearchService) -> None:
    mixed = who.entities.pair(LAVROV, EntityKey("organization", "iaea"))
    strangers = who.entities.pair(RUSSIA, EntityKey("country", "CN"))
    assert mixed is not None
    assert strangers is not None
    assert (mixed.total, strangers.total, strangers.related) == (1, 0, {})


def test_a_pair_is_the_same_from_both_sides(who: SearchService) -> None:
    one, other = who.entities.pair(IRAN, LAVROV), who.entities.pair(LAVROV, IRAN)
    assert one is not None
    assert other is not None
    assert (one.total, one.related, one.latest) == (other.total, other.related, other.latest)
    assert one.entities == other.entities[::-1]


def test_the_matrix_counts_what_a_search_for_both_finds(who: SearchService) -> None:
    matrix = who.entities.matrix()
    assert [column.id for column in matrix.countries][:2] == ["IR", "RU"]
    assert matrix.topics[0].id == "sanctions"
    for topic, row in zip(matrix.topics, matrix.counts, strict=True):
        for country, count in zip(matrix.countries, row, strict=True):
            pair = who.entities.pair(EntityKey("topic", topic.id), EntityKey("country", country.id))
            assert pair is not None
            assert pair.total == count
    assert len(who.entities.matrix(countries=1).countries) == 1


@pytest.mark.parametrize(
    ("kind", "typed", "first"),
    [
        ("person", "lavrov", "sergey-lavrov"),
        ("person", "لاوروف", "sergey-lavrov"),
        ("person", "sergei-lavrof", "sergey-lavrov"),
        ("person", "کوهسار", "بهرام-کوهسار"),
        ("country", "russia", "RU"),
        ("country", "ru", "RU"),
        ("country", "روسيه", "RU"),
        ("organization", "IAEA", "iaea"),
        ("topic", "sanction", "sanctions"),
    ],
)
def test_an_unknown_id_offers_entities_of_like_name(
    who: SearchService, kind: str, typed: str, first: str
) -> None:
    assert who.entities.near(EntityKey(kind, typed))[0].id == first


@pytest.mark.parametrize("typed", ["", " ", "-", "قسطنطنیه‌نشینان", "\x00", "x" * 5000])
def test_nothing_like_it_offers_nothing(who: SearchService, typed: str) -> None:
    assert who.entities.near(EntityKey("person", typed)) == []


def test_a_story_that_was_copied_is_among_the_latest_once(serve: Callable[..., SearchService]) -> None:
    story = "وزیر امور خارجه روسیه در سفر به تهران با همتای خود دیدار کرد و دربارهٔ راه‌گذر شمال و جنوب، "
    story += "همکاری‌های بانکی، انرژی و برنامهٔ پنج‌ساله گفت‌وگو شد و دو طرف بر اجرای توافق‌ها تأکید کردند."
    service = serve({"text": story, "source": "ایسنا"}, {"text": story, "source": "ایرنا"})
    russia = told(service, RUSSIA)
    assert (russia.total, russia.total_articles, len(russia.latest)) == (2, 2, 1)


def test_lists_are_short_and_the_counts_are_those_of_the_whole_index(
    serve: Callable[..., SearchService],
) -> None:
    names = ["روسیه", "چین", "هند", "عراق", "قطر", "ترکیه", "فرانسه", "آلمان", "ژاپن", "برزیل", "کانادا"]
    names += ["مکزیک", "پاکستان", "افغانستان", "سوریه", "اسپانیا"]
    texts = [f"{name} با ایران گفت‌وگو کرد." for name in names]
    service = serve(*texts, "ایران و روسیه و چین هم‌رأی شدند.")
    iran = told(service, IRAN)
    assert (iran.total, len(iran.latest), len(iran.related["country"])) == (len(texts) + 1, LATEST, RELATED)
    assert [row.id for row in iran.related["country"][:2]] == ["RU", "CN"]
    assert iran.related["country"][0].count == 2
    # However rare, the entity's own label is found among the index's values.
    response = service.engine.search(SearchRequest(query=EVERY, limit=0, facets=TYPES, facet_size=100))
    for kind, values in response.facets.items():
        for value in values:
            assert told(service, EntityKey(kind, value.id)).total == value.count
