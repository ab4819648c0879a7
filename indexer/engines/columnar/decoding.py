"""Postings as scoring takes them, decoded once a question: paragraphs and articles are scored by the same."""

from typing import TYPE_CHECKING, NamedTuple

from .postings import DocumentNumbers
from .scoring import Scores

if TYPE_CHECKING:
    from .views import SegmentView


class Decoded(NamedTuple):
    """The documents of one segment that hold a term, deleted ones included, and how often each does."""

    documents: DocumentNumbers
    frequencies: Scores


class Decoding:
    """Decodes what one question asks for, each term of a segment once; the arrays must not be written to."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str, int], Decoded] = {}

    def postings(self, view: "SegmentView", field: str, number: int) -> Decoded:
        """The postings of a segment's term, by its number in the field's dictionary there."""
        key = (view.at, field, number)
        if (known := self._known.get(key)) is None:
            postings = view.contents.field(field)
            if postings is None:
                raise KeyError(field)
            frequencies = postings.weights(number)
            if frequencies is None:
                frequencies = postings.frequencies_between(number, number + 1)
            known = self._known[key] = Decoded(postings.documents(number), frequencies)
        return known
