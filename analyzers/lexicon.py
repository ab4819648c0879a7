"""What the language is known to hold, compiled once, so that serving neither imports nor parses a word list.

``python -m analyzers.compiling`` writes the file from hazm's and Parsivar's words, wordfreq's frequencies
and the reviewed tables of ``analyzers/data``. Every key is folded and free of spaces and U+200C: one entry
answers for three spellings. All 100,000 are one trie, and what is known of them are columns beside it
(:mod:`analyzers.columns`): 2 MB, and hardly an object.
"""

from pathlib import Path

import msgspec
from marisa_trie import Trie

from analyzers.columns import Column, PackedColumn
from analyzers.errors import RasadError

FORMAT = 2
DEFAULT_PATH = Path(__file__).parent / "data" / "lexicon.bin"

BASE = 1  # may stand as a lemma of its own
ADJECTIVE = 2  # may take a comparative
_FLAG_BITS = 2


class LexiconError(RasadError):
    """The lexicon file is missing, damaged or of another format, so no text can be analysed."""


class _Format(msgspec.Struct, frozen=True):
    """What every lexicon's file begins with, of whatever format it is."""

    format: int


class PackedLexicon(_Format, frozen=True):
    """A :class:`Lexicon` as its file holds it.

    ``fingerprint`` names the exact content, ``keys`` are a trie's bytes.
    """

    fingerprint: str
    keys: bytes
    words: PackedColumn[int]
    lemmas: PackedColumn[str]
    verbs: PackedColumn[str]
    compounds: PackedColumn[tuple[int, ...]]
    splits: PackedColumn[tuple[int, ...]]
    openings: PackedColumn[str]
    costs: PackedColumn[int]
    before_surnames: frozenset[str]


class Lexicon:
    """The words, verb forms and compounds that analysis looks up; immutable, shared by all threads.

    ``words`` maps a word to its Zipf frequency (in hundredths, 0 when unattested) and flags, packed by
    :func:`pack`; ``lemmas`` a listed form, reviewed or of a verb, and every word that may stand as a lemma to
    its lemma, which is empty where it is the form itself (:meth:`lemma`); ``verbs`` a verb form to its lemma;
    ``compounds`` a compound written as one term to the offsets of its inner borders; ``splits`` run-together
    words to such offsets, where the parts are terms of their own; ``openings`` what may open a word of
    several chunks to the first two letters of what may follow, parted by spaces; ``costs`` what may be a
    piece of run-together words to what it costs (:mod:`analyzers.segmentation`). ``before_surnames`` are
    words after which a surname is spelt like a verb's sign.
    """

    def __init__(self, packed: PackedLexicon) -> None:
        keys = Trie().frombytes(packed.keys)
        self._keys = keys
        self._no_number = len(keys)
        self.fingerprint = packed.fingerprint
        self.words = Column(keys, packed.words)
        self.verbs = Column(keys, packed.verbs)
        self.compounds = Column(keys, packed.compounds)
        self.splits = Column(keys, packed.splits)
        self.openings = Column(keys, packed.openings)
        self.costs = Column(keys, packed.costs)
        self.before_surnames = packed.before_surnames
        self.lemmas = Column(keys, packed.lemmas)

    def number(self, key: str) -> int:
        """Return where all columns hold what is known of a key, to look it up once (:meth:`Column.at`)."""
        number: int = self._keys.get(key, self._no_number)
        return number

    def lemma(self, form: str) -> str | None:
        """Return the lemma that is listed for a form, or None where none is."""
        lemma = self.lemmas.get(form)
        return form if lemma == "" else lemma


def pack(zipf: float, flags: int) -> int:
    """Pack a Zipf frequency (log10 of occurrences in a thousand million words) and flags into one integer."""
    return round(zipf * 100) << _FLAG_BITS | flags


def zipf_hundredths(packed: int) -> int:
    """Return the Zipf frequency of a packed entry, in hundredths, so that costs need no floats."""
    return packed >> _FLAG_BITS


def save_lexicon(lexicon: PackedLexicon, path: Path) -> None:
    """Write ``lexicon`` as MessagePack, the quickest safe format to load."""
    path.write_bytes(msgspec.msgpack.encode(lexicon, order="deterministic"))


def load_lexicon(path: Path = DEFAULT_PATH) -> Lexicon:
    """Read a compiled lexicon; raises :class:`LexiconError` with the command that makes one."""
    try:
        content = path.read_bytes()
        if (found := msgspec.msgpack.decode(content, type=_Format).format) != FORMAT:
            message = f"{path}: format {found}, wanted {FORMAT}; run: python -m analyzers.compiling"
            raise LexiconError(message)
        return Lexicon(msgspec.msgpack.decode(content, type=PackedLexicon))
    except FileNotFoundError:
        message = f"{path}: there is no lexicon yet; make it with: python -m analyzers.compiling"
        raise LexiconError(message) from None
    except (msgspec.DecodeError, RuntimeError, ValueError) as error:  # RuntimeError: bytes that are no trie
        message = f"{path}: not a lexicon of this version ({error}); run: python -m analyzers.compiling"
        raise LexiconError(message) from error
