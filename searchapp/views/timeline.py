"""The thin band above the results: how many paragraphs each Jalali month holds, drawn to be clicked."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from searchapp.models import TimelineBucket
from searchapp.periods import month_label

HEIGHT = 40
STEP = 12
GAP = 2
MOST_MONTHS = 72


class Bar(Struct, frozen=True):
    """One month or year, in units of the drawing; time runs from its left, and a page may mirror it."""

    x: int
    height: int
    label: str
    count: int
    url: str


class Band(Struct, frozen=True):
    """The whole drawing, ``width`` by ``height`` units."""

    width: int
    height: int
    step: int
    bar_width: int
    first: str
    last: str
    bars: list[Bar]


def draw(buckets: Sequence[TimelineBucket], url: Callable[[str], str]) -> Band | None:
    """Lay the months out with their gaps; years when the months are too many, nothing for a single one.

    ``url`` gives the address that narrows to a period such as ``1401-04``.
    """
    counts = {bucket.key: bucket.count for bucket in buckets if bucket.count}
    periods = _between(min(counts), max(counts)) if counts else []
    if len(periods) > MOST_MONTHS:
        years: dict[str, int] = {}
        for key, count in counts.items():
            years[key[:4]] = years.get(key[:4], 0) + count
        counts = years
        periods = [str(year) for year in range(int(min(years)), int(max(years)) + 1)]
    if len(periods) < 2:
        return None
    width = len(periods) * STEP
    most = max(counts.values())
    bars = [
        Bar(
            x=place * STEP,
            height=max(2, round(HEIGHT * counts[key] / most)),
            label=month_label(key),
            count=counts[key],
            url=url(key),
        )
        for place, key in enumerate(periods)
        if key in counts
    ]
    labels = month_label(periods[0]), month_label(periods[-1])
    return Band(width, HEIGHT, STEP, STEP - GAP, *labels, bars)


def _between(first: str, last: str) -> list[str]:
    """List the months from one key to another.

    >>> _between("1400-11", "1401-02")
    ['1400-11', '1400-12', '1401-01', '1401-02']
    """
    (year, month), (last_year, last_month) = (map(int, key.split("-")) for key in (first, last))
    numbers = range(year * 12 + month - 1, last_year * 12 + last_month)
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers]
