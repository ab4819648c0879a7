import datetime as dt
from collections import Counter

import jdatetime
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.columnar.facets import Periods


@pytest.mark.parametrize("step", ["month", "year"])
@given(
    days=st.lists(
        st.tuples(st.none() | st.dates(dt.date(1925, 1, 1), dt.date(2040, 1, 1)), st.booleans()), max_size=30
    )
)
def test_every_dated_and_marked_paragraph_is_counted_in_its_jalali_month(
    step: str, days: list[tuple[dt.date | None, bool]]
) -> None:
    dated = [day for day, marked in days if day and marked]
    jalali = [jdatetime.date.fromgregorian(date=day) for day in dated]
    keys = [f"{day.year:04}-{day.month:02}" if step == "month" else f"{day.year:04}" for day in jalali]
    ordinals = np.array([day.toordinal() if day else 0 for day, _ in days], np.int32)
    marked = np.array([marked for _, marked in days], np.int32)
    counted = Periods.of(ordinals, np.ones(len(days), np.int64), step).counts(marked)  # type: ignore[arg-type]
    assert [(each.key, each.count) for each in counted] == sorted(Counter(keys).items())
