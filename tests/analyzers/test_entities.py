import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.entities import EntityFinder
from analyzers.names import Name


@pytest.fixture(scope="module")
def find(analyzer):
    finder = EntityFinder(analyzer)
    return lambda text: finder.find(text, analyzer.analyze(text))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("وزیر خارجه روسیه به ایران رفت", ["RU", "IR"]),
        ("وایران و عراق", ["IR", "IQ"]),
        ("امارات متحدهٔ عربی", ["AE"]),
        ("امارات", ["AE"]),
        ("ایالات متحدهٔ آمریکا و امريكا", ["US", "US"]),
        ("هنگ\u200cکنگ، هنگ کنگ و هنگکنگ", ["HK", "HK", "HK"]),
        ("سرزمین\u200cهای فلسطینی، سرزمینهای فلسطینی، سرزمین های فلسطینی", ["PS", "PS", "PS"]),
        ("کرهٔ جنوبی و كره شمالي", ["KR", "KP"]),
        ("جمهوری دموکراتیک کنگو با جمهوری کنگو", ["CD", "CG"]),
        ("گینه، گینه بیسائو و گینهٔ استوایی", ["GN", "GW", "GQ"]),
        ("سودان جنوبی و سودان", ["SS", "SD"]),
        ("اکراین یا اوکراین", ["UA", "UA"]),
        ("رژیم صهیونیستی", ["IL"]),
        # Words that are names only in some company
        ("همکاری مالی و کمک\u200cهای مالی ایران", ["IR"]),
        ("دولت مالی و ارتش مالی", ["ML", "ML"]),
        ("چک برگشتی", []),
        ("جمهوری چک", ["CZ"]),
        ("در دریای عمان", []),
        ("نفتکش به عمان رفت", ["OM"]),
        ("لوله\u200cای به قطر ۵۰ سانتی\u200cمتر", []),
        ("امیر قطر", ["QA"]),
        ("آمریکای لاتین، آمریکای جنوبی و آمریکا", ["US"]),
        ("استان آذربایجان شرقی", []),
        ("رئیس\u200cجمهور آذربایجان", ["AZ"]),
        ("اقیانوس هند", []),
        ("چین و چروک پوست", []),
        ("پکن، پایتخت چین", ["CN"]),
        ("گوشی آیفون ۱۸ پرو", []),
        ("شیلی و پرو", ["CL", "PE"]),
        ("جزیره من", []),
        # A name ends where a sentence does
        ("کره. جنوبی\u200cها", []),
        ("به سوی ایالات، متحده", []),
        ("", []),
    ],
)
def test_countries(find, text, ids):
    assert [entity.id for entity in find(text)] == ids


def test_an_entity_says_where_it_stands_and_how_it_is_named(find):
    text = "دیدار با رژیم صهیونیستی و كرهٔ جنوبی"
    israel, korea = find(text)
    assert (israel.type, israel.label, israel.via) == ("country", "اسرائیل", "metonym")
    assert text[israel.start : israel.end] == "رژیم صهیونیستی"
    assert (korea.label, korea.via) == ("کره جنوبی", "name")
    assert text[korea.start : korea.end] == "كرهٔ جنوبی"


def test_a_second_meaning_holds_where_the_first_is_guarded_away(analyzer):
    names = [
        Name("country", "OM", "عمان", "عمان", unless=("دریای",)),
        Name("place", "amman", "عمان (اردن)", "عمان"),
    ]
    finder = EntityFinder(analyzer, names)
    text = "عمان؛ پس از آن، سفر به دریای عمان"
    assert [entity.type for entity in finder.find(text, analyzer.analyze(text))] == ["country", "place"]


def test_the_fingerprint_follows_the_gazetteer(analyzer):
    oman = Name("country", "OM", "عمان", "عمان")
    prints = [
        EntityFinder(analyzer, names).fingerprint
        for names in ([], [oman], [oman._replace(unless=("دریای",))], [oman])
    ]
    assert prints[1] == prints[3]
    assert len(set(prints)) == 3


@given(st.text(alphabet=st.sampled_from("ایران چنهدعمتکوقطر\u200c .،۵")))
def test_entities_stand_in_order_within_the_text(find, text):
    end = 0
    for entity in find(text):
        assert end <= entity.start < entity.end <= len(text)
        end = entity.end
