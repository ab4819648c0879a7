"""Numbers as the reader's language writes them: its digits, and its sign between the thousands."""

from functools import lru_cache

from searchapp.translation import language

_TO_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def persian_digits(value: object) -> str:
    """Write a number with Persian digits.

    >>> persian_digits(1401)
    '۱۴۰۱'
    """
    return str(value).translate(_TO_PERSIAN)


def digits(value: object) -> str:
    """Write a number with the digits of the language of now."""
    return persian_digits(value) if language() == "fa" else str(value)


def thousands(number: int) -> str:
    """Write a large number so that it can be taken in.

    >>> thousands(12500)
    '۱۲٬۵۰۰'
    """
    return _grouped(number, language())


@lru_cache(maxsize=2048)
def _grouped(number: int, spoken: str) -> str:
    # A page counts a hundred things, most of them by small numbers.
    written = f"{number:,}"
    return persian_digits(written.replace(",", "٬")) if spoken == "fa" else written


def decimal(number: float) -> str:
    """Write a number with its fraction, if it has any.

    >>> decimal(3.5), decimal(12.0)
    ('۳٫۵', '۱۲')
    """
    written = f"{number:g}"
    return persian_digits(written.replace(".", "٫")) if language() == "fa" else written
