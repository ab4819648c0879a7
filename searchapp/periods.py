"""Days, months and years as people type them, because a Persian reader's calendar is not the index's.

A year below 1700 is Jalali, any other Gregorian, so ``۱۴۰۱/۰۳`` and ``2022-06`` can stand side by side.
"""

import datetime as dt
import re
from functools import lru_cache

import jdatetime

from searchapp.numerals import digits
from searchapp.translation import gettext, gettext_noop, language

JALALI_MONTHS = (
    gettext_noop("فروردین"), gettext_noop("اردیبهشت"), gettext_noop("خرداد"),
    gettext_noop("تیر"), gettext_noop("مرداد"), gettext_noop("شهریور"),
    gettext_noop("مهر"), gettext_noop("آبان"), gettext_noop("آذر"),
    gettext_noop("دی"), gettext_noop("بهمن"), gettext_noop("اسفند"),
)  # fmt: skip
GREGORIAN_MONTHS = (
    gettext_noop("ژانویه"), gettext_noop("فوریه"), gettext_noop("مارس"),
    gettext_noop("آوریل"), gettext_noop("مه"), gettext_noop("ژوئن"),
    gettext_noop("ژوئیه"), gettext_noop("اوت"), gettext_noop("سپتامبر"),
    gettext_noop("اکتبر"), gettext_noop("نوامبر"), gettext_noop("دسامبر"),
)  # fmt: skip

_LAST_JALALI_YEAR = 1700
_KEY_LENGTH = len("1401-04")
_TO_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_NUMERIC = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_JALALI_NAMED = re.compile(rf"(?:(\d{{1,2}})\s+)?({'|'.join(JALALI_MONTHS)})(?:\s*ماه)?\s+(\d{{4}})")

Period = tuple[dt.date, dt.date]


def parse_period(text: str) -> Period | None:
    """Read a typed day, month or year as its first and last day, or None when it is no date.

    >>> parse_period("۱۴۰۱/۰۴/۰۲")
    (datetime.date(2022, 6, 23), datetime.date(2022, 6, 23))
    >>> parse_period("1401-04")
    (datetime.date(2022, 6, 22), datetime.date(2022, 7, 22))
    >>> parse_period("تیر ۱۴۰۱") == parse_period("1401-04")
    True
    >>> parse_period("۲۰۲۲")
    (datetime.date(2022, 1, 1), datetime.date(2022, 12, 31))
    >>> parse_period("1401/13/01") is None
    True
    """
    plain = " ".join(text.translate(_TO_LATIN).replace("ي", "ی").split())
    if match := _NUMERIC.fullmatch(plain):
        year, month, day = (int(part) if part else None for part in match.groups())
    elif match := _JALALI_NAMED.fullmatch(plain):
        day = int(match[1]) if match[1] else None
        month, year = JALALI_MONTHS.index(match[2]) + 1, int(match[3])
    else:
        return None
    try:
        return _days(year or 0, month, day)
    except ValueError:
        return None


def parse_range(text: str) -> tuple[dt.date | None, dt.date | None] | None:
    """Read ``from..to`` with either side left open, or a single period; None when a side is no date.

    >>> parse_range("۱۴۰۱/۰۳..۱۴۰۱/۰۵")
    (datetime.date(2022, 5, 22), datetime.date(2022, 8, 22))
    >>> parse_range("1401..")
    (datetime.date(2022, 3, 21), None)
    """
    first, dots, last = text.partition("..")
    if not dots:
        return parse_period(text)
    begin, end = parse_period(first), parse_period(last)
    if (first.strip() and begin is None) or (last.strip() and end is None) or not (begin or end):
        return None
    return (begin[0] if begin else None), (end[1] if end else None)


@lru_cache(maxsize=1024)
def jalali_iso(date: dt.date) -> str:
    """Write a day in the Jalali calendar with Latin digits, for programs.

    >>> jalali_iso(dt.date(2022, 6, 23))
    '1401-04-02'
    """
    return str(_jalali(date))


def jalali_words(date: dt.date) -> str:
    """Write a day in the Jalali calendar, for readers.

    >>> jalali_words(dt.date(2022, 6, 23))
    '۲ تیر ۱۴۰۱'
    """
    day = _jalali(date)
    return f"{digits(day.day)} {gettext(JALALI_MONTHS[day.month - 1])} {digits(day.year)}"


def gregorian_words(date: dt.date) -> str:
    """Write a day in the Gregorian calendar, for readers.

    >>> gregorian_words(dt.date(2022, 6, 23))
    '۲۳ ژوئن ۲۰۲۲'
    """
    return f"{digits(date.day)} {gettext(GREGORIAN_MONTHS[date.month - 1])} {digits(date.year)}"


def month_label(key: str) -> str:
    """Name the Jalali month of a timeline key; any other key is returned as it is.

    >>> month_label("1401-04")
    'تیر ۱۴۰۱'
    """
    return _month_label(key, language()) if len(key) == _KEY_LENGTH else digits(key)


@lru_cache(maxsize=1024)
def _month_label(key: str, _language: str) -> str:
    # A search over thirty years names each of their months.
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", key)
    return f"{gettext(JALALI_MONTHS[int(match[2]) - 1])} {digits(match[1])}" if match else digits(key)


def _days(year: int, month: int | None, day: int | None) -> Period:
    calendar = jdatetime.date if year < _LAST_JALALI_YEAR else dt.date
    first = calendar(year, month or 1, day or 1)
    if day:
        last = first
    elif month == 12 or month is None:
        last = calendar(year + 1, 1, 1) - dt.timedelta(days=1)
    else:
        last = calendar(year, month + 1, 1) - dt.timedelta(days=1)
    return _gregorian(first), _gregorian(last)


@lru_cache(maxsize=1024)
def _jalali(date: dt.date) -> jdatetime.date:
    # The same days stand on page after page, and the conversion asks for the locale each time.
    return jdatetime.date.fromgregorian(date=date)


def _gregorian(day: "dt.date | jdatetime.date") -> dt.date:
    return day.togregorian() if isinstance(day, jdatetime.date) else day
