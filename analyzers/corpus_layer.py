"""What a corpus teaches about its own words and people, since most names and new compounds are in no list.

A news corpus writes a compound with a U+200C somewhere; the layer remembers where, so that the same letters
typed without it, or with a space, are read alike. It is learned when an index is built, frozen with it, and
used for indexing and querying alike.
"""

import hashlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec

from analyzers.columns import column_of


class _Content(msgspec.Struct, frozen=True):
    """A layer as it is written, in plain dictionaries."""

    words: dict[str, int]
    joins: dict[str, tuple[int, ...]]
    splits: dict[str, tuple[int, ...]]
    people: tuple[str, ...]


class CorpusLayer:
    """Words, compounds and people of one corpus that no list has; the same corpus gives the same layer.

    ``words`` maps a word to its Zipf frequency in hundredths; ``joins`` a compound that is one term, and
    ``splits`` one whose parts are terms, to the offsets of its inner borders. ``people`` are names of those
    whom the corpus introduces by their offices and no table holds.
    ``fingerprint`` is a short digest of the content: layers that have the same are equal.
    """

    def __init__(
        self,
        words: Mapping[str, int] = MappingProxyType({}),
        joins: Mapping[str, tuple[int, ...]] = MappingProxyType({}),
        splits: Mapping[str, tuple[int, ...]] = MappingProxyType({}),
        people: Sequence[str] = (),
    ) -> None:
        content = _Content(dict(words), dict(joins), dict(splits), tuple(people))
        self._encoded = msgspec.msgpack.encode(content, order="sorted")
        self.fingerprint = hashlib.sha256(self._encoded).hexdigest()[:16]
        self.words = column_of(content.words)
        self.joins = column_of(content.joins)
        self.splits = column_of(content.splits)
        self.people = content.people

    def __eq__(self, other: object) -> bool:
        """Tell whether another layer has the same content."""
        return isinstance(other, CorpusLayer) and self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        """Agree with equality, so that what is made of a layer can be kept with it."""
        return hash(self.fingerprint)

    def encode(self) -> bytes:
        """Give the layer as MessagePack, the same bytes for the same layer."""
        return self._encoded

    @classmethod
    def decode(cls, content: bytes) -> "CorpusLayer":
        """Read what :meth:`encode` gave; ``msgspec.MsgspecError`` for anything else."""
        read = msgspec.msgpack.decode(content, type=_Content)
        return cls(read.words, read.joins, read.splits, read.people)
