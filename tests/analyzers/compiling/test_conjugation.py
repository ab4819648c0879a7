import pytest

from analyzers.compiling.conjugation import Verb, conjugate

GO = Verb("", "رفت", "رو", frozenset(), "رفت")
SAY = Verb("", "گفت", "گو", frozenset({"y", "participle_adj"}), "گفت")
COME = Verb("", "آمد", "آ", frozenset({"y"}), "آمد")
BUY = Verb("", "خرید", "خر", frozenset({"noun", "present_noun"}), "خرید")
TURN = Verb("بر", "گشت", "گرد", frozenset(), "برگشت")
HAVE = Verb("", "داشت", "دار", frozenset({"irregular"}), "داشت")

MADE = [
    (GO, "رفتم رفتند نرفت میرفت نمیرفتید رفته رفتهام نرفتهاند میرفتهاست میروم نمیرود بروند نروید برو"),
    (SAY, "گفتی میگوید نمیگویند بگوییم بگو نگو گفتهاند گفتهشده نگفته"),
    (COME, "آمد نیامد نمیآمدند میآید نیامدهاند"),
    (BUY, "خریدم خریدند نخرید میخرد بخرند خریده"),
    (TURN, "برگشت برنگشتند برمیگشت برمیگردد برنمیگردد برگشتهاند برگردید"),
    (HAVE, "داشت نداشتند میداشت داشتهاند"),
]
NOT_MADE = [(SAY, "گفته"), (BUY, "خرید خریدی خرم خرد"), (HAVE, "دارم میدارد"), (COME, "بآید نآید")]


@pytest.mark.parametrize(
    ("verb", "forms"), MADE, ids=lambda value: value.lemma if isinstance(value, Verb) else ""
)
def test_forms_that_are_made(verb: Verb, forms: str) -> None:
    assert set(forms.split()) <= set(conjugate(verb))


@pytest.mark.parametrize(
    ("verb", "forms"), NOT_MADE, ids=lambda value: value.lemma if isinstance(value, Verb) else ""
)
def test_forms_that_a_flag_withholds(verb: Verb, forms: str) -> None:
    assert set(forms.split()).isdisjoint(conjugate(verb))


@pytest.mark.parametrize("verb", [GO, SAY, COME, BUY, TURN, HAVE], ids=lambda verb: verb.lemma)
def test_every_form_begins_with_the_prefix(verb: Verb) -> None:
    assert all(form.startswith(verb.prefix) for form in conjugate(verb))
