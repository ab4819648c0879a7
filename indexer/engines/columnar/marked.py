"""The paragraphs that answer a question, and what page, facets and timeline all want to count of them."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .columns import ColumnarColumns

Mask = NDArray[np.bool_]


class Marked:
    """Some paragraphs of a state, marked in ``mask``, which must not be written to any more."""

    def __init__(self, mask: Mask, columns: ColumnarColumns) -> None:
        self.mask = mask
        self.columns = columns

    @cached_property
    def total(self) -> int:
        """How many there are."""
        return int(np.count_nonzero(self.mask))

    @cached_property
    def by_article(self) -> NDArray[np.int32]:
        """How many of every article, by its ordinal."""
        running = np.zeros(len(self.mask) + 1, np.int32)
        np.cumsum(self.mask.view(np.uint8), dtype=np.int32, out=running[1:])
        running = running[self.columns.article_starts]
        return running[1:] - running[:-1]

    @cached_property
    def articles(self) -> int:
        """How many articles have any."""
        return int(np.count_nonzero(self.by_article))

    @cached_property
    def documents(self) -> NDArray[np.intp]:
        """Their numbers, ascending."""
        return np.flatnonzero(self.mask)

    def without_articles(self, articles: NDArray[np.intp]) -> "Marked":
        """The same without those of some articles."""
        mask, by_article = self.mask.copy(), self.by_article.copy()
        mask[self.columns.documents_of(articles)] = False
        by_article[articles] = 0
        rest = Marked(mask, self.columns)
        rest.by_article = by_article
        return rest
