"""How often something is named over time, drawn as bars that lead to the paragraphs of a month or a year.

Places and sizes are percentages of the drawing, so that it fills any width and its letters keep their size.
"""

from collections.abc import Callable, Sequence
from itertools import groupby
from math import ceil

from markupsafe import Markup, escape
from msgspec import Struct

from searchapp.models import TimelineBucket
from searchapp.numerals import thousands
from searchapp.periods import month_label
from searchapp.translation import ngettext

MOST_MONTHS = 48
# What fits side by side on a phone: labels, and half the width of one in hundredths of the drawing.
MOST_MONTH_TICKS, MONTH_EDGE = 3, 14
MOST_YEAR_TICKS, YEAR_EDGE = 6, 7
# What a bar leaves free of its place, on both sides together.
GAP = 0.25
# Less cannot be seen.
LEAST_HEIGHT = 1.5


class Bar(Struct, frozen=True):
    """One month or year with any paragraphs, and the address of a search for them."""

    x: float
    y: float
    width: float
    height: float
    reach_x: float
    reach_width: float
    label: str
    count: int
    url: str


class Tick(Struct, frozen=True):
    """A label under a place; ``anchor`` keeps those at the edges inside the drawing."""

    x: float
    label: str
    anchor: str


class Chart(Struct, frozen=True):
    """The whole drawing, from ``first`` to ``last``.

    ``most`` is the count of its highest bar, ``yearly`` tells years from months.
    """

    bars: list[Bar]
    ticks: list[Tick]
    most: int
    yearly: bool
    first: str
    last: str


def draw(
    buckets: Sequence[TimelineBucket], url: Callable[[str], str], *, leftward: bool = True
) -> Chart | None:
    """Draw months, or years when the months are too many; nothing for a single one.

    ``url`` gives the address of a search in a period such as ``1401-04``; ``leftward`` time runs from right
    to left.
    """
    counts = {bucket.key: bucket.count for bucket in buckets if bucket.count}
    if len(counts) < 2:
        return None
    numbers = [_month_number(key) for key in counts]
    yearly = max(numbers) - min(numbers) >= MOST_MONTHS
    if yearly:
        by_year = groupby(sorted(counts), lambda key: key[:4])
        counts = {year: sum(counts[key] for key in keys) for year, keys in by_year}
        periods = [str(year) for year in range(int(min(counts)), int(max(counts)) + 1)]
    else:
        periods = [_month_key(number) for number in range(min(numbers), max(numbers) + 1)]
    step = 100 / len(periods)
    most = max(counts.values())

    def start(place: int) -> float:
        return 100 - (place + 1) * step if leftward else place * step

    bars = []
    for place, key in enumerate(periods):
        if key in counts:
            height = max(LEAST_HEIGHT, 100 * counts[key] / most)
            left = start(place)
            bars.append(
                Bar(
                    x=round(left + step * GAP / 2, 3),
                    y=round(100 - height, 3),
                    width=round(step * (1 - GAP), 3),
                    height=round(height, 3),
                    reach_x=round(left, 3),
                    reach_width=round(step, 3),
                    label=month_label(key),
                    count=counts[key],
                    url=url(key),
                )
            )
    most_ticks, edge = (MOST_YEAR_TICKS, YEAR_EDGE) if yearly else (MOST_MONTH_TICKS, MONTH_EDGE)
    ticks = [
        _tick(start(place) + step / 2, month_label(periods[place]), edge)
        for place in _spread(len(periods), most_ticks)
    ]
    return Chart(bars, ticks, most, yearly, month_label(periods[0]), month_label(periods[-1]))


def bars(chart: Chart, *, tabbed: bool = True) -> Markup:
    """Write the bars as links of an SVG; ``tabbed`` is false where a table beside them has the same links.

    All of it is written here, as a template would escape each of a hundred numbers.
    """
    tabindex = "" if tabbed else ' tabindex="-1"'
    return Markup("\n").join(_link(bar, tabindex) for bar in chart.bars)


def _link(bar: Bar, tabindex: str) -> Markup:
    counted = ngettext("%(number)s بند", "%(number)s بند", bar.count, number=thousands(bar.count))
    label = escape(f"{bar.label}: {counted}")
    return Markup(  # noqa: S704 - numbers, and what is escaped
        f'<a href="{escape(bar.url)}"{tabindex} aria-label="{label}"><title>{label}</title>'
        f'<rect class="reach" x="{bar.reach_x}%" width="{bar.reach_width}%" height="100%"/>'
        f'<rect class="bar" x="{bar.x}%" y="{bar.y}%" width="{bar.width}%" height="{bar.height}%"/></a>'
    )


def _spread(length: int, most: int) -> list[int]:
    """Choose places at one distance, the last among them.

    >>> _spread(10, 4), _spread(2, 4)
    ([0, 3, 6, 9], [0, 1])
    """
    return list(range(length - 1, -1, -ceil(length / most)))[::-1]


def _tick(x: float, label: str, edge: float) -> Tick:
    """Anchor a label in the middle of its place, or at the edge that it would reach over."""
    if x < edge:
        return Tick(0, label, "start")
    return Tick(100, label, "end") if x > 100 - edge else Tick(round(x, 3), label, "middle")


def _month_number(key: str) -> int:
    year, month = key.split("-")
    return int(year) * 12 + int(month) - 1


def _month_key(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"
