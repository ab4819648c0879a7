import pytest


@pytest.fixture(scope="module")
def bodies(finder, analyzer):
    def ids(text):
        found = finder.find(text, analyzer.analyze(text))
        return [
            entity.id if entity.id.isascii() else entity.label
            for entity in found
            if entity.type == "organization"
        ]

    return ids


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("دولت ایالات متحده مخالفت کرد", ["دولت آمریکا"]),
        ("دولت آمریکا مخالفت کرد", ["دولت آمریکا"]),
        ("پیام سفارت انگلیس", ["سفارت بریتانیا"]),
        ("پیام سفارت انگلیس در تهران", ["سفارت بریتانیا در تهران"]),
        ("سفارت امارات متحده عربی", ["سفارت امارات"]),
        ("فرماندهی مرکزی ایالات متحده آمریکا اعلام کرد", ["centcom"]),
        ("دولت ترامپ و دولت دونالد ترامپ", ["دولت دونالد ترامپ", "دولت دونالد ترامپ"]),
        ("کمیسیون عمران مجلس شورای اسلامی", ["کمیسیون عمران مجلس"]),
        ("کمیسیون عمران مجلس", ["کمیسیون عمران مجلس"]),
        ("مجلس شورای اسلامی ایران", ["iran-parliament"]),
        ("دانشگاه امام خمینی", ["دانشگاه امام خمینی"]),
    ],
)
def test_a_body_is_one_value_however_its_country_is_called(bodies, text, names):
    assert bodies(text) == names
