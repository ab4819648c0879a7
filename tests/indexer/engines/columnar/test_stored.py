import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.columnar.format import CorruptFileError, SectionFile, SectionWriter, map_file
from indexer.engines.columnar.schema import SCHEMA_VERSION
from indexer.engines.columnar.stored import StoredRecords, StoredWriter, common_text

from .test_format import Kept

records = st.lists(
    st.dictionaries(st.text(max_size=3), st.one_of(st.text(), st.integers(), st.none())), max_size=20
)


def written(rows: list[object], *, repeat: int = 1) -> bytes:
    file = Kept()
    writer, stored = SectionWriter(file), StoredWriter()
    for row in rows * repeat:
        stored.add(row)
    stored.write(writer, "stored")
    writer.close()
    return file.data


@given(records)
def test_records_come_back_in_any_order(rows: list[object]) -> None:
    stored = StoredRecords(SectionFile(written(rows), "x"), "stored")
    assert len(stored) == len(rows)
    assert stored.read(range(len(rows) - 1, -1, -1)) == rows[::-1]


def long_rows() -> list[object]:
    chance = np.random.default_rng(1)
    return [{"text": chance.bytes(600).hex(), "number": number} for number in range(200)]


def test_records_fill_several_blocks_and_blocks_can_be_copied() -> None:
    rows = long_rows()
    source = StoredRecords(SectionFile(written(rows), "x"), "stored")
    assert source.block_count > 3
    file = Kept()
    writer, copied = SectionWriter(file), StoredWriter()
    copied.add(rows[0])
    for block in range(source.block_count):
        copied.add_block(*source.block(block))
    copied.add(rows[1])
    copied.write(writer, "stored")
    writer.close()
    copy = StoredRecords(SectionFile(file.data, "x"), "stored")
    assert copy.read(range(len(copy))) == [rows[0], *rows, rows[1]]
    assert len(list(copy.lines())) == len(rows) + 2


def test_threads_read_side_by_side() -> None:
    """The contexts of Zstandard must not be used by two at once."""
    rows = long_rows()
    stored = StoredRecords(SectionFile(written(rows), "x"), "stored")
    begin = Barrier(4)

    def read(shift: int) -> bool:
        begin.wait()
        return all(stored.read(range(shift, 200)) == rows[shift:] for _ in range(20))

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(read, range(4)))


def test_a_damaged_block_is_never_shown_and_others_still_are() -> None:
    rows = long_rows()
    data = bytearray(written(rows))
    data[100] ^= 1
    stored = StoredRecords(SectionFile(bytes(data), "x"), "stored")
    assert stored[199] == rows[199]
    with pytest.raises(CorruptFileError, match="stored text has changed"):
        _ = stored[0]


def test_other_common_words_raise_the_schemas_version() -> None:
    """Old blocks cannot be read against other words, and only the version tells that they are old."""
    assert (SCHEMA_VERSION, zlib.crc32(common_text())) == (6, 2017942064)


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_text_that_was_read_is_not_held(tmp_path: Path) -> None:
    path = tmp_path / "segment.documents"
    path.write_bytes(written(long_rows(), repeat=30))
    stored = StoredRecords(SectionFile(map_file(str(path)), path.name), "stored")
    kilobytes = path.stat().st_size // 1024
    assert kilobytes > 2000
    assert stored.block_lines(0)
    assert _resident(path) > 0
    for number in range(0, len(stored), 100):
        assert stored.read([number])[0]["number"] == number % 200
    assert _resident(path) < kilobytes // 10


def _resident(path: Path) -> int:
    """The kilobytes of a mapped file that count as this process's."""
    _, _, rest = Path("/proc/self/smaps").read_text(encoding="utf-8").partition(f"{path}\n")
    return int(rest.partition("Rss:")[2].split()[0])
