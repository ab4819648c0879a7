"""What a corpus teaches about its own words and people, since most names and new compounds are in no list.

A news corpus writes a compound with a U+200C somewhere; the layer remembers where, so that the same letters
typed without it, or with a space, are read alike. It is learned when an index is built, frozen with it, and
used for indexing and querying alike.
"""

import hashlib

import msgspec


class CorpusLayer(msgspec.Struct, frozen=True):
    """Words, compounds and people of one corpus that no list has; the same corpus gives the same layer.

    ``words`` maps a word to its Zipf frequency in hundredths; ``joins`` a compound that is one term, and
    ``splits`` one whose parts are terms, to the offsets of its inner borders. ``people`` are names of those
    whom the corpus introduces by their offices and no table holds.
    """

    words: dict[str, int] = {}
    joins: dict[str, tuple[int, ...]] = {}
    splits: dict[str, tuple[int, ...]] = {}
    people: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """A short digest of the content, so that an index can tell which layer it was built with."""
        return hashlib.sha256(self.encode()).hexdigest()[:16]

    def encode(self) -> bytes:
        """Give the layer as MessagePack, the same bytes for the same layer."""
        return msgspec.msgpack.encode(self, order="sorted")

    @classmethod
    def decode(cls, content: bytes) -> "CorpusLayer":
        """Read what :meth:`encode` gave; ``msgspec.MsgspecError`` for anything else."""
        return msgspec.msgpack.decode(content, type=cls)
