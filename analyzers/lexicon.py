"""What the language is known to hold, compiled once, so that serving neither imports nor parses a word list.

``python -m analyzers.compiling`` writes the file from hazm's and Parsivar's words, wordfreq's frequencies
and the reviewed tables of ``analyzers/data``. Every key is folded and free of spaces and U+200C: one entry
answers for three spellings.
"""

from pathlib import Path
from typing import Any

import msgspec

from analyzers.errors import RasadError

FORMAT = 1
DEFAULT_PATH = Path(__file__).parent / "data" / "lexicon.bin"

BASE = 1  # may stand as a lemma of its own
ADJECTIVE = 2  # may take a comparative
_FLAG_BITS = 2


class LexiconError(RasadError):
    """The lexicon file is missing, damaged or of another format, so no text can be analysed."""


class Lexicon(msgspec.Struct, frozen=True):
    """The words, verb forms and compounds that analysis looks up; immutable, shared by all threads.

    ``words`` maps a word to its Zipf frequency (in hundredths, 0 when unattested) and flags, packed by
    :func:`pack`; ``verbs`` a verb form to an index into ``verb_lemmas``; ``lemmas`` a reviewed irregular form
    to its lemma; ``compounds`` a compound written as one term to the offsets of its inner borders;
    ``splits`` maps run-together words to such offsets, where the parts are terms of their own.
    ``fingerprint`` names the exact content.
    """

    format: int
    fingerprint: str
    words: dict[str, int]
    verbs: dict[str, int]
    verb_lemmas: list[str]
    lemmas: dict[str, str]
    compounds: dict[str, tuple[int, ...]]
    splits: dict[str, tuple[int, ...]]


def pack(zipf: float, flags: int) -> int:
    """Pack a Zipf frequency (log10 of occurrences in a thousand million words) and flags into one integer."""
    return round(zipf * 100) << _FLAG_BITS | flags


def zipf_hundredths(packed: int) -> int:
    """Return the Zipf frequency of a packed entry, in hundredths, so that costs need no floats."""
    return packed >> _FLAG_BITS


def save_lexicon(lexicon: Lexicon, path: Path) -> None:
    """Write ``lexicon`` as MessagePack, the quickest safe format to load."""
    path.write_bytes(msgspec.msgpack.encode(lexicon))


def load_lexicon(path: Path = DEFAULT_PATH) -> Lexicon:
    """Read a compiled lexicon; raises :class:`LexiconError` with the command that makes one."""
    try:
        lexicon = msgspec.msgpack.decode(path.read_bytes(), type=Lexicon)
    except FileNotFoundError:
        message = f"{path}: there is no lexicon yet; make it with: python -m analyzers.compiling"
        raise LexiconError(message) from None
    except msgspec.DecodeError as error:
        message = f"{path}: not a lexicon of this version ({error}); run: python -m analyzers.compiling"
        raise LexiconError(message) from error
    if lexicon.format != FORMAT:
        message = f"{path}: format {lexicon.format}, wanted {FORMAT}; run: python -m analyzers.compiling"
        raise LexiconError(message)
    for table in (lexicon.words, lexicon.verbs, lexicon.compounds, lexicon.splits):
        _share_values(table)
    return lexicon


def _share_values(table: dict[str, Any]) -> None:
    """Let equal values be one object: the four tables have 110,000, of which 1,500 are different."""
    kept: dict[Any, Any] = {}
    for key, value in table.items():
        table[key] = kept.setdefault(value, value)
