"""Prints an answer for reading in a terminal, right to left where the terminal can.

Each line begins with Persian, so that terminals set it right to left. What may be of either direction (names,
addresses, what was typed) stands between U+2068 and U+2069 on a terminal, so that its neighbours keep their
places; whatever reads a pipe gets the bare text.
"""

from rich.console import Console
from rich.text import Text

from searchapp.models import MatchingParagraph, Result, SearchAnswer, SimilarArticle
from searchapp.numerals import persian_digits
from searchapp.periods import jalali_words, parse_period
from searchapp.snippets import ELLIPSIS, snippet_window

MARK = "bold cyan"
FAINT = "dim"
_ISOLATE, _END = "\u2068", "\u2069"


class Screen(Console):
    """A console that leaves it to the command what follows when nobody reads on."""

    def on_broken_pipe(self) -> None:
        """Raise the error on that is being handled, where rich would end the program as failed."""
        raise  # noqa: PLE0704


class Listing:
    """Shows answers on one console."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def show(self, answer: SearchAnswer) -> None:
        """Print what was done to the question, the totals, and the results."""
        self._remarks(answer)
        if not answer.total:
            self._console.print("چیزی پیدا نشد.")
            return
        self._faint(_totals(answer))
        for result in answer.results:
            self._console.print()
            self._result(result)

    def _remarks(self, answer: SearchAnswer) -> None:
        typed = self._apart(answer.query)
        if answer.applied:
            meant = self._apart(answer.applied.query)
            self._faint(f"برای «{typed}» چیزی پیدا نشد؛ این‌ها نتایج «{meant}» است ({answer.applied.label}).")
            self._faint(f"همان که نوشته شد: {self._apart('--literal')}")
        for suggestion in answer.suggestions:
            self._faint(f"شاید این را می‌خواستید: {self._apart(suggestion.query)} ({suggestion.label})")
        reading = answer.interpretation
        for note in reading.notes:
            self._faint(note.message)
        if answer.total and reading.related:
            forms = "، ".join(map(self._apart, reading.related))
            self._faint(f"صورت‌های مرتبط هم جست‌وجو شد: {forms} (فقط دقیق: {self._apart('--exact')})")
        if answer.total and reading.relaxed:
            missing = "به اندازهٔ کافی از واژه‌ها" if reading.weighed else "همهٔ واژه‌ها"
            self._faint(f"هیچ بندی {missing} را ندارد؛ این‌ها دست‌کم یکی را دارند.")

    def _result(self, result: Result) -> None:
        self._console.print(Text(self._apart(result.title) or "خبر بی‌عنوان", style="bold"))
        self._faint(self._origin(result))
        self._console.print(_marked(result))
        for other in result.more:
            self._faint(f"بند {persian_digits(other.paragraph)}")
            self._console.print(_marked(other))
        if result.similar.total:
            self._faint(persian_digits(f"و {result.similar.total} خبر مشابه:"))
        for copy in result.similar.articles:
            self._faint(f"{self._apart(copy.title) or 'خبر بی‌عنوان'} ({self._origin(copy)})")

    def _origin(self, result: Result | SimilarArticle) -> str:
        period = parse_period(result.date) if result.date else None
        date = jalali_words(period[0]) if period else ""
        place = f"#p{result.paragraph}" if isinstance(result, Result) else ""
        parts = (self._apart(result.source or ""), date, self._apart(result.article_id + place))
        return " · ".join(part for part in parts if part)

    def _apart(self, text: str) -> str:
        return f"{_ISOLATE}{text}{_END}" if text and self._console.is_terminal else text

    def _faint(self, text: str) -> None:
        self._console.print(Text(text, style=FAINT))


def _totals(answer: SearchAnswer) -> str:
    totals = f"{answer.total} بند در {answer.total_articles} خبر"
    if answer.total_distinct < answer.total_articles:
        totals += f" ({answer.total_distinct} بی‌تکرار)"
    if answer.interpretation.weighed and not answer.interpretation.relaxed:
        totals += "، با همه یا بخش مهمی از واژه‌های پرسش"
    return persian_digits(totals)


def _marked(found: Result | MatchingParagraph) -> Text:
    start, end = snippet_window(found.text, found.highlights)
    shown = Text(found.text)
    for left, right in found.highlights:
        shown.stylize(MARK, left, right)
    before = f"{ELLIPSIS} " if start else ""
    return Text(before) + shown[start:end] + Text(f" {ELLIPSIS}" if end < len(found.text) else "")
