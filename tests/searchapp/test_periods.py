import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchapp.periods import (
    gregorian_words,
    jalali_iso,
    jalali_words,
    month_label,
    parse_period,
    parse_range,
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("۱۴۰۱/۰۴/۰۲", "2022-06-23", "2022-06-23"),
        ("1401/4/2", "2022-06-23", "2022-06-23"),
        ("١٤٠١-٠٤-٠٢", "2022-06-23", "2022-06-23"),
        ("1401.04.02", "2022-06-23", "2022-06-23"),
        ("2022-06-23", "2022-06-23", "2022-06-23"),
        ("۱۳۹۹/۱۲/۳۰", "2021-03-20", "2021-03-20"),
        ("1401-12", "2023-02-20", "2023-03-20"),
        ("1399-12", "2021-02-19", "2021-03-20"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-12", "2022-12-01", "2022-12-31"),
        ("1401", "2022-03-21", "2023-03-20"),
        ("تیر ۱۴۰۱", "2022-06-22", "2022-07-22"),
        ("۲ تیر ۱۴۰۱", "2022-06-23", "2022-06-23"),
        ("تیرماه ۱۴۰۱", "2022-06-22", "2022-07-22"),
        ("  ۲  تير   ۱۴۰۱ ", "2022-06-23", "2022-06-23"),
    ],
)
def test_a_period_runs_from_its_first_day_to_its_last(typed: str, first: str, last: str) -> None:
    assert parse_period(typed) == (day(first), day(last))


@pytest.mark.parametrize(
    "typed",
    ["", "دیروز", "1401/13", "1401/12/30", "2022-02-30", "14010402", "0000", "12", "9999", "1401/4/2/1"],
)
def test_what_is_no_date_is_none(typed: str) -> None:
    assert parse_period(typed) is None


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("۱۴۰۱/۰۳..۱۴۰۱/۰۵", "2022-05-22", "2022-08-22"),
        ("1401..", "2022-03-21", None),
        ("..2022-06", None, "2022-06-30"),
        ("1401/04/02..2022-12", "2022-06-23", "2022-12-31"),
    ],
)
def test_a_range_may_be_open(typed: str, first: str | None, last: str | None) -> None:
    assert parse_range(typed) == (first and day(first), last and day(last))


@pytest.mark.parametrize("typed", ["..", "a..b", "1401..b", "1401...1402..1403"])
def test_what_is_no_range_is_none(typed: str) -> None:
    assert parse_range(typed) is None


@given(st.text(alphabet="0123456789۰۱۲۳۴۵۶۷۸۹/-. تیر", max_size=14))
def test_any_string_is_a_range_or_none(typed: str) -> None:
    found = parse_range(typed)
    assert found is None or any(found)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_a_day_is_read_back_in_both_calendars(date: dt.date) -> None:
    assert parse_period(jalali_iso(date)) == (date, date)
    assert parse_period(jalali_words(date)) == (date, date)
    assert gregorian_words(date)


def test_a_key_that_is_no_month_is_shown_as_it_is() -> None:
    assert month_label("1401") == "۱۴۰۱"
