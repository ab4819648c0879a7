import pytest

from analyzers.entities import Mentions


@pytest.fixture(scope="module")
def find(finder, analyzer):
    return lambda text: [
        text[entity.start : entity.end]
        for entity in finder.find(text, analyzer.analyze(text))
        if entity.type == "person"
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # A given name and a surname
        ("علیرضا کاظمی‌نسب گفت", ["علیرضا کاظمی‌نسب"]),
        ("محمد احمدی، کارشناس", ["محمد احمدی"]),
        ("عباس حسن زاده آمد", ["عباس حسن زاده"]),
        ("سید عباس حسینی نیک گفت", ["سید عباس حسینی نیک"]),
        ("دیدار با فاطمه قنبری قادیکلایی", ["فاطمه قنبری قادیکلایی"]),
        ("ساناز سعیدی بازی کرد", ["ساناز سعیدی"]),
        # The name of a people may be a surname
        ("محمد ایرانی و سجاد عراقی آمدند", ["محمد ایرانی", "سجاد عراقی"]),
        ("حاج احمد چینی را دیدم", ["احمد چینی"]),
        ("دیدار ایرانی‌ها با محمد عراقی‌ها", []),
        ("وزیر ایرانی و سفیر عراقی", []),
        ("محمد در خانه است", []),
        ("جان باختن سه تن", []),
        ("امید است بیاید", []),
        # An Arabic name whose first word is another word elsewhere
        ("دیدار با مساعد بن محمد العیبان لغو شد", ["مساعد بن محمد العیبان"]),
        ("سیف محمد الزعابی، سفیر", ["سیف محمد الزعابی"]),
        ("بدر عبدالله المنیخ، سفیر", ["بدر عبدالله المنیخ"]),
        ("جنگ بدر و سپاه بدر عراق", []),
        ("وزیر بن محمد العیبان را دید و گفت بن محمد العیبان آمد", ["بن محمد العیبان", "بن محمد العیبان"]),
        ("وزیر دفاع بن والاس آمد", ["بن والاس"]),
        ("سقوط بن علی در تونس", []),
        ("خسارت را جبران کرد", []),
        ("بر اصل حسن همسایگی تأکید شد", []),
        ("سیاست حسن هم‌جواری و حسن تفاهم", []),
        ("حسن همتی گفت", ["حسن همتی"]),
        ("ترزا می در بیانیه‌ای گفت", ["ترزا می"]),
        # A surname after a title
        ("سرهنگ سپهوند خبر داد", ["سپهوند"]),
        ("آقای طباطبایی آمد", ["طباطبایی"]),
        ("رئیس جمهور قانونی کشور", []),
        ("شهید راه حق", []),
        # Somebody who speaks
        ("دیناروند افزود: خوب است", ["دیناروند"]),
        ("شایسته گفت که می‌آید", ["شایسته"]),
        ("صالحی امیری خاطرنشان کرد", ["صالحی امیری"]),
        ("به گفته شاکری، هوا سرد است", ["شاکری"]),
        ("باوئرمان با اشاره به بازی گفت", ["باوئرمان"]),
        ("پلیس گفت", []),
        ("وی افزود", []),
        ("کارشناسان با اشاره به بازار گفتند", []),
        # A surname alone, where it is nothing else
        ("دیدار با کفاشیان لغو شد", ["کفاشیان"]),
        ("اربعین حسینی", []),
        # Holy persons, with what is said after their names
        ("امام رضا (ع) فرمود", ["امام رضا (ع)"]),
        ("حضرت امام فرمود", []),
        # علی is Arabic in a blessing or a curse
        ("اللهم صل علی محمد و آل محمد", []),
        ("اللَّهُمَّ صَلِّ عَلی مُحَمَّدٍ وَآلِ مُحَمَّدٍ", []),
        ("لعنة الله علی اعدائهم اجمعین", []),
        ("آیت‌الله علی محمدی گفت", ["علی محمدی"]),
        # Two given names are a name, unless the first is another word too
        ("سپس علی‌اکبر رضا آمد", ["علی‌اکبر رضا"]),
        ("توافق و پیمان ابراهیم", []),
        # Two words written as one are no given name
        ("اموال غیرمنقول ساعدی‌نیا", ["ساعدی‌نیا"]),
        ("عکس از علیرضا رجب زادگان", ["علیرضا رجب زادگان"]),
        # What only ends a surname leaves its beginning to it
        ("زهرا زاده حسن آمد", []),
        ("محمد حسن نیا آمد", ["محمد حسن نیا"]),
        ("سیاست‌های کلی اصل ۴۴", []),
        ("مراسم آیت‌الله العظمی صدر", []),
        ("", []),
    ],
)
def test_people_that_no_table_holds(find, text, names):
    assert find(text) == names


def test_a_title_is_no_part_of_a_listed_name(find):
    assert find("آیت‌الله سیستانی پیام داد") == ["سیستانی"]


def test_a_surname_alone_is_the_person_whom_the_article_named_in_full(finder, analyzer):
    mentions = Mentions()

    def people(text):
        return [entity.id for entity in finder.find(text, analyzer.analyze(text), mentions)]

    assert people("سپس باوئرمان رفت") == []
    (full,) = people("مارک باوئرمان آمد")
    assert people("سپس باوئرمان رفت") == [full]


def test_a_text_may_name_in_full_after_the_surname(find):
    assert find("حرف باوئرمان این بود. مارک باوئرمان سپس رفت") == ["باوئرمان", "مارک باوئرمان"]
