"""Says in words what the steps of a score are, for readers who ask why a result stands where it does."""

from indexer.engine import Explanation
from searchapp.numerals import decimal
from searchapp.translation import gettext, gettext_noop

STEPS = {
    "article": gettext_noop("امتیاز خبر"),
    "whole_article": gettext_noop("سهم همهٔ خبر"),
    "best_paragraph": gettext_noop("سهم بهترین بند"),
    "paragraph": gettext_noop("امتیاز بند"),
    "proximity": gettext_noop("نزدیکی واژه‌ها به هم"),
    "sum": gettext_noop("جمع"),
    "best_of": gettext_noop("بیشترین"),
    "nothing": gettext_noop("بی‌امتیاز"),
}
FIELDS = {
    "text": gettext_noop("«%(word)s» در متن"),
    "exact": gettext_noop("«%(word)s» به همین صورت"),
    "title": gettext_noop("«%(word)s» در عنوان"),
    "title_exact": gettext_noop("«%(word)s» به همین صورت در عنوان"),
}
NUMBERS = {
    "frequency": gettext_noop("بسامد"),
    "holding": gettext_noop("شمار دارندگان"),
    "idf": gettext_noop("کمیابی"),
    "length": gettext_noop("درازا"),
    "mean_length": gettext_noop("میانگین درازا"),
    "boost": gettext_noop("ضریب"),
    "share": gettext_noop("سهم"),
    "recency": gettext_noop("تازگی"),
}


def explained(step: Explanation) -> str:
    """Name a step, with the numbers that went into it."""
    field, colon, word = step.what.partition(":")
    name = (
        gettext(FIELDS[field], word=word) if colon and field in FIELDS else gettext(STEPS.get(field, field))
    )
    numbers = [f"{gettext(NUMBERS[key])} {decimal(round(value, 3))}" for key, value in step.details.items()]
    return f"{name} ({gettext('، ').join(numbers)})" if numbers else name
