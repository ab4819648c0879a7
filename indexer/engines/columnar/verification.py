"""Reads a whole index and names what is wrong, so that damage is found before a reader finds it."""

from collections.abc import Iterator
from itertools import pairwise

import msgspec
import numpy as np

from .contents import SegmentContents
from .format import CorruptFileError
from .schema import ARTICLE_ID, NUMBER
from .snapshot import ColumnarSnapshot
from .views import SegmentView


class _Place(msgspec.Struct):
    """What a stored paragraph says of its place; that its bytes are those written, their checksum says."""

    article_id: str
    number: int
    content_hash: str = ""


_PLACE = msgspec.json.Decoder(_Place)


def verify(snapshot: ColumnarSnapshot) -> Iterator[str]:
    """Check every byte, and that every article is whole: its paragraphs in order, once, found by its id."""
    known: set[str] = set()
    for view in snapshot.views:
        problems = list(view.contents.verify())
        if problems:
            yield from problems
            continue
        try:
            yield from _verify_articles(view, known)
        except (CorruptFileError, msgspec.MsgspecError, IndexError, ValueError) as error:
            yield f"segment {view.contents.name} cannot be read ({error}): run `rasad index --rebuild`"


def _verify_articles(view: SegmentView, known: set[str]) -> Iterator[str]:
    contents = view.contents
    numbers = contents.column(NUMBER)
    if len(contents.stored) != view.size or len(contents.articles) != np.count_nonzero(numbers == 1):
        yield f"segment {contents.name} has other records than documents"
        return
    contents.signatures  # noqa: B018  (one for every record of an article, or an error)
    articles: dict[str, list[int]] = {}
    held = numbers.tolist()
    records = zip(view.live.tolist(), held, contents.stored.lines(), strict=True)
    for document, (live, number, line) in enumerate(records):
        if not live:
            continue
        place = _PLACE.decode(line)
        if place.number != number:
            yield f"paragraph {document} of segment {contents.name} has the wrong number"
        if number == 1 and not place.content_hash:
            yield f"article {place.article_id} has no content hash"
        articles.setdefault(place.article_id, []).append(document)
    named = _names(contents)
    for article_id, documents in articles.items():
        if article_id in known:
            yield f"article {article_id} is held twice"
        found = [held[document] for document in documents]
        if found != list(range(1, len(documents) + 1)):
            yield f"article {article_id} has paragraphs {', '.join(map(str, found))}"
        if named.get(article_id) != documents:
            yield f"article {article_id} is not found whole by its id"
    known.update(articles)


def _names(contents: SegmentContents) -> dict[str, list[int]]:
    """The documents that every article is found at by its id."""
    if (field := contents.field(ARTICLE_ID)) is None:
        return {}
    documents = field.documents_between(0, len(field.terms)).tolist()
    bounds = pairwise(field.terms.posting_starts.tolist())
    ids = (term.decode() for term in field.terms)
    return {id_: documents[first:last] for id_, (first, last) in zip(ids, bounds, strict=True)}
