from collections import Counter

import pytest
from babel import Locale

from analyzers.countries import country_labels, country_names, country_rows
from analyzers.entities import EntityFinder
from analyzers.name_table import read_names
from analyzers.names import forms, read_companies
from analyzers.organizations import organization_rows

ROWS = list(country_rows())


def test_every_country_of_the_standard_has_a_label_and_a_name():
    labels = country_labels()
    assert len(labels) == 250, "249 of ISO 3166 and Kosovo"
    assert labels.keys() == country_labels("en").keys()
    assert labels.keys() <= set(Locale("fa").territories)
    assert {name.id for name in country_names()} == labels.keys()


def test_english_labels_are_those_of_unicode_without_additions():
    territories = Locale("en").territories
    assert country_labels("en") == {code: territories[code].partition(" (")[0] for code in country_labels()}


def test_labels_are_what_the_press_says_and_not_what_a_form_says():
    labels = country_labels()
    assert labels["US"] == "آمریکا"
    assert labels["RU"] == "روسیه"
    assert labels["MM"] == "میانمار"
    assert not [label for label in labels.values() if "(" in label or "،" in label or "-" in label]


def test_rows_are_in_order_and_one_form_never_means_two_countries():
    assert sorted(ROWS) == ROWS
    named = Counter(form for row in ROWS for cell in row[1:7] for form in forms(cell))
    assert {form for form, count in named.items() if count > 1} == set()


def test_contexts_are_of_forms_that_a_table_calls_ambiguous_or_short():
    ambiguous = {form for row in ROWS for form in forms(row[7])}
    shortened = {form for row in organization_rows() for form in forms(row[3])}
    plain = {form for form in read_companies() if not form.startswith("@") and ":" not in form}
    assert plain <= ambiguous | shortened
    assert ambiguous <= {form for row in ROWS for cell in row[1:7] for form in forms(cell)}


def test_metonyms_can_be_left_out(analyzer):
    text = "کرملین و کاخ سفید با تهران و الیزه؛ روسیه"
    tokens = analyzer.analyze(text)
    with_them = EntityFinder(analyzer, read_names(analyzer, country_names())).find(text, tokens)
    assert [(entity.id, entity.via) for entity in with_them] == [
        ("RU", "metonym"),
        ("US", "metonym"),
        ("IR", "metonym"),
        ("FR", "metonym"),
        ("RU", "name"),
    ]
    without = EntityFinder(analyzer, read_names(analyzer, country_names(metonyms=False))).find(text, tokens)
    assert [(entity.id, entity.via) for entity in without] == [("RU", "name")]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        # Mali, or financial
        ("کودتا در مالی ارتش را به قدرت رساند", ["ML"]),
        ("رئیس‌جمهور مالی با همتای نیجری خود دیدار کرد", ["ML", "NE"]),
        ("نیروهای فرانسوی مالی و نیجر را ترک کردند", ["FR", "ML", "NE"]),
        ("باماکو اعلام کرد مالی توافق را نمی‌پذیرد", ["ML", "ML"]),
        ("همکاری‌های مالی و بانکی دو کشور", []),
        ("گروه ویژه اقدام مالی بیانیه داد", []),
        ("وزیر اقتصاد از بحران مالی گفت", []),
        ("منابع مالی طرح تأمین شد", []),
        # چین and چینی
        ("شرکت‌های چینی قرارداد امضا کردند", ["CN"]),
        ("چینی‌ها از مذاکره استقبال کردند", ["CN"]),
        ("سرویس ظروف چینی در حراج فروخته شد", []),
        ("گلدان چینی شکست", []),
        ("چین و چروک پوست با کرم از بین نمی‌رود", []),
        ("پکن گفت چین با تحریم مخالف است", ["CN", "CN"]),
        # کره
        ("سفر وزیر خارجه کره به تهران", ["KR", "IR"]),
        ("بدهی نفتی کره جنوبی به ایران", ["KR", "IR"]),
        ("موشک تازه کره شمالی", ["KP"]),
        ("گرم شدن کره زمین", []),
        ("قیمت پنیر و کره حیوانی بالا رفت", []),
        ("کره و ژاپن رزمایش برگزار کردند", ["KR", "JP"]),
        # ترک
        ("نشست را در اعتراض ترک کرد", []),
        ("ترک اعتیاد آسان نیست", []),
        ("وزیر خارجه ترک با همتای روس گفت‌وگو کرد", ["TR", "RU"]),
        ("خبرنگاران ترک بازداشت شدند، ترکیه گفت", ["TR", "TR"]),
        ("ترک برداشتن دیوار سد", []),
        # مصر
        ("قاهره پایتخت مصر است", ["EG", "EG"]),
        ("مصر میانجی آتش‌بس شد", ["EG"]),
        ("دولت همچنان مصر است که قانون اجرا شود", []),
        ("او بر اجرای توافق مصر بود", []),
        ("باستان‌شناسان مصری مقبره‌ای یافتند", ["EG"]),
        # چاد
        ("رئیس‌جمهور چاد کشته شد", ["TD"]),
        ("خشک شدن دریاچه چاد", []),
        ("چاد مرز خود با سودان را بست", ["TD", "SD"]),
        # توگو
        ("توگو و بنین عضو اکواس هستند", ["TG", "BJ"]),
        ("سفیر توگو استوارنامه داد", ["TG"]),
        ("گفت‌وگوی تلفنی دو وزیر", []),
        # پرو
        ("شیلی و پرو بر سر مرز دریایی اختلاف دارند", ["CL", "PE"]),
        ("رئیس‌جمهور پرو استعفا کرد", ["PE"]),
        ("گوشی آیفون ۱۸ پرو رونمایی شد", []),
        ("لباس را در اتاق پرو امتحان کرد", []),
        # اردن
        ("پادشاه اردن به واشنگتن رفت", ["JO", "US"]),
        ("شهرک‌سازی در کرانه باختری رود اردن", []),
        ("اردن پیمان صلح را تعلیق نمی‌کند", ["JO"]),
        ("دره اردن به زیر آب رفت", []),
        # هند
        ("هند عضو بریکس است", ["IN"]),
        ("رزمایش در اقیانوس هند", []),
        ("جزایر هند غربی", []),
        ("نخست‌وزیر هند به پکن رفت", ["IN", "CN"]),
        ("خوراکی با تمر هندی", []),
        ("نفتکش هندی توقیف شد", ["IN"]),
        # عمان
        ("عمان میانجی گفت‌وگو است", ["OM"]),
        ("نفتکش در دریای عمان توقیف شد", []),
        ("وزیر خارجه عمان از دریای عمان گفت", ["OM"]),
        ("سواحل عمان در جنوب است", []),
        # فارس and خلیج فارس
        ("امنیت خلیج فارس", []),
        ("خبرگزاری فارس نوشت", []),
        ("زلزله در استان فارس", []),
        # آذربایجان
        ("استان آذربایجان شرقی", []),
        ("مردم آذربایجان غربی", []),
        ("رئیس‌جمهور آذربایجان با پاشینیان دیدار کرد", ["AZ"]),
        ("جمهوری آذربایجان و ارمنستان صلح کردند", ["AZ", "AM"]),
        ("آذربایجان و ارمنستان درباره قره‌باغ گفت‌وگو کردند", ["AZ", "AM"]),
        ("دو استان آذربایجان برفی شد", []),
        ("شاعر آذری زبان", []),
        # گرجستان and جورجیا
        ("اعتراض‌ها در گرجستان به تفلیس رسید", ["GE", "GE"]),
        ("شمارش دوباره آرا در ایالت جورجیا", []),
        ("جزیره جورجیای جنوبی", ["GS"]),
        ("کلیسای گرجی", ["GE"]),
        # نیجر and نیجریه
        ("کودتای نیجر و واکنش نیجریه", ["NE", "NG"]),
        ("طغیان رود نیجر", []),
        ("حمله در دلتای نیجر در نیجریه", ["NG"]),
        ("نیامی پایتخت نیجر است", ["NE", "NE"]),
        # گینه
        ("کودتا در گینه", ["GN"]),
        ("گینه بیسائو و گینه استوایی", ["GW", "GQ"]),
        ("زمین‌لرزه در پاپوآ گینه نو", ["PG"]),
        ("نفتکش در خلیج گینه ربوده شد", []),
        # کنگو
        ("شورشیان شرق جمهوری دموکراتیک کنگو", ["CD"]),
        ("جمهوری کنگو به اوپک پیوست", ["CG"]),
        ("صلح‌بانان در کنگو کشته شدند", ["CD"]),
        ("بیماری تب کریمه کنگو", []),
        ("سد بر رود کنگو", []),
        # دومینیکن and دومینیکا
        ("جمهوری دومینیکن مرز هائیتی را بست", ["DO", "HT"]),
        ("دومینیکا جزیره‌ای کوچک است", ["DM"]),
        ("دومینیکن میزبان نشست شد", ["DO"]),
        # لیبی and سودان
        ("انتخابات لیبی عقب افتاد", ["LY"]),
        ("نیروهای حفتر در شرق لیبی", ["LY"]),
        ("سودان جنوبی از سودان جدا شد", ["SS", "SD"]),
        ("جنگ سودان و گرسنگی", ["SD"]),
        # Others that keep company
        ("چک برگشتی", []),
        ("جمهوری چک و اسلواکی", ["CZ", "SK"]),
        ("لوله‌ای به قطر ۵۰ سانتی‌متر", []),
        ("امیر قطر", ["QA"]),
        ("آمریکای لاتین، آمریکای جنوبی و آمریکا", ["US"]),
        ("ایرلند شمالی", []),
        ("خلیج مکزیک", []),
        ("کپسول گاز بوتان", []),
        ("پادشاه بوتان", ["BT"]),
        ("دانشگاه کلمبیا", []),
        ("نماز مغرب", []),
        ("دولت مغرب", ["MA"]),
        ("امپراتوری عثمانی", ["TR"]),
        ("باد عدن", ["YE"]),
        ("خلیج عدن", []),
        ("شهرداری تهران", []),
        ("دانشگاه کابل", ["AF"]),
        ("روز دوشنبه", []),
        ("خیابان پاریس", []),
    ],
)
def test_ambiguous_names_are_settled_by_their_company(find, text, ids):
    assert [entity.id for entity in find(text) if entity.type == "country"] == ids
