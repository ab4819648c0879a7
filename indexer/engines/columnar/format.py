"""Files of typed arrays, so that an index is read from the page cache and damage is never taken for data.

A file is an 8-byte header, sections each padded to 8 bytes, a directory (JSON), and a 24-byte footer::

    header    "RSDC", version (uint16), zero (uint16)
    section   the array's bytes in little-endian order, or a frame of Zstandard (RFC 8878)
    directory [[name, dtype, offset, stored bytes, bytes when unpacked or -1, crc32 of what is stored], ...]
    footer    directory's offset (uint64), its length (uint64), its crc32 (uint32), "CDSR"

Footer and directory are checked when a file is opened, each section when it is first read. Nothing is
pickled. Arrays handed out are read-only views of the memory map and keep it alive.
"""

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
import zstandard

from analyzers.errors import RasadError

VERSION = 2
_MAGIC = b"RSDC"
_END = b"CDSR"
_HEADER = struct.Struct("<4sHH")
_FOOTER = struct.Struct("<QQI4s")
_ALIGNMENT = 8
# Level 3 would take half of the time and 9% more bytes, 9 twice the time to save 2%.
_LEVEL = 6
# The kinds of number a section may hold; anything else in a directory is damage.
_DTYPES = frozenset({"|u1", "<u2", "<u4", "<u8", "<i4", "<i8", "<f4"})

AnyArray = npt.NDArray[Any]
# Whoosh's storages, of files in a folder or in memory, carry no type hints.
Storage = Any


class CorruptFileError(RasadError):
    """A file of the index is not what was written, so nothing may be answered from it."""


class SeekableFile(Protocol):
    """What writing needs of a file: Whoosh's ``StructFile`` and Python's own files both have it."""

    def write(self, data: bytes | memoryview, /) -> object:
        """Append bytes."""

    def flush(self) -> object:
        """Hand buffered bytes to the operating system."""

    def close(self) -> object:
        """Close the file."""


class _Section(NamedTuple):
    name: str
    dtype: str
    offset: int
    stored: int
    unpacked: int
    crc: int


class SectionWriter:
    """Writes sections one after another, so that no file has to fit in memory.

    The file is complete only after :meth:`close`, which also flushes it to the disk.
    """

    def __init__(self, file: SeekableFile) -> None:
        self._file = file
        self._sections: list[_Section] = []
        self._offset = 0
        self._write(_HEADER.pack(_MAGIC, VERSION, 0))

    def add(self, name: str, array: AnyArray, *, compress: bool = False) -> None:
        """Write a one-dimensional array; ``compress`` trades a copy on reading for space."""
        data = little_endian(array)
        size = data.nbytes
        stored: bytes | memoryview = data.data.cast("B") if size else b""
        if compress:
            stored = zstandard.compress(stored, _LEVEL)
        self._put(name, data.dtype.str, [stored], size if compress else -1)

    def add_parts(self, name: str, parts: Iterable[bytes | memoryview]) -> None:
        """Write a section of bytes that arrives in parts."""
        self._put(name, "|u1", parts, -1)

    def close(self) -> None:
        """Write directory and footer and force the file to the disk."""
        directory = json.dumps(self._sections, ensure_ascii=False, separators=(",", ":")).encode()
        offset = self._offset
        self._write(directory)
        self._write(_FOOTER.pack(offset, len(directory), zlib.crc32(directory), _END))
        sync(self._file)
        self._file.close()

    def _put(self, name: str, dtype: str, parts: Iterable[bytes | memoryview], unpacked: int) -> None:
        if any(section.name == name for section in self._sections):
            raise ValueError(f"section {name!r} is written twice")
        offset, crc = self._offset, 0
        for part in parts:
            crc = zlib.crc32(part, crc)
            self._write(part)
        self._sections.append(_Section(name, dtype, offset, self._offset - offset, unpacked, crc))
        self._write(bytes(-self._offset % _ALIGNMENT))

    def _write(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        self._offset += len(data)


class SectionFile:
    """Reads a file of sections; one object serves all threads.

    Raises :class:`CorruptFileError` from the constructor when the directory is damaged, and from any
    reading method when the section is.
    """

    def __init__(self, buffer: bytes | mmap.mmap, name: str) -> None:
        self.name = name
        self._buffer = buffer
        self._sections = {section.name: section for section in self._read_directory()}
        self._checked: set[str] = set()

    def __contains__(self, name: str) -> bool:
        """Whether the file has a section by this name."""
        return name in self._sections

    def __iter__(self) -> Iterator[str]:
        """Yield the sections' names."""
        return iter(self._sections)

    def __len__(self) -> int:
        """The file's size in bytes."""
        return len(self._buffer)

    def array(self, name: str) -> AnyArray:
        """Read a section as the array that was written, checked the first time it is asked for.

        What is compressed is unpacked anew for everybody who asks, and is then theirs to keep.
        """
        return self._checked_array(self._section(name))

    def bytes(self, name: str) -> bytes:
        """Read a section of bytes, checked like an array."""
        return self.array(name).tobytes()

    def unchecked_bytes(self, name: str) -> AnyArray:
        """Read a section of bytes whose parts carry checksums of their own, which the caller compares."""
        return self._decode(self._section(name))

    def let_go(self, name: str) -> None:
        """Count a section's pages as ours no more until they are read again; the system still caches them.

        For a section of which every reader wants another part, as all of it would come to be ours.
        """
        if not isinstance(self._buffer, bytes) and hasattr(mmap, "MADV_DONTNEED"):
            section = self._section(name)
            start = section.offset - section.offset % mmap.PAGESIZE
            self._buffer.madvise(mmap.MADV_DONTNEED, start, section.offset + section.stored - start)

    def verify(self) -> None:
        """Check every byte of the file, as ``rasad check`` asks."""
        covered = _HEADER.size
        for section in sorted(self._sections.values(), key=lambda s: s.offset):
            if any(self._buffer[covered : section.offset]) or section.offset < covered:
                raise self._corrupt("bytes between its sections are not zero")
            self._check(section)
            self._decode(section)
            covered = section.offset + section.stored
        if any(self._buffer[covered : self._directory_offset]):
            raise self._corrupt("bytes between its sections are not zero")

    def _section(self, name: str) -> _Section:
        try:
            return self._sections[name]
        except KeyError:
            raise self._corrupt(f"it has no section {name!r}") from None

    def _read_directory(self) -> list[_Section]:
        if len(self._buffer) < _HEADER.size + _FOOTER.size:
            raise self._corrupt("it is cut short")
        magic, version, zero = _HEADER.unpack_from(self._buffer, 0)
        if magic != _MAGIC or zero:
            raise self._corrupt("it does not begin like an index file")
        if version != VERSION:
            raise CorruptFileError(
                f"{self.name} has format {version}, this program reads {VERSION}: run `rasad index --rebuild`"
            )
        end = len(self._buffer) - _FOOTER.size
        offset, length, crc, magic = _FOOTER.unpack_from(self._buffer, end)
        if magic != _END or offset + length != end:
            raise self._corrupt("it is cut short")
        self._directory_offset = offset
        directory = self._buffer[offset:end]
        if zlib.crc32(directory) != crc:
            raise self._corrupt("its directory has changed")
        sections = [_Section(*entry) for entry in json.loads(directory)]
        for section in sections:
            if section.dtype not in _DTYPES or section.offset + section.stored > offset:
                raise self._corrupt(f"section {section.name!r} cannot be read")
        return sections

    def _checked_array(self, section: _Section) -> AnyArray:
        if section.name not in self._checked:
            self._check(section)
            self._checked.add(section.name)
        return self._decode(section)

    def _check(self, section: _Section) -> None:
        with memoryview(self._buffer) as view, view[section.offset : section.offset + section.stored] as part:
            if zlib.crc32(part) != section.crc:
                raise self._corrupt(f"section {section.name!r} has changed")

    def _decode(self, section: _Section) -> AnyArray:
        dtype = np.dtype(section.dtype)
        if section.unpacked < 0:
            count = section.stored // dtype.itemsize
            return np.frombuffer(self._buffer, dtype, count, section.offset)
        with memoryview(self._buffer) as view, view[section.offset : section.offset + section.stored] as part:
            try:
                data = zstandard.decompress(part)
            except zstandard.ZstdError as error:
                raise self._corrupt(f"section {section.name!r}: {error}") from error
        if len(data) != section.unpacked:
            raise self._corrupt(f"section {section.name!r} has another length than was written")
        return np.frombuffer(data, dtype)

    def _corrupt(self, what: str) -> CorruptFileError:
        return CorruptFileError(f"{self.name} is damaged ({what}): run `rasad index --rebuild`")


def little_endian(array: AnyArray) -> AnyArray:
    """Give an array the byte order that files are written in, without a copy on most machines."""
    return np.ascontiguousarray(array, array.dtype.newbyteorder("<"))


def smallest(array: AnyArray) -> AnyArray:
    """Store non-negative integers in the narrowest type that holds them all (uint8, uint16 or uint32)."""
    top = int(array.max()) if len(array) else 0
    return array.astype(np.min_scalar_type(top), copy=False)


def map_file(path: str) -> bytes | mmap.mmap:
    """Map a file into memory for reading; the descriptor is closed at once and the map lives on."""
    with open(path, "rb") as file:  # noqa: PTH123 - a plain descriptor is all mmap wants
        if os.fstat(file.fileno()).st_size == 0:
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def sync(file: SeekableFile) -> None:
    """Force what was written to the disk, so that a power cut after a commit loses nothing."""
    file.flush()
    inner = getattr(file, "file", file)
    if (fileno := getattr(inner, "fileno", None)) is not None:
        try:
            descriptor = fileno()
        except OSError:  # a file in memory has none
            return
        os.fsync(descriptor)


def folder_of(storage: object) -> str | None:
    """The folder a Whoosh storage keeps its files in, ``None`` for one in memory."""
    folder: str | None = getattr(storage, "folder", None)
    return folder or None
