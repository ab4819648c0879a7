"""Counts matches by Jalali month or year, because a story's course is what a reader of news looks for."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import jdatetime
import numpy as np
from numpy.typing import NDArray

from indexer.engine import TimelineCount


def timeline(dates: NDArray[np.int32], step: Literal["month", "year"]) -> Sequence[TimelineCount]:
    """Count days (``date.toordinal()``, 0 for none) by month ("1401-04") or year ("1401"), oldest first.

    >>> day = dt.date(2022, 6, 23).toordinal()
    >>> timeline(np.array([0, day, day + 1, day + 60], np.int32), "month")
    [TimelineCount(key='1401-04', count=2), TimelineCount(key='1401-05', count=1)]
    """
    days, counts = np.unique(dates[dates > 0], return_counts=True)
    if not len(days):
        return []
    first, last = _jalali_year(int(days[0])), _jalali_year(int(days[-1]))
    starts, keys = _periods(first, last, step)
    periods = np.searchsorted(starts, days, side="right") - 1
    summed = np.bincount(periods, counts, len(keys))
    return [TimelineCount(keys[period], int(summed[period])) for period in np.flatnonzero(summed)]


@lru_cache(maxsize=64)
def _periods(first: int, last: int, step: Literal["month", "year"]) -> tuple[NDArray[np.int64], list[str]]:
    """The first day and the key of every period from one Jalali year to another."""
    months = range(1, 13) if step == "month" else range(1, 2)
    periods = [(year, month) for year in range(first, last + 1) for month in months]
    starts = [jdatetime.date(year, month, 1).togregorian().toordinal() for year, month in periods]
    keys = [f"{year:04}-{month:02}" if step == "month" else f"{year:04}" for year, month in periods]
    return np.array(starts), keys


def _jalali_year(ordinal: int) -> int:
    year: int = jdatetime.date.fromgregorian(date=dt.date.fromordinal(ordinal)).year
    return year
