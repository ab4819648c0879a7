"""Reads the dates that articles carry, because what has no date cannot be sorted or narrowed by it."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import jdatetime

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩يىك", "01234567890123456789ییک")

# U+200C parts words as a space does; other marks that cannot be seen, tatweel and harakat say nothing.
_SPACES = re.compile("[\\s\u200c\u00a0]+")
_UNSEEN = re.compile("[\u200b\u200d-\u200f\u202a-\u202e\u2066-\u2069\u0640\u064b-\u0655\ufeff]")

# No newspaper is older than a Gregorian 1700, and no Jalali year will pass it for three centuries.
_FIRST_GREGORIAN_YEAR = 1700
_FIRST_JALALI_YEAR = 1000

# Persian months, in Iran's names and Afghanistan's; then Gregorian ones as Persian writes them, and English.
_JALALI_MONTHS: Sequence[str] = (
    "فروردین حمل",
    "اردیبهشت ثور",
    "خرداد جوزا",
    "تیر سرطان",
    "مرداد امرداد اسد",
    "شهریور سنبله",
    "مهر میزان",
    "آبان ابان عقرب",
    "آذر اذر قوس",
    "دی جدی",
    "بهمن دلو",
    "اسفند حوت",
)
_GREGORIAN_MONTHS: Sequence[str] = (
    "ژانویه جنوری january jan",
    "فوریه فبروری february feb",
    "مارس مارچ march mar",
    "آوریل اوریل اپریل april apr",
    "مه می may",
    "ژوئن ژوین جون june jun",
    "ژوئیه ژوییه جولای july jul",
    "اوت آگوست اگوست اگست august aug",
    "سپتامبر سپتمبر september sept sep",
    "اکتبر october oct",
    "نوامبر نومبر november nov",
    "دسامبر دسمبر december dec",
)


def _numbered(months: Sequence[str]) -> Mapping[str, int]:
    return {name: number for number, names in enumerate(months, 1) for name in names.split()}


_JALALI = _numbered(_JALALI_MONTHS)
_GREGORIAN = _numbered(_GREGORIAN_MONTHS)
_NAME = "|".join(sorted([*_JALALI, *_GREGORIAN], key=len, reverse=True))
_MONTH = rf"(?P<name>{_NAME})\.?(?: ?ماه)?"
_ORDINAL = "(?:ام|م|st|nd|rd|th)"
_TIME = r"(?:\d{1,2}:\d{2}(?::\d{2})? )"

# A day in figures and names; what stands around it (a time, a weekday, «تاریخ انتشار:») is passed over.
_SHAPES = tuple(
    re.compile(rf"(?<![\d.\-/]){shape}(?![\d/])", re.IGNORECASE)
    for shape in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})",
        rf"(?P<day>\d{{1,2}}) ?{_ORDINAL}?[ -]?(?:of )?{_MONTH}[،,]?[ -]?(?:سال |of )?(?P<year>\d{{4}})",
        rf"(?P<day>\d{{1,2}}) ?(?:ام|م)? ?{_MONTH}[،,]? (?:سال )?(?P<year>\d{{2}})(?![\d:])",
        rf"(?P<year>\d{{4}}) {_MONTH} (?P<day>\d{{1,2}})(?!:)",
        rf"\b{_MONTH} (?P<day>\d{{1,2}}){_ORDINAL}?,? {_TIME}?(?P<year>\d{{4}})",
    )
)


@lru_cache(maxsize=4096)  # the days of a corpus are few
def parse_date(text: str) -> dt.date:
    """Read a day as articles write it, in figures or with a month's name, alone or beside a time and words.

    A year below 1700 is Jalali, and one of two figures after a Jalali month is of 1330 to 1429. Of several
    days in the text the one in figures counts, else the first. Digits may be Latin, Persian or Arabic; a time
    zone moves nothing. Raises :class:`ValueError`.

    >>> parse_date("2022-06-23")
    datetime.date(2022, 6, 23)
    >>> parse_date("۱۴۰۱/۰۴/۰۲")
    datetime.date(2022, 6, 23)
    >>> parse_date("تاریخ انتشار: ۲۱:۰۲ - پنجشنبه ۲ تیرماه ۱۴۰۱")
    datetime.date(2022, 6, 23)
    """
    plain = _SPACES.sub(" ", _UNSEEN.sub("", text)).strip().translate(_DIGITS)
    written = False
    for match in _found(plain):
        written = True
        try:
            return _day(match)
        except ValueError:
            continue
    if written:
        raise ValueError(f"'{text}' is no day of the calendar")
    raise ValueError(f"'{text}' is not a date; write it as 2022-06-23 or ۱۴۰۱/۰۴/۰۲")


@lru_cache(maxsize=4096)  # asked for every paragraph
def jalali_year(date: dt.date) -> int:
    """Tell the Jalali year of a day, because that is the year that Persian news counts by.

    >>> jalali_year(dt.date(2022, 3, 20)), jalali_year(dt.date(2022, 3, 21))
    (1400, 1401)
    """
    year: int = jdatetime.date.fromgregorian(date=date).year
    return year


def _found(text: str) -> Iterator[re.Match[str]]:
    for shape in _SHAPES:
        yield from shape.finditer(text)


def _day(match: re.Match[str]) -> dt.date:
    """Make a day of what a shape found. Raises :class:`ValueError` where the calendar has none such."""
    groups = match.groupdict()
    year, day = int(groups["year"]), int(groups["day"])
    name = groups.get("name", "").lower()
    month = int(groups["month"]) if not name else _JALALI.get(name) or _GREGORIAN[name]
    if len(groups["year"]) == 2:
        if name not in _JALALI:
            raise ValueError("two figures say no Gregorian year")
        year += 1400 if year < 30 else 1300
    jalali = name in _JALALI if name else year < _FIRST_GREGORIAN_YEAR
    if jalali != (year < _FIRST_GREGORIAN_YEAR) or year < _FIRST_JALALI_YEAR:
        raise ValueError("the month is of another calendar than the year")
    if not jalali:
        return dt.date(year, month, day)
    gregorian: dt.date = jdatetime.date(year, month, day).togregorian()
    return gregorian
