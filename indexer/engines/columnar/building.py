"""Builds one segment in memory and writes it in one go, so that indexing costs a few arrays a field."""

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np

from indexer.signatures import SIGNATURE_BYTES

from .contents import DOCUMENTS_EXTENSION, POSTINGS_EXTENSION, SIGNATURES, column_section, facts_section
from .format import AnyArray, SectionWriter, Storage
from .inversion import FieldAccumulator
from .lengths import write_lengths
from .postings import InvertedField, write_postings
from .stored import StoredWriter

if TYPE_CHECKING:
    from .segment import ColumnarSegment


class SegmentParts(NamedTuple):
    """Everything that a segment of ``document_count`` documents is written from."""

    document_count: int
    fields: Mapping[str, InvertedField]
    lengths: Mapping[str, AnyArray]
    columns: Mapping[str, AnyArray]
    signatures: AnyArray
    stored: Mapping[str, StoredWriter]
    facts: Mapping[str, Any]

    def write(self, storage: Storage, segment: "ColumnarSegment") -> None:
        """Write the segment's two files and force them to the disk."""
        postings = SectionWriter(segment.create_file(storage, POSTINGS_EXTENSION))
        for name, inverted in sorted(self.fields.items()):
            if inverted.terms:
                write_postings(postings, name, inverted, self.document_count)
        postings.close()
        documents = SectionWriter(segment.create_file(storage, DOCUMENTS_EXTENSION))
        for name, lengths in sorted(self.lengths.items()):
            write_lengths(documents, name, lengths)
        for name, column in sorted(self.columns.items()):
            documents.add(column_section(name), column, deflate=True)
        documents.add(SIGNATURES, self.signatures)
        for name, stored in sorted(self.stored.items()):
            stored.write(documents, name)
        for name, fact in sorted(self.facts.items()):
            data = np.frombuffer(msgspec.json.encode(fact), np.uint8)
            documents.add(facts_section(name), data, deflate=True)
        documents.close()
        segment.set_doc_count(self.document_count)


class SegmentBuilder:
    """Takes documents in, one after another, and makes a segment of them.

    ``positional`` and ``keywords`` name the fields that keep positions and those that only say which
    documents hold a value, ``columns`` the numbers kept by document, ``stored`` the streams of records.
    """

    def __init__(
        self,
        positional: Sequence[str],
        keywords: Sequence[str],
        columns: Sequence[str],
        stored: Sequence[str] = ("stored",),
    ) -> None:
        self._positional = {name: FieldAccumulator(positional=True) for name in positional}
        self._keywords = {name: FieldAccumulator(positional=False) for name in keywords}
        self._columns = {name: array("i") for name in columns}
        self._stored = {name: StoredWriter() for name in stored}
        self._signatures = bytearray()
        self._facts: dict[str, dict[str, Any]] = {}
        self.document_count = 0

    def add(
        self,
        words: Mapping[str, tuple[Sequence[str], Sequence[int]]],
        keywords: Mapping[str, Sequence[str]],
        numbers: Mapping[str, int],
    ) -> None:
        """Take the next document: terms with positions, values, and a number for every column."""
        for name, field in self._positional.items():
            field.add(*words.get(name, ((), ())))
        for name, field in self._keywords.items():
            field.add(keywords.get(name, ()))
        for name, column in self._columns.items():
            column.append(numbers[name])
        self.document_count += 1

    def sign(self, signature: bytes) -> None:
        """Keep the next article's signature; one that is empty becomes all zeros."""
        self._signatures += signature or bytes(SIGNATURE_BYTES)

    def store(self, stream: str, record: bytes) -> None:
        """Keep a record, which is one line of JSON."""
        self._stored[stream].add_line(record)

    def note(self, fact: str, key: str, value: Any) -> None:
        """Keep something of the whole segment once, such as a value's label."""
        self._facts.setdefault(fact, {})[key] = value

    @property
    def occurrences(self) -> int:
        """Count what is held in memory, in occurrences of terms."""
        return sum(map(len, self._positional.values())) + sum(map(len, self._keywords.values()))

    def parts(self) -> SegmentParts:
        """Sort what was taken in."""
        fields = self._positional | self._keywords
        return SegmentParts(
            document_count=self.document_count,
            fields={name: field.invert() for name, field in fields.items()},
            lengths={name: field.lengths for name, field in self._positional.items()},
            columns={name: np.array(column, np.int32) for name, column in self._columns.items()},
            signatures=np.frombuffer(bytes(self._signatures), np.uint8),
            stored=self._stored,
            facts=self._facts,
        )
