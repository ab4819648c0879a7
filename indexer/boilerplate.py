"""Knows the formulas that agencies put around their news, so that a search never finds an article by them.

What is found is left out of the analysis only: readers of the article still see it.
"""

import re

# Words may be parted by spaces or U+200C. «انتهای پیام» ends an article, perhaps with the sign of its author.
_GAP = "[\\s\u200c]*"
_MESSAGE = ("پیام", "پيام")
_END = rf"(?:انتهای|انتهاي|پایان|پايان){_GAP}(?:{'|'.join(_MESSAGE)}){_GAP}[./]*\s*[\w/.]{{0,12}}"
_CODE = r"(?:کد|شناسه) خبر\s*:?\s*[\d/]+"
_SHARE = (
    rf"(?:منبع|لینک کوتاه|لینک خبر|به اشتراک بگذارید|اشتراک{_GAP}گذاری)"
    r"\s*(?::[^\n]{0,80})?"
)
# A newspaper's article goes on elsewhere: «بقیه از صفحه اول».
_CONTINUED = r"(?:بقیه|بقيه|ادامه) (?:از|در) صفحه[\s\u200c]*\S{1,12}"
# What an export as Markdown leaves in the place of a picture.
_IMAGE = r"(?:!\[[^\]\n]*\]\([^)\s]*\)\s*)+"
_LINE = re.compile(rf"\s*(?:{_END}|{_CODE}|{_SHARE}|{_CONTINUED}|{_IMAGE})\s*")
_TAIL = re.compile(rf"\s{_END}\s*\Z")


def is_boilerplate(line: str) -> bool:
    """Tell whether a line holds nothing but a formula.

    >>> is_boilerplate("انتهای پیام/"), is_boilerplate("کد خبر: ۱۲۳۴۵"), is_boilerplate("منبع: ایسنا")
    (True, True, True)
    >>> is_boilerplate("منبع این خبر روشن نیست")
    False
    """
    return _LINE.fullmatch(line) is not None


def blanked(text: str) -> str:
    """Put spaces in the place of formulas, so that every other word keeps its place in the text.

    >>> blanked("او رفت. انتهای پیام/") == "او رفت." + " " * 13
    True
    """
    lines = [" " * len(line) if is_boilerplate(line) else line for line in text.split("\n")]
    kept = "\n".join(lines)
    if not any(map(kept.__contains__, _MESSAGE)):
        return kept
    return _TAIL.sub(lambda tail: " " * len(tail[0]), kept)
