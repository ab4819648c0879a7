"""What a page shows of a document, in small compressed blocks, so that one is read without the rest.

A record is one line of JSON. Records fill blocks of about 12 kB before compression: large enough that
Persian text shrinks to about 0.27 of its size, small enough that a block is unpacked in a sixtieth of
a millisecond. Every block is a frame of Zstandard (RFC 8878) packed against the same common words, which
saves a tenth, and has a crc32 of its own, compared whenever it is read. Merging copies whole blocks.
"""

import threading
import zlib
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import zstandard

from .format import AnyArray, CorruptFileError, SectionFile, SectionWriter
from .packing import boundaries

_BLOCK_BYTES = 12 * 1024
# Level 4 would take twice the time and save 7% of the bytes.
_LEVEL = 3
# A compressed block is full when it is more than a sixth of the bytes that make one.
_USUAL_RATIO = 6
# How the records of paragraphs begin and go on; beside the words, what every block would spell out first.
_SKELETON = (
    '],["country","","person","organization","place","","name","demonym"]],"topics":[["{"article_id":"'
    '","number":1,"text":"","heading":"","title":"","date":"20","source":"","url":"https://'
)
_SEPARATOR = b"\n"


@cache
def common_text() -> bytes:
    """The text that every block may refer back to, the commonest last, where references are shortest."""
    lines = files(__package__).joinpath("common_words.txt").read_text(encoding="utf-8").splitlines()
    return (" ".join(line for line in lines if not line.startswith("#")) + _SKELETON).encode()


@cache
def _dictionary() -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(common_text(), dict_type=zstandard.DICT_TYPE_RAWCONTENT)


@cache
def _packing_dictionary() -> zstandard.ZstdCompressionDict:
    """The same digested for packing, which takes memory that servers never need."""
    dictionary = zstandard.ZstdCompressionDict(common_text(), dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    dictionary.precompute_compress(level=_LEVEL)
    return dictionary


class _Contexts(threading.local):
    """What one thread packs and unpacks with; no two may use the same at once."""

    @cached_property
    def pack(self) -> zstandard.ZstdCompressor:
        words = _packing_dictionary()
        return zstandard.ZstdCompressor(level=_LEVEL, dict_data=words, write_dict_id=False)

    @cached_property
    def unpack(self) -> zstandard.ZstdDecompressor:
        return zstandard.ZstdDecompressor(dict_data=_dictionary())


_CONTEXTS = _Contexts()


class StoredWriter:
    """Collects records in document order and compresses them block by block, in memory."""

    def __init__(self) -> None:
        self._blocks: list[bytes | memoryview] = []
        self._counts: list[int] = []
        self._pending: list[bytes] = []
        self._pending_bytes = 0

    def add(self, record: object) -> None:
        """Add the next document's record: anything JSON can say; ``TypeError`` for anything else."""
        self.add_line(msgspec.json.encode(record))

    def add_line(self, line: bytes) -> None:
        """Add the next document's record, already encoded."""
        self._pending.append(line)
        self._pending_bytes += len(line)
        if self._pending_bytes >= _BLOCK_BYTES:
            self._flush()

    def add_block(self, block: bytes | memoryview, count: int) -> None:
        """Add the records of a whole compressed block, as another segment holds it."""
        self._flush()
        self._blocks.append(block)
        self._counts.append(count)

    def write(self, writer: SectionWriter, name: str) -> None:
        """Write what was collected."""
        self._flush()
        sizes = np.fromiter(map(len, self._blocks), np.uint32, len(self._blocks))
        checksums = np.fromiter(map(zlib.crc32, self._blocks), np.uint32, len(self._blocks))
        writer.add_parts(f"{name}.blocks", self._blocks)
        writer.add(f"{name}.sizes", sizes)
        writer.add(f"{name}.checksums", checksums)
        writer.add(f"{name}.counts", np.array(self._counts, np.uint32))

    def _flush(self) -> None:
        if self._pending:
            self._blocks.append(_CONTEXTS.pack.compress(_SEPARATOR.join(self._pending)))
            self._counts.append(len(self._pending))
            self._pending, self._pending_bytes = [], 0


class StoredRecords:
    """Reads records by number. Raises :class:`CorruptFileError` rather than show a damaged one."""

    def __init__(self, file: SectionFile, name: str) -> None:
        self._file = file
        self._section = f"{name}.blocks"
        self._blocks: AnyArray = file.unchecked_bytes(self._section)
        self._checksums = file.array(f"{name}.checksums")
        self._starts = boundaries(file.array(f"{name}.sizes"))
        self.first_records: npt.NDArray[np.int64] = boundaries(file.array(f"{name}.counts"))

    def __len__(self) -> int:
        """Count the records."""
        return int(self.first_records[-1])

    def __getitem__(self, number: int) -> Any:
        """Read one record."""
        return self.read([number])[0]

    def read(self, numbers: Sequence[int]) -> list[Any]:
        """Read several records."""
        return [msgspec.json.decode(line) for line in self.read_lines(numbers)]

    def read_lines(self, numbers: Sequence[int]) -> list[bytes]:
        """Read several records as they were encoded, unpacking each block once."""
        blocks = self.first_records.searchsorted(numbers, side="right") - 1
        places = (np.asarray(numbers) - self.first_records[blocks]).tolist()
        needed: dict[int, int] = {}
        for block, place in zip(blocks.tolist(), places, strict=True):
            needed[block] = max(place, needed.get(block, 0))
        lines = {block: self._text(block).split(_SEPARATOR, last + 1) for block, last in needed.items()}
        self._file.let_go(self._section)
        return [lines[block][place] for block, place in zip(blocks.tolist(), places, strict=True)]

    def lines(self) -> Iterator[bytes]:
        """Yield every record's line, in order."""
        for block in range(self.block_count):
            yield from self.block_lines(block)

    @property
    def block_count(self) -> int:
        """Count the blocks."""
        return len(self._checksums)

    def block(self, block: int) -> tuple[memoryview, int]:
        """A block as it is stored, and how many records it holds."""
        data = self._blocks[int(self._starts[block]) : int(self._starts[block + 1])].data
        if zlib.crc32(data) != self._checksums[block]:
            raise CorruptFileError(
                f"{self._file.name} is damaged (stored text has changed): run `rasad index --rebuild`"
            )
        return data, int(self.first_records[block + 1] - self.first_records[block])

    def is_full(self, block: int) -> bool:
        """Whether a block is as large as they are made, so that copying it wastes no compression."""
        return int(self._starts[block + 1] - self._starts[block]) * _USUAL_RATIO >= _BLOCK_BYTES

    def block_lines(self, block: int) -> list[bytes]:
        """A block's records, each as its line."""
        return self._text(block).split(_SEPARATOR)

    def _text(self, block: int) -> bytes:
        data, _ = self.block(block)
        return _CONTEXTS.unpack.decompress(data)
