"""The drawing of a course in time: every paragraph in one bar, every bar in its place."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchapp.models import TimelineBucket
from searchapp.views.chart import (
    LEAST_HEIGHT,
    MOST_MONTH_TICKS,
    MOST_MONTHS,
    MOST_YEAR_TICKS,
    Chart,
    bars,
    draw,
)


def drawn(counts: dict[str, int], *, leftward: bool = True) -> Chart:
    buckets = [TimelineBucket(key, key, count) for key, count in counts.items()]
    chart = draw(buckets, lambda key: f"/?from={key}", leftward=leftward)
    assert chart is not None
    return chart


@pytest.mark.parametrize("counts", [{}, {"1401-04": 7}, {"1401-04": 7, "1401-05": 0}])
def test_one_month_or_none_is_no_course(counts: dict[str, int]) -> None:
    buckets = [TimelineBucket(key, key, count) for key, count in counts.items()]
    assert draw(buckets, str) is None


def test_months_stand_side_by_side_with_their_gaps() -> None:
    chart = drawn({"1400-11": 2, "1401-02": 4}, leftward=False)
    assert not chart.yearly
    assert [(bar.reach_x, bar.reach_width, bar.height, bar.y) for bar in chart.bars] == [
        (0, 25, 50, 50),
        (75, 25, 100, 0),
    ]
    assert [(bar.label, bar.count, bar.url) for bar in chart.bars] == [
        ("بهمن ۱۴۰۰", 2, "/?from=1400-11"),
        ("اردیبهشت ۱۴۰۱", 4, "/?from=1401-02"),
    ]
    assert [tick.label for tick in chart.ticks] == ["اسفند ۱۴۰۰", "اردیبهشت ۱۴۰۱"]
    assert chart.most == 4


def test_time_runs_leftward_where_reading_does() -> None:
    counts = {"1401-01": 1, "1401-02": 2, "1401-04": 3}
    here, there = drawn(counts), drawn(counts, leftward=False)
    assert [bar.x for bar in here.bars] == [100 - bar.x - bar.width for bar in there.bars]
    assert [bar.url for bar in here.bars] == [bar.url for bar in there.bars]


def test_many_months_become_years() -> None:
    chart = drawn({"1397-01": 1, "1397-12": 2, "1401-06": 4})
    assert chart.yearly
    assert [(bar.label, bar.count, bar.url) for bar in chart.bars] == [
        ("۱۳۹۷", 3, "/?from=1397"),
        ("۱۴۰۱", 4, "/?from=1401"),
    ]
    assert [tick.label for tick in chart.ticks] == ["۱۳۹۷", "۱۳۹۸", "۱۳۹۹", "۱۴۰۰", "۱۴۰۱"]


def test_bars_are_links_that_say_what_they_count() -> None:
    chart = drawn({"1400-11": 2, "1401-02": 1234}, leftward=False)
    first, second = bars(chart).split("\n")
    assert '<a href="/?from=1401-02" aria-label="اردیبهشت ۱۴۰۱: ۱٬۲۳۴ بند">' in second
    assert '<rect class="reach" x="75.0%" width="25.0%" height="100%"/>' in second
    assert "<title>بهمن ۱۴۰۰: ۲ بند</title>" in first
    assert bars(chart, tabbed=False).count('tabindex="-1"') == 2
    buckets = [TimelineBucket(key, key, 1) for key in ("1401-01", "1401-02")]
    quoted = draw(buckets, lambda key: '/?q="<b>&from=' + key)
    assert quoted is not None
    assert 'href="/?q=&#34;&lt;b&gt;&amp;from=1401-01"' in bars(quoted)


months = st.integers(1350 * 12, 1410 * 12).map(lambda number: f"{number // 12:04}-{number % 12 + 1:02}")


@given(st.dictionaries(months, st.integers(1, 10_000), min_size=2), st.booleans())
def test_nothing_is_lost_and_nothing_reaches_over_the_edge(counts: dict[str, int], leftward: bool) -> None:
    chart = drawn(counts, leftward=leftward)
    assert sum(bar.count for bar in chart.bars) == sum(counts.values())
    assert max(bar.height for bar in chart.bars) == 100
    assert chart.most == max(bar.count for bar in chart.bars)
    assert len(chart.bars) <= MOST_MONTHS or chart.yearly
    places = [bar.reach_x for bar in chart.bars]
    assert places == sorted(places, reverse=leftward)
    for bar in chart.bars:
        assert bar.reach_x >= -0.01
        assert bar.reach_x + bar.reach_width <= 100.01
        assert bar.reach_x <= bar.x <= bar.x + bar.width <= bar.reach_x + bar.reach_width + 0.01
        assert LEAST_HEIGHT <= bar.height <= 100
        assert bar.y + bar.height == pytest.approx(100, abs=0.01)
    assert 1 <= len(chart.ticks) <= (MOST_YEAR_TICKS if chart.yearly else MOST_MONTH_TICKS)
    apart = [one.x - other.x for one, other in pairwise(chart.ticks[1:-1])]
    assert apart == pytest.approx(apart[:1] * len(apart), abs=0.01)
    assert {tick.anchor for tick in chart.ticks} <= {"start", "middle", "end"}
