"""What Whoosh's own reader reads through: the same arrays, one term, posting or document at a time."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec import base
from whoosh.filedb.structfile import BufferFile
from whoosh.reading import TermInfo, TermNotFound

from .codec_writing import WHOOSH_COLUMN
from .contents import SegmentContents
from .lengths import rounded
from .matcher import ColumnarMatcher
from .postings import FieldPostings
from .segment import ColumnarSegment
from .terms import TermDictionary

if TYPE_CHECKING:
    from whoosh.columns import Column, ColumnReader
    from whoosh.fields import FieldType
    from whoosh.formats import Format

Term = tuple[str, bytes]


class ColumnarTermsReader(base.TermsReader):
    """The terms of a segment and their postings."""

    def __init__(self, contents: SegmentContents) -> None:
        self._contents = contents

    def __contains__(self, term: Term) -> bool:
        """Whether the segment holds a term."""
        return self._find(*term) is not None

    def indexed_field_names(self) -> list[str]:
        """The fields that have any term."""
        return self._contents.field_names

    def cursor(self, fieldname: str, fieldobj: "FieldType") -> "ColumnarCursor":
        """Open a cursor over a field's terms."""
        field = self._contents.field(fieldname)
        info = (lambda number: self._info(fieldname, field, number)) if field else None
        return ColumnarCursor(field.terms if field else None, fieldobj, info)

    def terms(self) -> Iterator[Term]:
        """Yield every term, field by field."""
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """Yield the terms of a field from ``prefix`` on, and those of the fields after it."""
        for name, field, first in self._fields_from(fieldname, prefix):
            for text in field.terms.between(first, len(field.terms)):
                yield (name, text)

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        """Yield every term with what is known of it."""
        return self.items_from("", b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        """As :meth:`terms_from`, with what is known of each term."""
        for name, field, first in self._fields_from(fieldname, prefix):
            for number in range(first, len(field.terms)):
                yield (name, field.terms[number]), self._info(name, field, number)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """What is known of a term; ``TermNotFound`` when there is no such term."""
        if (found := self._find(fieldname, text)) is None:
            raise TermNotFound(f"no term {fieldname}:{text!r}")
        return self._info(fieldname, *found)

    def frequency(self, fieldname: str, text: bytes) -> float:
        """The term's weight over all documents; ``KeyError`` when there is no such term."""
        field, number = self._must_find(fieldname, text)
        weights = field.weights(number)
        return float(field.occurrences(number) if weights is None else weights.sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Count the documents with the term; ``KeyError`` when there is no such term."""
        field, number = self._must_find(fieldname, text)
        return field.count(number)

    def matcher(self, fieldname: str, text: bytes, format_: "Format", scorer: Any = None) -> ColumnarMatcher:
        """Walk the postings of a term; ``TermNotFound`` when there is no such term."""
        if (found := self._find(fieldname, text)) is None:
            raise TermNotFound(f"no term {fieldname}:{text!r}")
        lengths = self._contents.lengths(fieldname)
        return ColumnarMatcher(*found, lengths, format_, term=(fieldname, text), scorer=scorer)

    def _find(self, fieldname: str, text: bytes) -> tuple[FieldPostings, int] | None:
        field = self._contents.field(fieldname)
        if field is None or (number := field.terms.find(text)) < 0:
            return None
        return field, number

    def _must_find(self, fieldname: str, text: bytes) -> tuple[FieldPostings, int]:
        if (found := self._find(fieldname, text)) is None:
            raise KeyError((fieldname, text))
        return found

    def _fields_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, FieldPostings, int]]:
        for name in self._contents.field_names:
            field = self._contents.field(name)
            if name >= fieldname and field is not None:
                yield name, field, field.terms.first_at_least(prefix) if name == fieldname else 0

    def _info(self, fieldname: str, field: FieldPostings, number: int) -> TermInfo:
        documents = field.documents(number)
        lengths = rounded(self._contents.lengths(fieldname)[documents])
        weights = field.weights(number)
        if weights is None:
            weights = field.frequencies_between(number, number + 1)
        info: Any = TermInfo
        found: TermInfo = info(
            weight=float(weights.sum(dtype=np.float64)),
            df=len(documents),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(weights.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )
        return found


class ColumnarCursor(base.FieldCursor):
    """A place among the terms of one field."""

    def __init__(
        self,
        dictionary: TermDictionary | None,
        fieldobj: "FieldType",
        info: Callable[[int], TermInfo] | None,
    ) -> None:
        self.dictionary = dictionary
        self._fieldobj = fieldobj
        self._info = info
        self._number = 0

    def decode(self, term: bytes) -> str:
        """The value that a term stands for."""
        value: str = self._fieldobj.from_bytes(term)
        return value

    def first(self) -> str | None:
        """Go to the first term."""
        self._number = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """Go to the first term that is not before ``term``."""
        if self.dictionary is not None:
            key = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
            self._number = self.dictionary.first_at_least(key)
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._number += 1
        return self.text()

    def text(self) -> str | None:
        """The current term, ``None`` past the last."""
        if self.dictionary is None or not self.is_valid():
            return None
        return self.decode(self.dictionary[self._number])

    term = text

    def term_info(self) -> TermInfo | None:
        """What is known of the current term."""
        return self._info(self._number) if self._info is not None and self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether there is a current term."""
        return self.dictionary is not None and self._number < len(self.dictionary)


class ColumnarDocumentReader(base.PerDocumentReader):
    """The lengths, columns and stored fields of a segment."""

    def __init__(self, contents: SegmentContents, segment: ColumnarSegment) -> None:
        self._contents = contents
        self._segment = segment

    def doc_count(self) -> int:
        """Count the documents that are not deleted."""
        return self._segment.doc_count()

    def doc_count_all(self) -> int:
        """Count the documents."""
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        """Whether any document is deleted."""
        return self._segment.deleted_count() > 0

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        """Yield the deleted documents."""
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        """Columns are kept."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Whether a field has a column in this segment."""
        return WHOOSH_COLUMN + fieldname in self._contents.documents_file

    def column_reader(self, fieldname: str, column: "Column") -> "ColumnReader":
        """Open a field's column."""
        data = self._contents.documents_file.array(WHOOSH_COLUMN + fieldname).tobytes()
        return column.reader(BufferFile(data, name=fieldname), 0, len(data), self.doc_count_all())

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """A field's length in a document, rounded as Whoosh's own codec rounds it."""
        if not self._contents.has_lengths(fieldname):
            return default
        return int(rounded(self._contents.lengths(fieldname)[docnum : docnum + 1])[0])

    def field_length(self, fieldname: str) -> int:
        """A field's length over all documents."""
        return int(self._contents.lengths(fieldname).sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        """The shortest a field is in any document."""
        return int(rounded(self._contents.lengths(fieldname)).min(initial=2**31 - 1))

    def max_field_length(self, fieldname: str) -> int:
        """The longest a field is in any document."""
        return int(rounded(self._contents.lengths(fieldname)).max(initial=0))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """A document's stored fields."""
        fields: dict[str, Any] = self._contents.stored[docnum]
        return fields
