"""Builds one segment in memory and writes it in one go, so that indexing costs a few arrays a field."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from indexer.preparation import PreparedField

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
            documents.add(column_section(name), column, compress=True)
        documents.add(SIGNATURES, self.signatures)
        for name, stored in sorted(self.stored.items()):
            stored.write(documents, name)
        for name, fact in sorted(self.facts.items()):
            data = np.frombuffer(msgspec.json.encode(fact), np.uint8)
            documents.add(facts_section(name), data, compress=True)
        documents.close()
        segment.set_doc_count(self.document_count)


class SegmentBuilder:
    """Takes documents in, some at a time, and makes a segment of them.

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
        self._columns: dict[str, list[AnyArray]] = {name: [] for name in columns}
        self._stored = {name: StoredWriter() for name in stored}
        self._signatures = bytearray()
        self._facts: dict[str, dict[str, Any]] = {}
        self.document_count = 0

    def add(self, count: int, fields: Mapping[str, PreparedField], columns: Mapping[str, AnyArray]) -> None:
        """Take the next ``count`` documents: terms by field, and a number each for every column."""
        nothing = PreparedField([], np.zeros(0, np.uint8), np.zeros(count, np.uint8), np.zeros(0, np.uint8))
        for name, field in (self._positional | self._keywords).items():
            field.add(fields.get(name, nothing))
        for name, column in self._columns.items():
            column.append(columns[name])
        self.document_count += count

    def sign(self, signatures: NDArray[np.uint8]) -> None:
        """Keep the signatures of the next articles, a row each."""
        self._signatures += signatures.tobytes()

    def store(self, stream: str, records: Iterable[bytes]) -> None:
        """Keep records, each one line of JSON."""
        for record in records:
            self._stored[stream].add_line(record)

    def note(self, fact: str, known: Mapping[str, Any]) -> None:
        """Keep something of the whole segment, such as labels; what is said first of a key stays."""
        facts = self._facts.setdefault(fact, {})
        facts |= {key: value for key, value in known.items() if key not in facts}

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
            columns={name: np.concatenate(column, dtype=np.int32) for name, column in self._columns.items()},
            signatures=np.frombuffer(bytes(self._signatures), np.uint8),
            stored=self._stored,
            facts=self._facts,
        )
