"""One segment's files, opened: what Whoosh's reader and our own evaluation both read from.

A segment has two files: ``.postings`` (terms, documents, frequencies, positions, by field) and
``.documents`` (lengths, columns, stored records). Both are immutable; deletions live in the table of
contents. Everything is read from the memory map when first asked for and then shared by all threads.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import msgspec
import numpy as np

from indexer.signatures import SIGNATURE_BYTES

from .format import AnyArray, CorruptFileError, SectionFile, Storage, folder_of, map_file, smallest
from .lengths import has_lengths, read_lengths
from .postings import FieldPostings
from .stored import StoredRecords

POSTINGS_EXTENSION = ".postings"
DOCUMENTS_EXTENSION = ".documents"
SIGNATURES = "signatures"
_TERMS_SUFFIX = "/terms"
_COLUMN = "column/"
_FACTS = "facts/"


class SegmentContents:
    """The contents of one segment, deleted documents included.

    Raises :class:`CorruptFileError` wherever something read is not what was written.
    """

    def __init__(self, storage: Storage, name: str, document_count: int) -> None:
        self.name = name
        self.document_count = document_count
        self._storage = storage
        self._fields: dict[str, FieldPostings | None] = {}
        self._lengths: dict[str, AnyArray] = {}
        # What others work out from the segment and want again as long as it is open, by a name of theirs.
        self.kept: dict[str, Any] = {}

    def open(self) -> "SegmentContents":
        """Map both files now, so that they can be read after a later commit has deleted them."""
        self.postings_file  # noqa: B018
        self.documents_file  # noqa: B018
        return self

    @cached_property
    def postings_file(self) -> SectionFile:
        """The file of terms and postings."""
        return open_sections(self._storage, self.name + POSTINGS_EXTENSION)

    @cached_property
    def documents_file(self) -> SectionFile:
        """The file of everything kept by document."""
        return open_sections(self._storage, self.name + DOCUMENTS_EXTENSION)

    @cached_property
    def field_names(self) -> list[str]:
        """The indexed fields that have any term, sorted."""
        names = (name for name in self.postings_file if name.endswith(_TERMS_SUFFIX))
        return sorted(name.removesuffix(_TERMS_SUFFIX) for name in names)

    def field(self, name: str) -> FieldPostings | None:
        """The postings of a field, ``None`` when the segment holds no term of it."""
        if name not in self._fields:
            known = name + _TERMS_SUFFIX in self.postings_file
            self._fields[name] = (
                FieldPostings(self.postings_file, name, self.document_count) if known else None
            )
        return self._fields[name]

    def has_lengths(self, field: str) -> bool:
        """Whether the segment keeps the lengths of a field."""
        return has_lengths(self.documents_file, field)

    def lengths(self, field: str) -> AnyArray:
        """The exact length of a field by document, all 0 where no document has it."""
        if (lengths := self._lengths.get(field)) is None:
            if self.has_lengths(field):
                lengths = smallest(read_lengths(self.documents_file, field, self.document_count))
            else:
                lengths = np.zeros(self.document_count, np.uint8)
            self._lengths[field] = lengths
        return lengths

    def has_column(self, name: str) -> bool:
        """Whether the segment has a column of numbers by this name."""
        return _COLUMN + name in self.documents_file

    def column(self, name: str) -> AnyArray:
        """A column of numbers, one a document."""
        column = self.documents_file.array(_COLUMN + name)
        if len(column) != self.document_count:
            raise CorruptFileError(
                f"{self.name}: column {name!r} has {len(column)} rows for {self.document_count} documents:"
                " run `rasad index --rebuild`"
            )
        return column

    @property
    def signatures(self) -> AnyArray:
        """The signatures of articles, a row for every document that begins one."""
        signatures = self.documents_file.array(SIGNATURES)
        if len(signatures) != SIGNATURE_BYTES * len(self.articles):
            raise CorruptFileError(
                f"{self.name} has other signatures than articles: run `rasad index --rebuild`"
            )
        return signatures.reshape(-1, SIGNATURE_BYTES)

    @cached_property
    def stored(self) -> StoredRecords:
        """The stored records, one a document."""
        return StoredRecords(self.documents_file, "stored")

    @cached_property
    def articles(self) -> StoredRecords:
        """The records of articles, one for every document that begins one."""
        return StoredRecords(self.documents_file, "articles")

    @cached_property
    def fact_names(self) -> list[str]:
        """What is kept of the whole segment."""
        return [name.removeprefix(_FACTS) for name in self.documents_file if name.startswith(_FACTS)]

    def facts(self, name: str) -> dict[str, Any]:
        """A mapping kept of the whole segment, empty when there is none by this name."""
        if (section := facts_section(name)) not in self.documents_file:
            return {}
        facts: dict[str, Any] = msgspec.json.decode(self.documents_file.bytes(section))
        return facts

    def verify(self) -> Iterator[str]:
        """Read every byte and say what is wrong, in sentences; nothing when the segment is sound."""
        for file in (self.postings_file, self.documents_file):
            try:
                file.verify()
            except CorruptFileError as error:
                yield str(error)


def facts_section(name: str) -> str:
    """Name the section that a mapping of the whole segment is written to."""
    return _FACTS + name


def column_section(name: str) -> str:
    """Name the section that a column of numbers is written to."""
    return _COLUMN + name


def open_sections(storage: Storage, name: str) -> SectionFile:
    """Open a file of sections: mapped where the storage is a folder, else read into memory."""
    if (folder := folder_of(storage)) is not None:
        return SectionFile(map_file(f"{folder}/{name}"), name)
    with storage.open_file(name) as file:
        return SectionFile(bytes(file.read()), name)
