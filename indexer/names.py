"""The names of the tables as an analyzer read them, kept with a generation, as reading takes most of a start.

What is kept says of which analyzer, tables and rules it was made. For others it counts for nothing, and the
names are read anew, so it can be old, damaged or gone and never wrong.
"""

import zstandard
from msgspec import MsgspecError, msgpack

from analyzers import PersianAnalyzer
from analyzers.entities import EntityFinder
from analyzers.name_table import NameTable, load_names
from indexer.sealed import BrokenSealError, sealed, unsealed
from indexer.settings import AnalysisSettings

NAMES = b"rasad-names 3"
# Packed, 17,000 names are a twentieth of a small index; a start unpacks them in a millisecond.
_LEVEL = 6


def packed_names(names: NameTable) -> bytes:
    """Make the file of names that were read."""
    return sealed(NAMES, zstandard.compress(msgpack.encode(names), _LEVEL))


def unpacked_names(content: bytes) -> NameTable | None:
    """Give what a file has, ``None`` where it is damaged."""
    try:
        return decode_names(unsealed(NAMES, content))
    except (BrokenSealError, MsgspecError):
        return None


def decode_names(body: bytes) -> NameTable:
    """Read what is sealed in a file; ``msgspec.MsgspecError`` for another table."""
    return msgpack.decode(zstandard.decompress(body), type=NameTable)


def load_entity_finder(analyzer: PersianAnalyzer, settings: AnalysisSettings, kept: bytes) -> EntityFinder:
    """Make what finds entities as the settings ask for, from the file of a generation where it is of use."""
    return EntityFinder(analyzer, load_names(analyzer, metonyms=settings.metonyms, kept=unpacked_names(kept)))
