import io
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from indexer.engines.columnar.format import CorruptFileError, SectionFile, SectionWriter, map_file, smallest


class Kept(io.BytesIO):
    """A file in memory whose bytes outlive closing."""

    data = b""

    def close(self) -> None:
        self.data = self.getvalue()
        super().close()


def written(*arrays: np.ndarray, compress: bool = False) -> bytes:
    file = Kept()
    writer = SectionWriter(file)
    for number, array in enumerate(arrays):
        writer.add(str(number), array, compress=compress)
    writer.close()
    return file.data


numbers = st.sampled_from([np.uint8, np.uint16, np.uint32, np.uint64, np.int32, np.int64]).flatmap(
    lambda dtype: hnp.arrays(dtype, st.integers(0, 50))
)


@given(st.lists(numbers, max_size=5), st.booleans())
def test_arrays_come_back_as_they_were_written(arrays: list[np.ndarray], compress: bool) -> None:
    file = SectionFile(written(*arrays, compress=compress), "x")
    for number, array in enumerate(arrays):
        read = file.array(str(number))
        assert read.dtype == array.dtype
        assert np.array_equal(read, array)
        assert file.bytes(str(number)) == array.tobytes()
    file.verify()


@pytest.mark.parametrize("compress", [False, True])
def test_no_flipped_byte_goes_unseen(compress: bool) -> None:
    data = written(np.arange(40, dtype=np.uint16), np.ones(3, np.uint8), compress=compress)
    for at in range(len(data)):
        damaged = bytearray(data)
        damaged[at] ^= 0x10
        with pytest.raises(CorruptFileError):
            SectionFile(bytes(damaged), "x").verify()


def test_a_damaged_section_is_never_handed_out() -> None:
    data = bytearray(written(np.arange(1000, dtype=np.uint32), np.arange(9, dtype=np.uint8)))
    data[2000] ^= 1
    file = SectionFile(bytes(data), "x")
    assert file.array("1").tolist() == list(range(9))
    for _ in range(2):
        with pytest.raises(CorruptFileError, match="section '0' has changed"):
            file.array("0")
        with pytest.raises(CorruptFileError, match="section '0' has changed"):
            file.bytes("0")


@pytest.mark.parametrize("length", [0, 7, 31, -1, -25])
def test_a_file_cut_short_is_refused(length: int) -> None:
    with pytest.raises(CorruptFileError, match="cut short"):
        SectionFile(written(np.arange(9, dtype=np.uint8))[:length], "x")


def test_another_version_asks_for_a_rebuild() -> None:
    data = bytearray(written(np.arange(9, dtype=np.uint8)))
    data[4] += 1
    with pytest.raises(CorruptFileError, match="rasad index --rebuild"):
        SectionFile(bytes(data), "x")


def test_a_stream_that_unpacks_to_another_length_is_refused() -> None:
    data = written(np.zeros(100, np.uint8), compress=True)
    start, end = int.from_bytes(data[-24:-16], "little"), len(data) - 24
    directory = data[start:end].replace(b",100,", b",101,")
    footer = start.to_bytes(8, "little") + len(directory).to_bytes(8, "little")
    footer += zlib.crc32(directory).to_bytes(4, "little") + data[-4:]
    with pytest.raises(CorruptFileError, match="another length"):
        SectionFile(data[:start] + directory + footer, "x").array("0")


def test_a_missing_section_is_named() -> None:
    with pytest.raises(CorruptFileError, match="no section 'text/terms'"):
        SectionFile(written(), "x").array("text/terms")


def test_a_mapped_file_can_be_deleted_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(written(np.arange(9, dtype=np.uint8)))
    file = SectionFile(map_file(str(path)), "a")
    path.unlink()
    array = file.array("0")
    del file
    assert array.tolist() == list(range(9))
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


@pytest.mark.parametrize(
    ("top", "dtype"), [(0, "u1"), (255, "u1"), (256, "u2"), (65535, "u2"), (65536, "u4")]
)
def test_the_narrowest_type_is_chosen(top: int, dtype: str) -> None:
    assert smallest(np.array([0, top])).dtype == np.dtype(dtype)
    assert smallest(np.zeros(0, np.int64)).dtype == np.dtype("u1")
