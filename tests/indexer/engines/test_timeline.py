import datetime as dt
from collections import Counter

import jdatetime
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.timeline import timeline


@pytest.mark.parametrize("step", ["month", "year"])
@given(
    days=st.lists(st.dates(dt.date(1925, 1, 1), dt.date(2040, 1, 1)), max_size=30), undated=st.integers(0, 3)
)
def test_every_dated_paragraph_is_counted_in_its_jalali_month(
    step: str, days: list[dt.date], undated: int
) -> None:
    jalali = [jdatetime.date.fromgregorian(date=day) for day in days]
    keys = [f"{day.year:04}-{day.month:02}" if step == "month" else f"{day.year:04}" for day in jalali]
    ordinals = np.array([*(day.toordinal() for day in days), *[0] * undated], np.int32)
    counted = timeline(ordinals, step)  # type: ignore[arg-type]
    assert [(each.key, each.count) for each in counted] == sorted(Counter(keys).items())
