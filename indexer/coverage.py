"""What a question says that Whoosh's own queries cannot: words enough to matter, and one word's forms."""

from collections.abc import Sequence

from whoosh.query.compound import Or
from whoosh.query.qcore import Query


class MostOf(Or):
    """Matches what holds parts that carry at least ``share`` of the question's weight; scores add up.

    A part weighs what its words say about a document (their idf), so that a rare name counts for more than
    a common verb, and a part that no document holds weighs nothing. An engine that cannot weigh parts may
    treat it as the ``Or`` it is.
    """

    def __init__(self, subqueries: Sequence[Query], share: float, boost: float = 1.0) -> None:
        super().__init__(list(subqueries), boost=boost)
        self.share = share


class WordForms(Or):
    """Matches any of the forms that one word of a question may stand in; their scores add up.

    Words come again in other questions, so that an engine may keep what it finds for one. It is no more
    than the ``Or`` it is.
    """
