import datetime as dt
from collections import Counter

import jdatetime
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.columnar.facets import Holders, Periods


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


@given(
    held=st.lists(st.tuples(st.integers(0, 8), st.integers(0, 19)), unique=True, max_size=80),
    marks=st.lists(st.integers(0, 3), min_size=20, max_size=20),
    size=st.integers(0, 10),
)
def test_whoever_can_be_among_the_commonest_values_is_counted(
    held: list[tuple[int, int]], marks: list[int], size: int
) -> None:
    values, units = np.array(held, np.int64).reshape(-1, 2).T
    holders = Holders.of(values, units, np.full(len(held), 3, np.int64))
    counted = Counter[int]()
    for value, unit in held:
        counted[value] += marks[unit]
    found = holders.leading(np.array(marks, np.int32), size).tolist()
    leading = dict(zip(holders.values.tolist(), found, strict=False))
    assert all(counted[value] == count for value, count in leading.items())
    least = sorted(counted.values(), reverse=True)[:size]
    assert all(value in leading for value in counted if least and counted[value] >= max(1, least[-1]))


@given(held=st.lists(st.tuples(st.integers(0, 8), st.integers(0, 19)), unique=True, max_size=80))
def test_every_holder_of_a_value_is_known(held: list[tuple[int, int]]) -> None:
    values, units = np.array(held, np.int64).reshape(-1, 2).T
    holders = Holders.of(values, units, np.ones(len(held), np.int64))
    for value in range(9):
        assert sorted(holders.of_value(value).tolist()) == sorted(
            unit for each, unit in held if each == value
        )
