import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.entities import EntityFinder, Mentions
from analyzers.name_table import load_names, read_names
from analyzers.names import Company, Name


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("وزیر خارجه روسیه به ایران رفت", ["russia-mfa", "IR"]),
        ("وایران و عراق", ["IR", "IQ"]),
        ("ایالات متحدهٔ آمریکا و امريكا", ["US", "US"]),
        ("هنگ\u200cکنگ، هنگ کنگ و هنگکنگ", ["HK", "HK", "HK"]),
        ("سرزمین\u200cهای فلسطینی، سرزمینهای فلسطینی، سرزمین های فلسطینی", ["PS", "PS", "PS"]),
        ("کرهٔ جنوبی و كره شمالي", ["KR", "KP"]),
        ("رژیم صهیونیستی", ["IL"]),
        ("او از آنجا رفت", []),
        # People
        ("سرگئی لاوروف و سرگی لاوروف", ["sergey-lavrov", "sergey-lavrov"]),
        ("امیرعبداللهیان و امیر عبداللهیان", ["hossein-amirabdollahian", "hossein-amirabdollahian"]),
        ("Lavrov met the IAEA", ["sergey-lavrov", "iaea"]),
        ("عباس موسوی آمد. موسوی گفت", ["abbas-mousavi", "abbas-mousavi"]),
        ("موسوی گفت", ["موسوی"]),
        # Organizations
        ("آژانس بین\u200cالمللی انرژی اتمی گفت آژانس", ["iaea", "iaea"]),
        ("آژانس هواپیمایی", []),
        ("وزارت خارجه روسیه", ["russia-mfa"]),
        # A name ends where a sentence does
        ("کره. جنوبی\u200cها", ["KR"]),
        ("به سوی ایالات، متحده", []),
        ("", []),
    ],
)
def test_names(find, text, ids):
    assert [entity.id for entity in find(text)] == ids


def test_an_entity_says_where_it_stands_and_how_it_is_named(find):
    text = "دیدار در کرملین با نمایندهٔ كرهٔ جنوبی"
    russia, korea = find(text)
    assert (russia.type, russia.label, russia.via) == ("country", "روسیه", "metonym")
    assert text[russia.start : russia.end] == "کرملین"
    assert (korea.label, korea.via) == ("کره جنوبی", "name")
    assert text[korea.start : korea.end] == "كرهٔ جنوبی"


def test_a_surname_alone_is_who_the_article_named_last(finder, analyzer):
    mentions = Mentions()

    def ids(text):
        return [entity.id for entity in finder.find(text, analyzer.analyze(text), mentions)]

    assert ids("موسوی رفت") == ["موسوی"]
    assert ids("سخنگو عباس موسوی بود") == ["abbas-mousavi"]
    assert ids("موسوی گفت") == ["abbas-mousavi"]
    assert ids("سرلشکر عبدالرحیم موسوی آمد") == ["abdolrahim-mousavi"]
    assert ids("موسوی پاسخ داد") == ["abdolrahim-mousavi"]


def test_a_short_form_with_a_country_after_it_is_another_body(finder, analyzer):
    text = "وزارت دفاع ایران هشدار داد و وزارت دفاع زیمبابوه نه؛ وزارت دفاع گفت"
    found = finder.find(text, analyzer.analyze(text))
    ids = [entity.id for entity in found if entity.type == "organization"]
    assert ids == [found[0].id, "وزارت-دفاع-زیمبابوه", found[0].id]


def test_countries_are_found_in_the_names_of_organizations(finder, analyzer):
    text = "وزارت خارجه روسیه و چین"
    tokens = analyzer.analyze(text)
    entities = finder.find(text, tokens)
    assert [entity.id for entity in finder.within(tokens, entities)] == ["RU"]


def test_a_row_of_bodies_is_no_value_to_narrow_by(finder, analyzer):
    text = "دولت‌های ایران و عراق؛ دولت عراق؛ اتاق بازرگانی ایران و عراق"
    found = finder.find(text, analyzer.analyze(text))
    assert [finder.is_one(entity) for entity in found] == [False, True, True]


@pytest.mark.parametrize(
    ("text", "country", "via"),
    [
        ("ایران پذیرفت", "IR", "name"),
        ("جمهوری اسلامی ایران پذیرفت", "IR", "metonym"),
        ("در بیروت لبنان", "LB", "metonym"),
        ("امپراتوری عثمانی", "TR", "metonym"),
        ("جمهوری اسلامی پاکستان", "PK", "name"),
    ],
)
def test_what_stands_for_a_state_names_no_land(find, text, country, via):
    (entity,) = find(text)
    assert (entity.id, entity.via) == (country, via)


@pytest.fixture(scope="module")
def plain(analyzer):
    return EntityFinder(analyzer, load_names(analyzer, metonyms=False))


@pytest.mark.parametrize("text", ["جمهوری اسلامی ایران", "دولت عثمانی", "رژیم صهیونیستی"])
def test_what_stands_for_a_state_counts_without_capitals_too(plain, analyzer, text):
    (entity,) = plain.find(text, analyzer.analyze(text))
    assert (entity.type, entity.start, entity.end) == ("country", 0, len(text))


def test_a_second_meaning_holds_where_the_first_is_guarded_away(analyzer):
    names = [
        Name("country", "OM", "عمان", "عمان", company=Company(not_before=("دریای",))),
        Name("place", "amman", "عمان (اردن)", "عمان"),
    ]
    finder = EntityFinder(analyzer, read_names(analyzer, names))
    text = "عمان؛ پس از آن، سفر به دریای عمان"
    assert [entity.type for entity in finder.find(text, analyzer.analyze(text))] == ["country", "place"]


def test_the_fingerprint_follows_the_gazetteer(analyzer):
    oman = Name("country", "OM", "عمان", "عمان")
    prints = [
        EntityFinder(analyzer, read_names(analyzer, names)).fingerprint
        for names in ([], [oman], [oman._replace(company=Company(not_before=("دریای",)))], [oman])
    ]
    assert prints[1] == prints[3]
    assert len(set(prints)) == 3


@given(st.text(alphabet=st.sampled_from("ایران چنهدعمتکوقطر\u200c .،۵")))
def test_entities_stand_in_order_within_the_text(find, text):
    end = 0
    for entity in find(text):
        assert end <= entity.start < entity.end <= len(text)
        end = entity.end
