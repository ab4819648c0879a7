import pytest

from searchapp.names import FacetNames


@pytest.mark.parametrize(
    ("facet", "name", "ids"),
    [
        ("country", "RU", ["RU"]),
        ("country", "ru", ["RU"]),
        ("country", "روسیه", ["RU"]),
        ("country", "روسيه", ["RU"]),
        ("country", "کره جنوبی", ["KR"]),
        ("country", "کره‌جنوبی", ["KR"]),
        ("country", "کرهٔ جنوبی", ["KR"]),
        ("country", "آتلانتیس", []),
        ("country", "روسیه بزرگ", []),
        ("country", "؟", []),
        ("person", "بهرام کوهسار", ["kuhsar"]),
        ("person", "کوهسار", ["kuhsar"]),
        ("person", "بهرام", ["kuhsar", "dashti"]),
        ("person", "کوهسار بهرام", []),
        ("person", "موسوی", ["mousavi"]),
        ("source", "ایسنا", ["ایسنا"]),
        ("source", "نمونه", ["نمونه‌های رصد"]),
        ("source", "نمونه‌های", ["نمونه‌های رصد"]),
        ("source", "نمونهٔ رصدها", ["نمونه‌های رصد"]),
        ("source", "رصدخانه", []),
        ("year", "۱۴۰۱", ["1401"]),
        ("year", "1401", ["1401"]),
        ("year", "۱۳۹۹", []),
    ],
)
def test_a_name_stands_for_these_ids(names: FacetNames, facet: str, name: str, ids: list[str]) -> None:
    assert names.ids(facet, name) == ids
