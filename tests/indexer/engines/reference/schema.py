"""What the Whoosh index keeps of a paragraph, and the field types that take terms analysed elsewhere.

Analysis happens once, before any engine is asked, so no field here has an analyzer: text fields take
``(term, position)`` pairs, keyword fields take their values as they are.
"""

from collections.abc import Generator, Iterable
from typing import Any

from whoosh.columns import FixedBytesColumn, NumericColumn
from whoosh.fields import COLUMN, STORED, FieldType, Schema
from whoosh.formats import Existence, Positions

from indexer.engine import FACETS
from indexer.signatures import SIGNATURE_BYTES

# A term of more code points than this is no word that anybody types; it is left out of the index.
LONGEST_TERM = 100

# Stands between a facet's name, a value's id and its label in a term of the field "label".
LABEL_SEPARATOR = "\x1f"

POSITIONS = Positions()

WORD_FIELDS = ("text", "exact", "title", "title_exact")

Posting = tuple[bytes, int, float, bytes]


class TermField(FieldType):
    """Keeps the positions of ready-made terms."""

    def __init__(self) -> None:
        self.format = POSITIONS

    def index(self, value: Iterable[tuple[str, int]], **_options: Any) -> Generator[Posting, None, None]:
        """Yield a posting for every distinct term of ``(term, position)`` pairs that ascend by position."""
        positions: dict[str, list[int]] = {}
        for term, position in value:
            if len(term) > LONGEST_TERM:
                continue
            places = positions.setdefault(term, [])
            if not places or places[-1] != position:
                places.append(position)
        for term, places in positions.items():
            encoded = POSITIONS.encode(places)
            yield term.encode("utf-8", "replace"), len(places), float(len(places)), encoded


def length(value: Iterable[tuple[str, int]]) -> int:
    """Count positions, so that alternatives count once; Whoosh's own lengths are rounded to a byte."""
    return len({position for term, position in value if len(term) <= LONGEST_TERM})


class ValueField(FieldType):
    """Keeps which paragraphs have a value, such as a facet's id, and nothing else."""

    def __init__(self) -> None:
        self.format = Existence()

    def index(self, value: Iterable[str], **_options: Any) -> Generator[Posting, None, None]:
        """Yield a posting for every distinct value."""
        for each in dict.fromkeys(value):
            yield each.encode("utf-8", "replace"), 1, 1.0, b""


def schema() -> Schema:
    """Make the schema of a paragraph.

    ``title``, ``title_exact`` and ``signature`` are filled on an article's first paragraph only. ``label``
    holds the labels of facet values, so that they are committed, merged and dropped with their paragraphs.
    """
    column: Any = NumericColumn
    signatures: Any = FixedBytesColumn
    return Schema(
        article_id=ValueField(),
        label=ValueField(),
        number=COLUMN(column("i")),
        date=COLUMN(column("i")),
        signature=COLUMN(signatures(SIGNATURE_BYTES)),
        paragraph=STORED(),
        **{facet: ValueField() for facet in FACETS},
        **{name: TermField() for name in WORD_FIELDS},
        **{f"{name}_length": COLUMN(column("i")) for name in WORD_FIELDS},
    )
