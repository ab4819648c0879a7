import datetime as dt

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.dates import parse_date

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2022-06-23", (2022, 6, 23)),
        ("2022/6/3", (2022, 6, 3)),
        ("2022.06.23", (2022, 6, 23)),
        (" 2022-06-23 ", (2022, 6, 23)),
        ("2022-06-23T10:20:30+03:30", (2022, 6, 23)),
        ("2022-06-23 10:20", (2022, 6, 23)),
        ("۲۰۲۲-۰۶-۲۳", (2022, 6, 23)),
        ("٢٠٢٢/٠٦/٢٣", (2022, 6, 23)),
        ("1401-04-02", (2022, 6, 23)),
        ("1401/4/2", (2022, 6, 23)),
        ("۱۴۰۱/۰۴/۰۲", (2022, 6, 23)),
        ("١٤٠١/٠٤/٠٢", (2022, 6, 23)),
        ("1405-02-21 21:33", (2026, 5, 11)),
        ("1399/12/30", (2021, 3, 20)),
        ("1357/11/22", (1979, 2, 11)),
    ],
)
def test_a_day_is_read_in_either_calendar(written: str, day: tuple[int, int, int]) -> None:
    assert parse_date(written) == dt.date(*day)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "دیروز",
        "2022-06",
        "22-06-23",
        "2022-06/23",
        "2022-13-01",
        "2022-02-30",
        "1401/13/01",
        "1400/12/30",
        "20220623",
    ],
)
def test_what_is_no_day_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date|is no day"):
        parse_date(written)


@given(st.dates(dt.date(1800, 1, 1), dt.date(2100, 1, 1)))
def test_both_calendars_and_digits_name_the_same_day(day: dt.date) -> None:
    jalali = jdatetime.date.fromgregorian(date=day)
    for written in (day.isoformat(), str(jalali)):
        assert parse_date(written) == parse_date(written.translate(PERSIAN)) == day
