import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.query.compound import And, AndMaybe, DisjunctionMax, Or
from whoosh.query.positional import Phrase, Sequence
from whoosh.query.qcore import Every
from whoosh.query.ranges import DateRange
from whoosh.query.terms import Prefix, Term
from whoosh.query.wrappers import Not

from analyzers import PersianAnalyzer
from analyzers.relations import Relations
from indexer.coverage import MostOf, WordForms
from searchapp.names import FacetNames
from searchapp.prose import PROSE_WORDS
from searchapp.query import QueryReader
from searchapp.slots import Boosts
from searchapp.syntax import FIELD_NAMES

MINIMUM_MATCH = 0.4
HEADLINE = "لاوروف گفت ایران یا روسیه به وین می‌رود"


def text(*words: str) -> list[Term]:
    return [Term("text", word) for word in words]


def exact(*words: str) -> list[Term]:
    return [Term("exact", word) for word in words]


def most(*words: str) -> MostOf:
    return MostOf(text(*words), MINIMUM_MATCH)


def share(query: object) -> float:
    """The least share of the weight; trees are equal without it."""
    assert isinstance(query, MostOf)
    return query.share


def country(value: str) -> Term:
    return Term("country", value)


def days(first: str | None, last: str | None) -> DateRange:
    begin, end = (dt.datetime.fromisoformat(day) if day else None for day in (first, last))
    return DateRange("date", begin, end)


WORDS = [
    ("تحریم", text("تحریم")[0]),
    ("تحریم‌ها", text("تحریم")[0]),
    ("تحریمهای", text("تحریم")[0]),
    ("تحریم های", text("تحریم")[0]),
    ("تحريم", text("تحریم")[0]),
    ("تحریم؟!", text("تحریم")[0]),
    ("(تحریم)", text("تحریم")[0]),
    ("تحریم تحریم‌ها", text("تحریم")[0]),
    ("تحریم ایران", And(text("تحریم", "ایران"))),
    ("تحریم (ایران)", And(text("تحریم", "ایران"))),
    ("سفر لاوروف مذاکره", most("سفر", "لاوروف", "مذاکره")),
    ("سفر و تحریم", AndMaybe(And(text("سفر", "تحریم")), text("و")[0])),
    ("و", text("و")[0]),
    ("ایران | روسیه", And(text("ایران", "روسیه"))),
    ("سفر لاوروف | مذاکره", most("سفر", "لاوروف", "مذاکره")),
    ("بین المللی", text("بینالمللی")[0]),
    ("بین‌المللی", text("بینالمللی")[0]),
    ("بینالمللی", text("بینالمللی")[0]),
]
MARKS = [
    ("تحریم -روسیه", And([*text("تحریم"), Not(text("روسیه")[0])])),
    ("تحریم −روسیه", And([*text("تحریم"), Not(text("روسیه")[0])])),
    ("تحریم NOT روسیه", And([*text("تحریم"), Not(text("روسیه")[0])])),
    ("تحریم -(روسیه چین)", And([*text("تحریم"), Not(And(text("روسیه", "چین")))])),
    ("-تحریم", And([Every(), Not(text("تحریم")[0])])),
    ("سفر-تهران", And(text("سفر", "تهران"))),
    ("سفر - تهران", And(text("سفر", "تهران"))),
    ("ایران یا روسیه", Or(text("ایران", "روسیه"))),
    ("ایران OR روسیه", Or(text("ایران", "روسیه"))),
    ("ایران یا روسیه یا چین", Or(text("ایران", "روسیه", "چین"))),
    ("(ایران یا روسیه) تحریم", And([*text("تحریم"), Or(text("ایران", "روسیه"))])),
    ("تحریم AND سفر AND وین AND مسکو", And(text("تحریم", "سفر", "وین", "مسکو"))),
    ("ایران یا -روسیه", Or([*text("ایران"), And([Every(), Not(text("روسیه")[0])])])),
]
QUOTES = [
    ('"تحریم"', exact("تحریم")[0]),
    ('"وزیر امور خارجه"', Phrase("exact", ["وزیر", "امور", "خارجه"])),
    ("«وزیر امور خارجه»", Phrase("exact", ["وزیر", "امور", "خارجه"])),
    ("“وزیر امور خارجه”", Phrase("exact", ["وزیر", "امور", "خارجه"])),
    ('"وزير امور خارجه"', Phrase("exact", ["وزیر", "امور", "خارجه"])),
    ('-"وزیر امور خارجه" سفر', And([*text("سفر"), Not(Phrase("exact", ["وزیر", "امور", "خارجه"]))])),
    ('"ایران روسیه"~5', Sequence(exact("ایران", "روسیه"), slop=5, ordered=False)),
    ("«ایران روسیه»~۵", Sequence(exact("ایران", "روسیه"), slop=5, ordered=False)),
    ("تحری*", Prefix("exact", "تحری")),
    ("تحري*", Prefix("exact", "تحری")),
    ("(تحری*)", Prefix("exact", "تحری")),
    ("تحریم -مذاکر*", And([*text("تحریم"), Not(Prefix("exact", "مذاکر"))])),
]
FIELDS = [
    ("کشور:روسیه", country("RU")),
    ("كشور:روسيه", country("RU")),
    ("کشور: روسیه", country("RU")),
    ("country:RU", country("RU")),
    ("COUNTRY:ru", country("RU")),
    ("سال:۱۴۰۱", Term("year", "1401")),
    ("year:1401 یا سال:۱۴۰۰", Or([Term("year", "1401"), Term("year", "1400")])),
    ("-کشور:روسیه تحریم", And([*text("تحریم"), Not(country("RU"))])),
    ("کشور:کره جنوبی", country("KR")),
    ("کشور:کره‌جنوبی", country("KR")),
    ('کشور:"کرهٔ جنوبی"', country("KR")),
    ("کشور:کره جنوبی تحریم", And([*text("تحریم"), country("KR")])),
    ("کشور:روسیه تحریم", And([*text("تحریم"), country("RU")])),
    ("کشور:(روسیه یا چین)", Or([country("RU"), country("CN")])),
    ("کشور:روسیه یا کشور:چین", Or([country("RU"), country("CN")])),
    ("کشور:(روسیه -چین)", And([country("RU"), And([Every(), Not(country("CN"))])])),
    ("شخص:کوهسار", Term("person", "kuhsar")),
    ("شخص:بهرام", Or([Term("person", "kuhsar"), Term("person", "dashti")])),
    ("موضوع:تحریم", Term("topic", "sanctions")),
    ("منبع:ایسنا", Term("source", "ایسنا")),
    ("عنوان:سفر", Term("title", "سفر")),
    ('عنوان:"سفر لاوروف"', Phrase("title_exact", ["سفر", "لاوروف"])),
    ("عنوان:(سفر مذاکره)", And([Term("title", "سفر"), Term("title", "مذاکره")])),
    ("تاریخ:۱۴۰۱/۰۴/۰۲", days("2022-06-23", "2022-06-23")),
    ("تاریخ:۱۴۰۱/۰۳..۱۴۰۱/۰۵", days("2022-05-22", "2022-08-22")),
    ("تاریخ:1401", days("2022-03-21", "2023-03-20")),
    ("تاریخ:تیر ۱۴۰۱", days("2022-06-22", "2022-07-22")),
    ("تاریخ:۲۰۲۲-۰۶..", days("2022-06-01", None)),
    ("date:..2022", days(None, "2022-12-31")),
    ("تاریخ:۱۴۰۱ تحریم", And([*text("تحریم"), days("2022-03-21", "2023-03-20")])),
]


@pytest.mark.parametrize(("question", "tree"), WORDS + MARKS + QUOTES + FIELDS)
def test_a_question_becomes_this_tree(reader: QueryReader, question: str, tree: object) -> None:
    assert reader.read(question, exact=True).query == tree


@pytest.mark.parametrize(
    ("question", "tree", "note"),
    [
        ("(تحریم", text("تحریم")[0], "open_parenthesis"),
        ("تحریم)", text("تحریم")[0], "open_parenthesis"),
        ('"تحریم', text("تحریم")[0], "open_quote"),
        ("یا تحریم", AndMaybe(text("تحریم")[0], text("یا")[0]), "stray_operator"),
        ("کشور:", text("کشور")[0], "stray_operator"),
        ("کشور:آتلانتیس", text("آتلانتیس")[0], "unknown_country"),
        ("تاریخ:دیروز", text("دیروز")[0], "unknown_date"),
        ("تاریخ:۱۴۰۱/۱۳", And(text("1401", "13")), "unknown_date"),
        ("(" * 30 + "تحریم" + ")" * 30, text("تحریم")[0], "too_deep"),
        ("؟؟؟", None, "no_words"),
        ("تحریم " * 1000, text("تحریم")[0], "too_long"),
    ],
)
def test_what_cannot_be_parsed_is_read_as_words_and_said(
    reader: QueryReader, question: str, tree: object, note: str
) -> None:
    reading = reader.read(question, exact=True)
    assert note in [found.code for found in reading.interpretation.notes]
    assert reading.query == tree


def test_an_empty_question_matches_everything(reader: QueryReader) -> None:
    assert reader.read("  ").query == Every()


NAMES = ["سفر", "لاوروف", "مذاکره", "تهران", "روسیه", "چین", "ایران", "تحریم", "وین", "مسکو"]


@pytest.mark.parametrize("count", range(1, 11))
def test_all_of_two_words_must_match_and_enough_of_more(reader: QueryReader, count: int) -> None:
    words = NAMES[:count]
    reading = reader.read(" ".join(words), exact=True)
    assert reading.interpretation.words == count
    assert reading.interpretation.weighed is (count > 2)
    if count == 1:
        assert reading.query == text(*words)[0]
    elif count == 2:
        assert reading.query == And(text(*words))
    else:
        assert reading.query == most(*words)
        assert share(reading.query) == MINIMUM_MATCH


@pytest.mark.parametrize("count", range(2, 11))
def test_any_word_will_do_when_relaxed(reader: QueryReader, count: int) -> None:
    words = NAMES[:count]
    reading = reader.read(" ".join(words), exact=True, relaxed=True)
    assert reading.query == most(*words)
    assert share(reading.query) == 0
    assert reading.interpretation.relaxed
    assert reading.interpretation.weighed is (count > 2)


@pytest.mark.parametrize("relaxed", [True, False])
def test_what_is_excluded_is_excluded_as_a_whole(reader: QueryReader, relaxed: bool) -> None:
    reading = reader.read("تحریم -(سفر لاوروف مذاکره)", exact=True, relaxed=relaxed)
    assert reading.query == And([*text("تحریم"), Not(And(text("سفر", "لاوروف", "مذاکره")))])


@pytest.mark.parametrize(
    "question",
    [
        HEADLINE,
        "لاوروف گفت «ایران» یا روسیه به وین می‌رود",
        "لاوروف گفت (ایران یا روسیه) به وین می‌رود",
        'لاوروف: "ایران یا روسیه" به وین می‌رود و برمی‌گردد',
    ],
)
def test_in_a_sentence_marks_are_part_of_the_sentence(reader: QueryReader, question: str) -> None:
    assert len(question.split()) >= PROSE_WORDS
    reading = reader.read(question, exact=True)
    assert isinstance(reading.query, AndMaybe)
    assert isinstance(reading.query.a, MostOf)
    assert {*text("لاوروف", "ایران", "روسیه", "وین")} <= {*reading.query.a.subqueries}
    assert Term("text", "یا") in reading.query.b.subqueries
    assert [note.code for note in reading.interpretation.notes] == ["prose"]


def test_a_sentence_without_marks_needs_no_note(reader: QueryReader) -> None:
    assert reader.read(HEADLINE.replace(" یا ", " و ")).interpretation.notes == []


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("ایران یا روسیه به وین می‌رود", And),
        (f"«{HEADLINE}»", Phrase),
        (f'"{HEADLINE}"', Phrase),
        (f"{HEADLINE} -مسکو", And),
        (f"{HEADLINE} کشور:روسیه", And),
        (" یا ".join(NAMES), Or),
    ],
)
def test_what_no_sentence_says_stays_a_mark(reader: QueryReader, question: str, kind: type) -> None:
    reading = reader.read(question, exact=True)
    assert type(reading.query) is kind
    assert "prose" not in [note.code for note in reading.interpretation.notes]


def test_related_forms_count_for_less_and_can_be_switched_off(reader: QueryReader) -> None:
    reading = reader.read("ایران")
    assert isinstance(reading.query, DisjunctionMax)
    boosts = {part.text: part.boost for part in reading.query.subqueries if isinstance(part, Term)}
    assert boosts["ایران"] == 1
    assert boosts["ایرانی"] < 1
    assert "ایرانی" in reading.interpretation.related
    assert reader.read("ایران", exact=True).query == text("ایران")[0]


def test_related_forms_are_not_used_to_exclude(reader: QueryReader) -> None:
    assert reader.read("-ایران").query == And([Every(), Not(text("ایران")[0])])


def test_the_form_as_typed_and_the_headline_add_to_a_word(
    analyzer: PersianAnalyzer, relations: Relations, names: FacetNames
) -> None:
    reader = QueryReader(
        analyzer,
        relations,
        names,
        minimum_match=MINIMUM_MATCH,
        boosts=Boosts(exact=0.3, title=1.5),
        counts=lambda terms: [1] * len(terms),
    )
    expected = [
        Term("text", "سفر"),
        Term("exact", "سفرهای", boost=0.3),
        Term("title", "سفر", boost=1.5),
    ]
    assert reader.read("سفرهای", exact=True).query == WordForms(expected)
    assert reader.read("-سفرهای").query == And([Every(), Not(Term("text", "سفر"))])


def test_the_account_names_every_clause(reader: QueryReader) -> None:
    interpretation = reader.read('تحریم -"نفت خام" کشور:روسیه مذاکر*').interpretation
    assert [(clause.kind, clause.text, clause.occur) for clause in interpretation.clauses] == [
        ("phrase", "نفت خام", "not"),
        ("country", "روسیه", "must"),
        ("prefix", "مذاکر*", "must"),
        ("words", "تحریم", "must"),
    ]


ALIASES = [alias for aliases in FIELD_NAMES.values() for alias in aliases]
PIECES = st.one_of(
    st.sampled_from(
        [
            *(f"{alias}:" for alias in ALIASES),
            "-",
            "(",
            ")",
            '"',
            "«",
            "»",
            "یا",
            "OR",
            "AND",
            "NOT",
            "|",
            "*",
            "~5",
            "..",
            "روسیه",
            "۱۴۰۱/۰۳",
            "0000/00",
            "9999/99",
            "\u200c",
            "\x00",
        ]
    ),
    st.just(" "),
    st.text(max_size=5),
)


@given(st.lists(PIECES, max_size=16).map("".join), st.booleans(), st.booleans())
def test_any_string_is_a_question(reader: QueryReader, question: str, exact: bool, relaxed: bool) -> None:
    reading = reader.read(question, exact=exact, relaxed=relaxed)
    if reading.query is None:
        assert reading.interpretation.notes


@pytest.mark.parametrize("alias", ALIASES)
@pytest.mark.parametrize("value", ["ژژژ", "«ژژژ قققق»", "(ژژژ یا ققق)", "ژژژ..ققق", "-ژژژ", "*", ""])
def test_any_value_of_any_field_is_read_and_an_unknown_one_is_said(
    reader: QueryReader, alias: str, value: str
) -> None:
    reading = reader.read(f"{alias}:{value}")
    known = alias in FIELD_NAMES["title"]
    assert known or reading.interpretation.notes


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("year:2022", "2022-01-01", "2022-12-31"),
        ("سال:۱۳۹۹..۱۴۰۰", "2020-03-20", "2022-03-20"),
        ("سال:..۱۴۰۰", None, "2022-03-20"),
        ("سال:۲۰۲۰..", "2020-01-01", None),
    ],
)
def test_years_of_both_calendars_and_their_ranges_are_days(
    reader: QueryReader, question: str, first: str | None, last: str | None
) -> None:
    reading = reader.read(question)
    assert reading.query == days(first, last)
    assert reading.interpretation.notes == []
