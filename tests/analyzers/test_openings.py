import pytest

from analyzers.entities import EntityFinder
from analyzers.openings import Openings
from analyzers.places import place_rows
from analyzers.tables import DATA, read_rows


@pytest.fixture(scope="module")
def find(analyzer):
    finder = EntityFinder(analyzer)
    return lambda text: [
        (entity.type, text[entity.start : entity.end])
        for entity in finder.find(text, analyzer.analyze(text))
        if entity.type != "country"
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("علیرضا کاظمی‌نسب گفت", [("person", "علیرضا کاظمی‌نسب")]),
        ("محمد احمدی، کارشناس", [("person", "محمد احمدی")]),
        ("عباس حسن زاده آمد", [("person", "عباس حسن زاده")]),
        ("محمد در خانه است", []),
        ("شهرداری اصفهان پذیرفت", [("organization", "شهرداری اصفهان")]),
        ("این شهرداری است", []),
        ("دانشگاه تبریز", [("organization", "دانشگاه تبریز")]),
        ("شهرستان مهاباد", [("place", "شهرستان مهاباد")]),
        ("استان خوزستان", [("place", "استان خوزستان")]),
        ("حلب و خلیج فارس", [("place", "حلب"), ("place", "خلیج فارس")]),
        ("دانشگاه. تبریز", [("place", "تبریز")]),
        ("", []),
    ],
)
def test_names_that_no_table_holds(find, text, names):
    assert find(text) == names


def test_the_words_are_known_once(analyzer):
    given = [name for (name,) in read_rows(DATA / "given_names.tsv", columns=1)]
    assert len(given) == len(set(given))
    words = [row[0] for row in read_rows(DATA / "openings.tsv", columns=3)]
    assert len(words) == len(set(words))
    assert Openings(analyzer).tables == Openings(analyzer).tables


def test_places_are_in_order_and_each_is_there_once():
    ids = [row[0] for row in place_rows()]
    assert ids == sorted(ids)
    assert len(ids) == len(set(ids))
