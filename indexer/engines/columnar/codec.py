"""Our format behind Whoosh's codec interface, so that its readers, matchers, spelling and merging work on it.

``index.writer(codec=ColumnarCodec())`` writes it through Whoosh's own writer; the engine uses
:mod:`.writer`, which writes the same files without passing every posting through Python.
"""

from collections.abc import Iterator
from typing import NoReturn

from whoosh.codec import base

from .codec_reading import ColumnarCursor, ColumnarDocumentReader, ColumnarTermsReader
from .codec_writing import ColumnarDocumentWriter, ColumnarFieldWriter, UnsupportedFieldError
from .contents import SegmentContents
from .format import Storage
from .segment import ColumnarSegment
from .spelling import terms_within


class ColumnarCodec(base.Codec):
    """Reads and writes segments as files of typed arrays; term vectors and character formats are refused."""

    def per_document_writer(self, storage: Storage, segment: ColumnarSegment) -> ColumnarDocumentWriter:
        """Open the writer of lengths, columns and stored fields."""
        return ColumnarDocumentWriter(storage, segment)

    def field_writer(self, storage: Storage, segment: ColumnarSegment) -> ColumnarFieldWriter:
        """Open the writer of terms and postings."""
        return ColumnarFieldWriter(storage, segment)

    def terms_reader(self, storage: Storage, segment: ColumnarSegment) -> ColumnarTermsReader:
        """Open the terms and postings."""
        return ColumnarTermsReader(_contents(storage, segment))

    def per_document_reader(self, storage: Storage, segment: ColumnarSegment) -> ColumnarDocumentReader:
        """Open the lengths, columns and stored fields."""
        return ColumnarDocumentReader(_contents(storage, segment), segment)

    def postings_writer(self, dbfile: object, byteids: bool = False) -> NoReturn:  # noqa: ARG002
        """Refuse to write postings outside a segment, which only term vectors would ask for."""
        raise UnsupportedFieldError("this codec keeps no term vectors")

    def postings_reader(self, dbfile: object, *_: object, **__: object) -> NoReturn:  # noqa: ARG002
        """Refuse to read postings outside a segment."""
        raise UnsupportedFieldError("this codec keeps no term vectors")

    def automata(self, storage: Storage, segment: ColumnarSegment) -> "SpellingAutomata":  # noqa: ARG002
        """What finds terms of a similar spelling."""
        return SpellingAutomata()

    def new_segment(self, storage: Storage, indexname: str) -> ColumnarSegment:  # noqa: ARG002
        """Name a segment that is yet to be written."""
        return ColumnarSegment(indexname)


class SpellingAutomata(base.Automata):
    """Finds similar spellings by arrays where Whoosh would walk an automaton over the terms."""

    def terms_within(
        self, cursor: ColumnarCursor, uterm: str, maxdist: int, prefix: int = 0
    ) -> Iterator[str]:
        """Yield the terms within ``maxdist`` edits, in their order."""
        if cursor.dictionary is None:
            return
        for number in terms_within(cursor.dictionary, uterm, maxdist, prefix).tolist():
            yield cursor.decode(cursor.dictionary[number])


def _contents(storage: Storage, segment: ColumnarSegment) -> SegmentContents:
    return SegmentContents(storage, segment.segment_id(), segment.doc_count_all())
