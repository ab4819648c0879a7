"""The row of a gazetteer, so that countries, people and organizations are recognised by one finder."""

from typing import NamedTuple


class Name(NamedTuple):
    """One way to name one entity.

    A name that is also another word is guarded: it counts only uninflected, directly after one of the words
    of ``needs`` (where there are any), and not with a word of ``unless`` directly before it or among the two
    words after it; ``#`` in ``unless`` stands for any number.
    """

    type: str
    id: str
    label: str
    text: str
    via: str = "name"
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
