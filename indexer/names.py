"""How the names of the tables are read, kept with a generation, since reading them takes most of a start.

What a name's terms are depends on the analyzer alone. The readings of another analyzer count for nothing, and
a name that is not among them is read anew, so what is kept can be old or gone and never wrong.
"""

from collections.abc import Mapping

from msgspec import MsgspecError, Struct, msgpack

from analyzers import PersianAnalyzer
from analyzers.phrases import PhraseReading
from indexer.sealed import BrokenSealError, sealed, unsealed

NAMES = b"rasad-names 1"


class Names(Struct, frozen=True):
    """The readings of one analyzer, by name, and its fingerprint."""

    analyzer: str
    readings: dict[str, PhraseReading]


def packed_names(analyzer: PersianAnalyzer, readings: Mapping[str, PhraseReading]) -> bytes:
    """Make the file of what an analyzer read, by name."""
    return sealed(NAMES, msgpack.encode(Names(analyzer.fingerprint, dict(readings))))


def unpacked_names(content: bytes, analyzer: PersianAnalyzer) -> Mapping[str, PhraseReading]:
    """Give what a file has of an analyzer: nothing where it is damaged or another's."""
    try:
        names = decode_names(unsealed(NAMES, content))
    except (BrokenSealError, MsgspecError):
        return {}
    return names.readings if names.analyzer == analyzer.fingerprint else {}


def decode_names(body: bytes) -> Names:
    """Read what is sealed in a file; ``msgspec.MsgspecError`` for anything else."""
    return msgpack.decode(body, type=Names)
