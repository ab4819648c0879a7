"""Reads a whole index and names what is wrong, so that damage is found before a reader finds it."""

from collections.abc import Iterator

import msgspec
import numpy as np

from indexer.engine import StoredParagraph

from .format import CorruptFileError
from .schema import ARTICLE_ID, NUMBER
from .snapshot import ColumnarSnapshot
from .views import SegmentView

_PARAGRAPH = msgspec.json.Decoder(StoredParagraph)


def verify(snapshot: ColumnarSnapshot) -> Iterator[str]:
    """Check every byte, and that every article is whole: its paragraphs in order, once, found by its id."""
    known: set[str] = set()
    for view in snapshot.views:
        problems = list(view.contents.verify())
        if problems:
            yield from problems
            continue
        try:
            yield from _verify_articles(snapshot, view, known)
        except (CorruptFileError, msgspec.MsgspecError, IndexError, ValueError) as error:
            yield f"segment {view.contents.name} cannot be read ({error}): run `rasad index --rebuild`"


def _verify_articles(snapshot: ColumnarSnapshot, view: SegmentView, known: set[str]) -> Iterator[str]:
    contents = view.contents
    numbers = contents.column(NUMBER)
    if len(contents.stored) != view.size or len(contents.articles) != np.count_nonzero(numbers == 1):
        yield f"segment {contents.name} has other records than documents"
        return
    articles: dict[str, list[int]] = {}
    for document, line in enumerate(contents.stored.lines()):
        if not view.live[document]:
            continue
        stored = _PARAGRAPH.decode(line)
        if stored.number != numbers[document]:
            yield f"paragraph {document} of segment {contents.name} has the wrong number"
        if stored.number == 1 and not stored.content_hash:
            yield f"article {stored.article_id} has no content hash"
        articles.setdefault(stored.article_id, []).append(document)
    for article_id, documents in articles.items():
        if article_id in known:
            yield f"article {article_id} is held twice"
        held = numbers[documents].tolist()
        if held != list(range(1, len(documents) + 1)):
            yield f"article {article_id} has paragraphs {', '.join(map(str, held))}"
        found = snapshot.postings(ARTICLE_ID, article_id).documents - view.base
        if found.tolist() != documents:
            yield f"article {article_id} is not found whole by its id"
    known.update(articles)
