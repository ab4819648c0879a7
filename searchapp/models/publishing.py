"""What is answered to a program that adds or removes articles."""

from typing import ClassVar, Literal

from msgspec import Struct


class PublishedArticle(Struct, frozen=True):
    """An article that was taken, and what it was to the index."""

    id: str
    status: Literal["new", "changed", "unchanged"]


class PublishedAnswer(Struct, frozen=True):
    """How many articles were new, changed or as before; ``notices`` say what was taken without something."""

    STATUSES: ClassVar[tuple[str, ...]] = ("new", "changed", "unchanged")

    new: int
    changed: int
    unchanged: int
    articles: list[PublishedArticle]
    notices: list[str]


class DeletedAnswer(Struct, frozen=True):
    """An article that was removed."""

    id: str
    status: Literal["deleted"]
