"""All forms of a Persian verb from its two stems, so that looking a form up needs no rules while serving.

Forms are keyed as terms are compared: folded and without U+200C, so می‌روم, میروم and می روم are one key.
The paradigm follows the grammars of contemporary written Persian: past, imperfect, perfect, present,
subjunctive, imperative, participles and their negations. Futures and passives are two words and stay so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

PAST_ENDINGS = ("", "م", "ی", "یم", "ید", "ند")
PRESENT_ENDINGS = ("م", "ی", "د", "یم", "ید", "ند")
PERFECT_ENDINGS = ("", "ام", "ای", "است", "ایم", "اید", "اند")


@dataclass(frozen=True, slots=True)
class Verb:
    """One row of ``data/verbs.tsv``: stems as written, an optional prefix (بر in برگشت), and its flags."""

    prefix: str
    past: str
    present: str
    flags: frozenset[str]
    lemma: str


def conjugate(verb: Verb) -> Iterator[str]:
    """Yield every form of ``verb``, folded and without spaces; a form may come more than once.

    >>> forms = set(conjugate(Verb("", "رفت", "رو", frozenset(), "رفت")))
    >>> {"رفتند", "نرفتهاند", "میرود", "نمیروم", "بروید", "رفته", "رفتهاست"} <= forms
    True
    >>> "بازمیگردد" in set(conjugate(Verb("باز", "گشت", "گرد", frozenset(), "بازگشت")))
    True
    """
    forms = [_past_forms(verb), _participles(verb)]
    if verb.present and "irregular" not in verb.flags:
        forms.append(_present_forms(verb))
    for form in chain.from_iterable(forms):
        yield verb.prefix + form


def _past_forms(verb: Verb) -> Iterator[str]:
    for ending in PAST_ENDINGS:
        if "noun" not in verb.flags or ending not in {"", "ی"}:
            yield verb.past + ending
        yield _negated(verb.past) + ending
        yield "می" + verb.past + ending
        yield "نمی" + verb.past + ending


def _participles(verb: Verb) -> Iterator[str]:
    for ending in PERFECT_ENDINGS:
        if "participle_adj" not in verb.flags or ending not in {"", "ای"}:
            yield verb.past + "ه" + ending
        yield _negated(verb.past) + "ه" + ending
        if verb.past != "شد":  # the passive گفته‌شده names گفت; a finite شد stays a word of its own
            yield verb.past + "هشده" + ending
            yield verb.past + "هشدگان"
        yield "می" + verb.past + "ه" + ending
        yield "نمی" + verb.past + "ه" + ending


def _present_forms(verb: Verb) -> Iterator[str]:
    stem = verb.present + ("ی" if "y" in verb.flags else "")
    for ending in PRESENT_ENDINGS:
        yield "می" + stem + ending
        yield "نمی" + stem + ending
        if not stem.startswith(("آ", "ا")):  # these take a glide, and stand in verb_exceptions.tsv
            yield "ب" + stem + ending
            yield "ن" + stem + ending
        if "present_noun" not in verb.flags and ("stem_noun" not in verb.flags or ending not in {"م", "ی"}):
            yield stem + ending
    if not verb.present.startswith(("آ", "ا")):
        yield "ب" + verb.present
        yield "ن" + verb.present
    if "stem_noun" not in verb.flags and "present_noun" not in verb.flags:
        yield verb.present


def _negated(stem: str) -> str:
    """Write ن before a past stem; a vowel asks for a glide: ن + افتاد is نیفتاد, ن + آمد is نیامد."""
    if stem.startswith("آ"):
        return "نیا" + stem[1:]
    if stem.startswith("ا") and not stem.startswith("ای"):
        return "نی" + stem[1:]
    return "ن" + stem
