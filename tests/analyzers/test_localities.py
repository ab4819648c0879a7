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
        ("شهرستان مهاباد", [("place", "شهرستان مهاباد")]),
        ("استان خوزستان", [("place", "استان خوزستان")]),
        ("حلب و خلیج فارس", [("place", "حلب"), ("place", "خلیج فارس")]),
        ("در شرق موصل", [("place", "شرق موصل")]),
        ("در شمال غرب موصل", [("place", "شمال غرب موصل")]),
        ("در شمال عراق", [("country", "عراق")]),
        ("در حلب سوریه", [("place", "حلب سوریه")]),
        ("در دوحه قطر", [("country", "دوحه قطر")]),
        ("کشور عراق", [("country", "کشور عراق")]),
        ("خیابان شهید بهشتی", [("place", "خیابان شهید بهشتی")]),
        ("شهردار دهدشت", [("place", "دهدشت")]),
        ("روستای لاسجرد", [("place", "روستای لاسجرد")]),
        ("رود نیل", [("place", "رود نیل")]),
        ("در میدان فلسطین", [("place", "میدان فلسطین")]),
        ("سه ساعت در فرودگاه ازبکستان ماندیم", [("place", "فرودگاه ازبکستان")]),
        ("مسابقات تروندهایم نروژ", [("country", "نروژ")]),
        ("بازی در تروندهایم نروژ", [("place", "تروندهایم نروژ")]),
        ("در اورلاندوی آمریکا", [("place", "اورلاندوی آمریکا")]),
        ("شمال زبیدات عراق", [("place", "شمال زبیدات عراق")]),
        ("مردم شبه‌قاره هند", [("place", "شبه‌قاره هند")]),
        ("برابر پاولودار قزاقستان باخت", [("organization", "پاولودار قزاقستان")]),
        # A country that only comes after the word, or is its object, stays a country
        ("در اقتصاد ایران", [("country", "ایران")]),
        ("به کشورهای عراق و ایران", [("country", "عراق"), ("country", "ایران")]),
        ("بهترین زندان ایران", [("country", "ایران")]),
        ("مرزهای ایران و خاک عراق", [("country", "ایران"), ("country", "عراق")]),
        ("در تروندهایم نروژ را شکست دادند", [("country", "نروژ")]),
        # No place: a common word follows, or what is known stays what it is
        ("شهرستان تلاش می‌کند", []),
        ("استان ما", []),
        ("یکصد تنگه قزاقستان", [("country", "قزاقستان")]),
        ("باد در شمال می‌وزد", []),
        ("در شمال مالی", [("country", "مالی")]),
    ],
)
def test_places(find, text, names):
    assert find(text) == names
