"""All forms of a Persian verb from its two stems, so that looking a form up needs no rules while serving.

Forms are keyed as terms are compared: folded and without U+200C, so می‌روم, میروم and می روم are one key.
The paradigm follows the grammars of contemporary written Persian: past, imperfect, perfect, present,
subjunctive, imperative, participles and their negations. Futures and passives are two words and stay so.
"""

from collections.abc import Iterator
from dataclasses import dataclass

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
    bare = "noun" not in verb.flags and "weak" not in verb.flags
    for form in _past_forms(verb.past, bare=bare):
        yield verb.prefix + form
    for form in _participles(verb):
        yield verb.prefix + form
    if verb.present:
        for form in _present_forms(verb):
            yield verb.prefix + form


def _past_forms(stem: str, *, bare: bool) -> Iterator[str]:
    for ending in PAST_ENDINGS:
        if bare or ending in {"یم", "ید", "ند"}:
            yield stem + ending
        yield _negate(stem) + ending
        yield "می" + stem + ending
        yield "نمی" + stem + ending


def _participles(verb: Verb) -> Iterator[str]:
    for ending in PERFECT_ENDINGS:
        if ending or not {"participle_adj", "weak"} & verb.flags:
            yield verb.past + "ه" + ending
        yield _negate(verb.past) + "ه" + ending
        if ending:
            yield "می" + verb.past + "ه" + ending
            yield "نمی" + verb.past + "ه" + ending


def _present_forms(verb: Verb) -> Iterator[str]:
    stem = verb.present + ("ی" if "y" in verb.flags else "")
    personal = [stem + ending for ending in PRESENT_ENDINGS]
    for form in personal:
        yield "می" + form
        yield "نمی" + form
    for form in (*personal, verb.present):
        yield _join("ب", form)
        yield _join("ن", form)
    if not {"present_noun", "weak"} & verb.flags:
        yield from personal


def _negate(stem: str) -> str:
    return _join("ن", stem)


def _join(prefix: str, form: str) -> str:
    """Write ب or ن before ``form``; a vowel asks for a glide: ب + آموز is بیاموز, ن + افتاد is نیفتاد."""
    if form.startswith("آ"):
        return prefix + "یا" + form[1:]
    if form.startswith("ا") and not form.startswith("ای"):
        return prefix + "ی" + form[1:]
    return prefix + form
