"""Reads the dates that articles carry, because what has no date cannot be sorted or narrowed by it."""

import datetime as dt
import re

import jdatetime

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_DAY = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T\s].*)?", re.DOTALL)

# No newspaper is older than a Gregorian 1700, and no Jalali year will pass it for three centuries.
_FIRST_GREGORIAN_YEAR = 1700


def parse_date(text: str) -> dt.date:
    """Read a day as articles write it, year, month, day; a year below 1700 is Jalali.

    A time of day after it is cut off; digits may be Latin, Persian or Arabic. Raises :class:`ValueError`.

    >>> parse_date("2022-06-23")
    datetime.date(2022, 6, 23)
    >>> parse_date("۱۴۰۱/۰۴/۰۲")
    datetime.date(2022, 6, 23)
    """
    match = _DAY.fullmatch(text.strip().translate(_DIGITS))
    if match is None:
        raise ValueError(f"'{text}' is not a date; write it as 2022-06-23 or ۱۴۰۱/۰۴/۰۲")
    year, month, day = int(match[1]), int(match[3]), int(match[4])
    try:
        if year >= _FIRST_GREGORIAN_YEAR:
            return dt.date(year, month, day)
        gregorian: dt.date = jdatetime.date(year, month, day).togregorian()
    except ValueError:
        raise ValueError(f"'{text}' is no day of the calendar") from None
    return gregorian
