import pytest

from analyzers import PersianAnalyzer
from analyzers.gazetteer import Gazetteer, builtin_names
from analyzers.mentions import Mentions


@pytest.fixture(scope="module")
def gazetteer(analyzer: PersianAnalyzer) -> Gazetteer:
    return Gazetteer(analyzer, builtin_names())


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("ارتش سوریه", ["syria-army"]),
        # No longer name cuts the name of a country in two
        ("ارتش سودان جنوبی", ["SS"]),
        # A piece of a written word is no name; what is run together with one is none of its letters
        ("ایرانجوان", []),
        ("دیناروند", []),
        ("وایران", ["IR"]),
        ("آمریکاست", ["US"]),
        # A name goes over no mark, but for the dot inside a word
        ("ایالات، متحده", []),
        ("Entekhab.ir", ["entekhab"]),
    ],
)
def test_names_of_the_tables(
    analyzer: PersianAnalyzer, gazetteer: Gazetteer, text: str, ids: list[str]
) -> None:
    found = gazetteer.find(text, analyzer.analyze(text), Mentions())
    assert [known.entity.id for known in found] == ids


def test_a_country_that_the_word_before_it_shows_is_settled(
    analyzer: PersianAnalyzer, gazetteer: Gazetteer
) -> None:
    text = "ارتش مالی در عراق"
    mali, iraq = gazetteer.find(text, analyzer.analyze(text), Mentions())
    assert (mali.settled, iraq.settled) == (True, False)


def test_what_all_of_some_words_name_for_sure(analyzer: PersianAnalyzer, gazetteer: Gazetteer) -> None:
    tokens = analyzer.analyze("وزارت خارجه روسیه")
    name = gazetteer.named(tokens, "organization")
    assert name is not None
    assert name.id == "russia-mfa"
    assert gazetteer.named(tokens[:2], "organization") is None, "a short form is anybody's"
    assert gazetteer.named(tokens, "place") is None


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("وزارت خارجه روسیه", ["RU"]),
        ("دولت اوباما", ["barack-obama"]),
        ("حلب سوریه", ["SY"]),
        ("دریای عمان", []),
        ("دریای ژاپن", []),
        ("روسیه", []),
    ],
)
def test_countries_and_people_within_a_longer_name(
    analyzer: PersianAnalyzer, gazetteer: Gazetteer, text: str, ids: list[str]
) -> None:
    assert [entity.id for entity in gazetteer.within(analyzer.analyze(text))] == ids
