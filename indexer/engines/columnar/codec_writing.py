"""What Whoosh's own writer writes through: it hands over one posting and one value at a time."""

from collections import defaultdict
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec import base
from whoosh.columns import PickleColumn
from whoosh.filedb.structfile import StructFile
from whoosh.formats import Existence, Frequency, Positions

from .contents import DOCUMENTS_EXTENSION, POSTINGS_EXTENSION
from .format import SectionWriter, Storage
from .lengths import write_lengths
from .postings import InvertedField, write_postings
from .segment import ColumnarSegment
from .stored import StoredWriter

if TYPE_CHECKING:
    from whoosh.columns import Column
    from whoosh.fields import FieldType

WHOOSH_COLUMN = "whoosh/"
_FORMATS = (Existence, Frequency, Positions)


class UnsupportedFieldError(ValueError):
    """A schema asks for something that the columnar codec does not keep."""


class ColumnarDocumentWriter(base.PerDocumentWriter):
    """Collects lengths, columns and stored fields, and writes them when it is closed."""

    def __init__(self, storage: Storage, segment: ColumnarSegment) -> None:
        self._storage = storage
        self._segment = segment
        self._count = 0
        self._lengths: dict[str, dict[int, int]] = defaultdict(dict)
        self._columns: dict[str, tuple[Any, BytesIO]] = {}
        self._stored = StoredWriter()
        self._document: dict[str, Any] = {}
        self._document_lengths: dict[str, int] = {}
        self._document_columns: list[tuple[str, Column, Any]] = []
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin the next document."""
        if docnum != self._count:
            raise ValueError(f"document {docnum} where {self._count} is next")

    def add_field(self, fieldname: str, fieldobj: "FieldType", value: Any, length: int) -> None:  # noqa: ARG002
        """Keep a stored value, if there is one, and a field's length."""
        if value is not None:
            self._document[fieldname] = value
        if length:
            self._document_lengths[fieldname] = length

    def add_column_value(self, fieldname: str, columnobj: "Column", value: Any) -> None:
        """Keep a column's value."""
        if isinstance(columnobj, PickleColumn):
            raise UnsupportedFieldError(f"column {fieldname!r} would be pickled, which this codec refuses")
        self._document_columns.append((fieldname, columnobj, value))

    def add_vector_items(self, fieldname: str, fieldobj: "FieldType", items: object) -> None:  # noqa: ARG002
        """Refuse term vectors."""
        raise UnsupportedFieldError(f"field {fieldname!r} asks for term vectors, which are not kept")

    def finish_doc(self) -> None:
        """Take the document in."""
        self._stored.add(self._document)
        for field, length in self._document_lengths.items():
            self._lengths[field][self._count] = length
        for name, column, value in self._document_columns:
            if name not in self._columns:
                data = BytesIO()
                self._columns[name] = (column.writer(StructFile(data, name=name)), data)
            self._columns[name][0].add(self._count, value)
        self._count += 1
        self.cancel_doc()

    def cancel_doc(self) -> None:
        """Drop what was said of the document."""
        self._document, self._document_lengths, self._document_columns = {}, {}, []

    def close(self) -> None:
        """Write the file."""
        writer = SectionWriter(self._segment.create_file(self._storage, DOCUMENTS_EXTENSION))
        for field, known in self._lengths.items():
            lengths = np.zeros(self._count, np.uint32)
            lengths[list(known)] = list(known.values())
            write_lengths(writer, field, lengths)
        for name, (column_writer, data) in self._columns.items():
            column_writer.finish(self._count)
            writer.add_parts(WHOOSH_COLUMN + name, [data.getvalue()])
        self._stored.write(writer, "stored")
        writer.close()
        self.is_closed = True


class ColumnarFieldWriter(base.FieldWriter):
    """Collects a field's postings and writes each field when it is complete."""

    def __init__(self, storage: Storage, segment: ColumnarSegment) -> None:
        self._segment = segment
        self._writer = SectionWriter(segment.create_file(storage, POSTINGS_EXTENSION))
        self.is_closed = False

    def start_field(self, fieldname: str, fieldobj: "FieldType") -> None:
        """Begin a field; its postings come in the order of terms and documents."""
        self._field = fieldname
        self._format: Any = fieldobj.format
        if type(self._format) not in _FORMATS:
            raise UnsupportedFieldError(
                f"field {fieldname!r} has a format this codec does not keep: {self._format!r}"
            )
        self._with_positions = isinstance(self._format, Positions)
        self._terms: list[bytes] = []
        self._starts: list[int] = []
        self._documents: list[int] = []
        self._frequencies: list[int] = []
        self._weights: list[float] = []
        self._positions: list[int] = []

    def start_term(self, text: bytes) -> None:
        """Begin the next term."""
        self._terms.append(text)
        self._starts.append(len(self._documents))

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:  # noqa: ARG002
        """Take a posting in."""
        self._documents.append(docnum)
        self._weights.append(weight)
        self._frequencies.append(self._format.decode_frequency(vbytes))
        if self._with_positions:
            self._positions.extend(self._format.decode_positions(vbytes))

    def finish_term(self) -> None:
        """Nothing to do: the next term's start is this one's end."""

    def finish_field(self) -> None:
        """Write the field."""
        frequencies = np.array(self._frequencies, np.uint32)
        weights = np.array(self._weights, np.float32)
        inverted = InvertedField(
            terms=self._terms,
            document_counts=np.diff(np.array([*self._starts, len(self._documents)])),
            documents=np.array(self._documents, np.int64),
            frequencies=frequencies,
            positions=np.array(self._positions, np.uint32) if self._with_positions else None,
            weights=None if np.array_equal(frequencies, weights) else weights,
        )
        write_postings(self._writer, self._field, inverted, self._segment.doc_count_all())

    def close(self) -> None:
        """Write the end of the file."""
        self._writer.close()
        self.is_closed = True
