import pytest

from analyzers.entities import EntityFinder


@pytest.fixture(scope="module")
def find(analyzer):
    finder = EntityFinder(analyzer)
    return lambda text: [
        (entity.type, text[entity.start : entity.end]) for entity in finder.find(text, analyzer.analyze(text))
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("سازمان جوانان هلال احمر استان تهران را ستود", ["سازمان جوانان هلال احمر استان تهران"]),
        ("شرکت ایچیکو اعلام کرد", ["شرکت ایچیکو"]),
        ("وزارت صنعت، معدن و تجارت موافقت کرد", ["وزارت صنعت، معدن و تجارت"]),
        ("کمیته مبارزه با قاچاق کالا تشکیل شد", ["کمیته مبارزه با قاچاق کالا"]),
        ("کمیسیون مشترک ایران و ویتنام برگزار شد", ["کمیسیون مشترک ایران و ویتنام"]),
        ("مدیرکل محیط زیست البرز گفت", ["محیط زیست البرز"]),
        ("دولت وحدت ملی افغانستان پذیرفت", ["دولت وحدت ملی افغانستان"]),
        ("دولت اوباما مخالف بود", ["دولت اوباما"]),
        ("مجلس دهم رأی داد", ["مجلس دهم"]),
        ("تیم ملی والیبال ایران برد", ["تیم ملی والیبال ایران"]),
        ("شهرداری اصفهان پذیرفت", ["شهرداری اصفهان"]),
        ("دانشگاه تبریز بسته است", ["دانشگاه تبریز"]),
        ("بانک مرکزی گرجستان و بانک مرکزی", ["بانک مرکزی گرجستان"]),
        # Common phrases, and openings with nothing after them
        ("نیروی انسانی کم داریم", []),
        ("جامعه جهانی ساکت است", []),
        ("این سازمان را بستند", []),
        ("این شهرداری است", []),
        ("جمعیت ایران زیاد شد", []),
        ("دانشگاه. تبریز", []),
        ("", []),
    ],
)
def test_a_name_runs_on_over_the_words_that_such_names_are_made_of(find, text, names):
    assert [name for type_, name in find(text) if type_ == "organization"] == names


def test_a_country_that_only_the_word_before_it_shows_stays_a_country(find):
    assert find("ارتش مالی و ارتش سوریه") == [("country", "مالی"), ("organization", "ارتش سوریه")]


def test_another_countrys_body_is_not_the_listed_one(analyzer):
    finder = EntityFinder(analyzer)
    text = "دانشگاه آزاد اسلامی واحد جیرفت و بانک مرکزی زیمبابوه"
    university, bank = finder.find(text, analyzer.analyze(text))
    assert university.id == "azad-university"
    assert text[university.start : university.end] == "دانشگاه آزاد اسلامی واحد جیرفت"
    assert bank.id == "بانک-مرکزی-زیمبابوه"
