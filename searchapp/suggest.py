"""Did you mean: a better question for one misspelt, typed on another keyboard layout or in Latin letters.

Only words that the index lacks are touched, and only words that it holds are offered, so a suggestion always
finds something. The rest of the question, its operators too, stays as typed.
"""

from collections.abc import Sequence

from searchapp.corrections import Correction, Corrections
from searchapp.known import KnownWords
from searchapp.models import Suggestion
from searchapp.translation import gettext, gettext_noop

LABELS = {
    "spelling": gettext_noop("املای نزدیک"),
    "layout": gettext_noop("چیدمان دیگر صفحه‌کلید"),
    "finglish": gettext_noop("نوشتهٔ فارسی با حروف لاتین"),
    "exonym": gettext_noop("نام به فارسی"),
}
_LONGEST_QUESTION = 200


class Suggester:
    """Suggests better questions from the words of one index; one instance serves all threads."""

    def __init__(self, known: KnownWords) -> None:
        self._known = known

    def suggest(self, question: str, limit: int = 3) -> list[Suggestion]:
        """Return better questions, the likeliest first; none where every word of the question is known."""
        if not question.strip() or len(question) > _LONGEST_QUESTION:
            return []
        corrections = Corrections(question, self._known).found()
        if not corrections:
            return []
        choices = [[each.forms[0] for each in corrections]]
        for at, each in enumerate(corrections):
            choices += [[*choices[0][:at], form, *choices[0][at + 1 :]] for form in each.forms[1:]]
        kind = corrections[0].kind
        queries = dict.fromkeys(_rewritten(question, corrections, forms) for forms in choices)
        label = gettext(LABELS[kind])
        return [Suggestion(kind, query, label) for query in queries if query != question][:limit]


def _rewritten(question: str, corrections: Sequence[Correction], forms: Sequence[str]) -> str:
    parts: list[str] = []
    at = 0
    for correction, form in zip(corrections, forms, strict=True):
        parts += [question[at : correction.start], form]
        at = correction.end
    return "".join([*parts, question[at:]])
