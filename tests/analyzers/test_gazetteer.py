import pytest

from analyzers import PersianAnalyzer
from analyzers.gazetteer import Gazetteer
from analyzers.mentions import Mentions
from analyzers.name_table import load_names


@pytest.fixture(scope="module")
def gazetteer(analyzer: PersianAnalyzer) -> Gazetteer:
    return Gazetteer(load_names(analyzer))


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
        # A name goes over no mark, but for the dot inside a word and the comma of the name itself
        ("ایالات، متحده", []),
        ("وزارت صنعت، معدن و تجارت", ["iran-industry-ministry"]),
        ("Entekhab.ir", ["entekhab"]),
        # Who is from a place, and a plural, are other words; a row of names is none
        ("حسین اردستانی و شکوفه میبدی", []),
        ("اردستان و میبد", ["ardestan", "meybod"]),
        ("جمشید پژویان، محمد گروسیان", []),
        ("دانشگاه‌های تهران بازند", ["tehran"]),
        ("بانک‌های ملت و تجارت", ["bank-mellat"]),
        ("کنگره‌ی آمریکا", ["us-congress"]),
        ("اروپای بزرگ و صدا و سیمای ایران", ["europe", "irib", "IR"]),
        # A piece of an address is no mention
        ("https://www.isna.ir/news/%D8%A7", []),
        ("به نشانی khamenei.ir و unesco_ir@", []),
        ("(ISNA) و CNN/Reuters و D-8", ["isna", "cnn", "reuters", "d8"]),
        # Places, bodies and people whose names are other words too
        ("سد در کنار رود نیل", ["nile"]),
        ("از نیل تا فرات", ["nile", "euphrates"]),
        ("برای نیل به هدف کوشید", []),
        ("نیل آرمسترانگ به ماه رفت", []),
        ("المپیک ریو", ["rio-de-janeiro"]),
        ("شرکت ریو تینتو", []),
        ("پیام‌رسان تلگرام و کانال تلگرام", ["telegram", "telegram"]),
        ("تلگرام تسلیت رئیس‌جمهور", []),
        ("الحاق کریمه و شبه‌جزیره کریمه", ["crimea", "crimea"]),
        ("آیه کریمه قرآن", []),
        ("جزیره ابوموسی", ["abu-musa"]),
        ("ابوموسی اشعری", []),
        ("قدس در اشغال است", ["jerusalem"]),
        ("عملیات بیت‌المقدس و قرارگاه قدس", []),
        ("نماینده مردم شهرستان خوی", ["khoy"]),
        ("خوی استکباری آمریکا", ["US"]),
        ("شهر سرت در لیبی", ["sirte", "LY"]),
        ("چه بر سرت آمد", []),
        ("نماینده مردم خدابنده", ["khodabandeh"]),
        ("مریم خدابنده گفت", []),
        ("شورای امنیت قطعنامه داد", ["un-security-council"]),
        ("دبیر شورای امنیت کشور", []),
        ("نیروهای بسیج آمدند", ["basij"]),
        ("بسیج عمومی اعلام شد", []),
        ("فرمان بسیج جزئی", []),
        ("حاجیان در صحرای منا", ["mina-mecca"]),
        ("هیهات منا الذله", []),
        ("بازی با سپاهان", ["sepahan"]),
        ("سهام نفت سپاهان", []),
        ("شهر بمبئی و مبارکه", ["mumbai", "mobarakeh"]),
        ("سهام فولاد مبارکه اصفهان", ["mobarakeh-steel"]),
        ("سوره مبارکه فجر", []),
        ("سوئیفت و شبکه پیام رسانی مالی سوئیفت", ["swift", "swift"]),
        ("مصلای تهران و مصلی امام خمینی", ["imam-mosalla", "imam-mosalla"]),
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
