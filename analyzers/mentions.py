"""What is found in a text, and what an article has named so far, for later mentions to lean on."""

from typing import Protocol

import msgspec


class Bearer(Protocol):
    """Whoever has a type and an id: an entity, or what a name of the tables stands for."""

    @property
    def type(self) -> str:
        """The type of :class:`Entity`."""

    @property
    def id(self) -> str:
        """The id of :class:`Entity`."""


class Entity(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A country, place, person or organization named in a text, with what the text called it.

    ``type`` is country, place, person or organization; ``id`` is stable (for a country its ISO 3166 alpha-2
    code) and ``label`` what a reader sees. ``text[start:end]`` is the name; ``via`` tells how it names:
    name, demonym or metonym.
    """

    type: str
    id: str
    label: str
    start: int
    end: int
    via: str


class Mentions:
    """Which entities an article has named so far, so that «لاوروف» alone is the one named in full above.

    ``surnames`` are those of people whom no table holds, each with its latest bearer.
    """

    __slots__ = ("_count", "_latest", "surnames")

    def __init__(self) -> None:
        self._count = 0
        self._latest: dict[tuple[str, str], int] = {}
        self.surnames: dict[str, Entity] = {}

    def note(self, entity: Entity) -> None:
        """Remember ``entity`` as the one named last."""
        self._count += 1
        self._latest[entity.type, entity.id] = self._count

    def rank(self, bearer: Bearer) -> int:
        """Tell how lately somebody was named: 0 for not at all, the greatest for the last."""
        return self._latest.get((bearer.type, bearer.id), 0)
