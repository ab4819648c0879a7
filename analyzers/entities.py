"""Stand-in until the owner of this module writes it: only the type that other rooms store."""

from typing import NamedTuple


class Entity(NamedTuple):
    """A country, place, person or organization named in a text, with what the text called it."""

    type: str
    id: str
    label: str
    start: int
    end: int
    via: str
