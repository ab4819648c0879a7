import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.columnar.format import SectionFile, SectionWriter
from indexer.engines.columnar.packing import PackedArray, boundaries, ragged, write_packed

from .test_format import Kept

values = st.lists(st.one_of(st.integers(0, 4), st.integers(0, 300), st.integers(0, 2**32 - 1)), max_size=80)


def packed(numbers: list[int], bits: int) -> PackedArray:
    file = Kept()
    writer = SectionWriter(file)
    write_packed(writer, "x", np.array(numbers, np.int64), bits)
    writer.close()
    return PackedArray(SectionFile(file.data, "x"), "x", bits)


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
@given(numbers=values, data=st.data())
def test_every_slice_reads_what_was_written(bits: int, numbers: list[int], data: st.DataObject) -> None:
    array = packed(numbers, bits)
    start = data.draw(st.integers(0, len(numbers)))
    stop = data.draw(st.integers(start, len(numbers)))
    assert array.read(start, stop).tolist() == numbers[start:stop]


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
@given(numbers=values, data=st.data())
def test_every_choice_reads_what_was_written(bits: int, numbers: list[int], data: st.DataObject) -> None:
    indexes = sorted(data.draw(st.sets(st.integers(0, max(len(numbers) - 1, 0)), max_size=len(numbers))))
    taken = packed(numbers, bits).take(np.array(indexes, np.intp))
    assert taken.tolist() == [numbers[index] for index in indexes]


@given(numbers=st.lists(st.one_of(st.integers(0, 4), st.integers(0, 2**24 - 2)), max_size=80), data=st.data())
def test_counts_are_the_numbers_with_one_added(numbers: list[int], data: st.DataObject) -> None:
    array = packed(numbers, 2)
    start = data.draw(st.integers(0, len(numbers)))
    stop = data.draw(st.integers(start, len(numbers)))
    counts = array.read_counts(start, stop)
    assert counts.dtype == np.float32
    assert counts.tolist() == [number + 1 for number in numbers[start:stop]]


def test_small_numbers_are_read_as_bytes() -> None:
    assert packed([0, 3, 2, 1, 0], 2).read(0, 5).dtype == np.uint8


@given(st.lists(st.integers(0, 5), max_size=20))
def test_ragged_lists_the_indexes_of_runs(counts: list[int]) -> None:
    starts = boundaries(np.array(counts, np.int64))[:-1] * 3
    expected = [start + i for start, count in zip(starts.tolist(), counts, strict=True) for i in range(count)]
    assert ragged(starts, np.array(counts, np.int64)).tolist() == expected
