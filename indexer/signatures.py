"""Boils an article down to 48 bytes, so that copies of it are found without comparing texts.

The bytes are a MinHash: for each of 48 ways to order all runs of three terms, eight bits of the article's
first run. Two articles share about as many of the 48 as they share of their runs (Jaccard similarity).
Sources: A. Broder, On the resemblance and containment of documents (1997); P. Li and A. C. König, b-Bit
minwise hashing (2010); the orders are datasketch's "affine32", of which this is the arithmetic on arrays.

Terms are blind to spacing and Arabic letters, and so is the signature. The title counts as one more passage,
so that a notice of a few words is known by its headline, and an article under a changed one by its text.
"""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

SIGNATURE_BYTES = 48

# What stands around a passage, so that its first and its last words begin and end a run as well.
_GAP = (0, 0)
# A notice differs from the next of its kind (prices, quakes, sirens) by its numbers and days alone, so a run
# with one of these words counts as three.
_NUMBER_WEIGHT = 3
# «یک» and «نه» are left out: they are an article and a "no" far more often.
_NUMBERS = frozenset(
    {"دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "ده"}
    | {"اول", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم"}
    | {"شنبه", "یکشنبه", "دوشنبه", "سهشنبه", "چهارشنبه", "پنجشنبه", "جمعه"}
)
_BLOCK = 4096
_MOST_TERMS = 200_000
_NUMBER = np.uint64(1)
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def signature(*passages: Sequence[str]) -> bytes:
    """Sign an article by its passages (title, text), each the terms in their order; empty when it has none.

    >>> text = "وزیر خارجه ایران فردا به مسکو رفتن".split()
    >>> len(signature(text)), signature(["سفر"], text) == signature(text, ["سفر"]), signature([])
    (48, True, b'')
    """
    hashes = list(_GAP)
    for terms in filter(None, passages):
        hashes += map(_HASHES.__getitem__, terms)
        hashes += _GAP
    if len(hashes) == len(_GAP):
        return b""
    runs = _runs(np.array(hashes, np.uint64))
    first = np.full(SIGNATURE_BYTES, np.iinfo(np.uint32).max, np.uint32)
    for start in range(0, len(runs), _BLOCK):
        ordered = runs[start : start + _BLOCK] * _FACTORS
        ordered += _SHIFTS
        np.minimum(first, ordered.min(axis=1), out=first)
    return first.astype(np.uint8).tobytes()


def _runs(hashes: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Hash every run of three terms, and those with a number again."""
    a, b, c = hashes[:-2], hashes[1:-1], hashes[2:]
    runs = (a * _MULTIPLIER + b) * _MULTIPLIER + c
    numbered = runs[((a | b | c) & _NUMBER).astype(np.bool_)]
    again = [numbered + np.uint64(turn) for turn in range(1, _NUMBER_WEIGHT)]
    return (_mixed(np.concatenate([runs, *again])) >> np.uint64(32)).astype(np.uint32)


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread every bit over all others (MurmurHash3's last step)."""
    values = values ^ (values >> np.uint64(33))
    values = values * np.uint64(0xFF51AFD7ED558CCD)
    values = values ^ (values >> np.uint64(33))
    values = values * np.uint64(0xC4CEB9FE1A85EC53)
    return values ^ (values >> np.uint64(33))


class _Hashes(dict[str, int]):
    """The hash of every term met so far; its last bit tells a number."""

    def __missing__(self, term: str) -> int:
        if len(self) >= _MOST_TERMS:
            self.clear()
        digest = int.from_bytes(blake2b(term.encode("utf-8", "replace"), digest_size=8).digest())
        number = term in _NUMBERS or any(map(str.isdecimal, term))
        self[term] = value = digest | int(_NUMBER) if number else digest & ~int(_NUMBER)
        return value


_HASHES = _Hashes()
# A row an order, so that the first of each is looked for along memory.
_ORDERS = np.arange(1, SIGNATURE_BYTES + 1, dtype=np.uint64)[:, None]
_FACTORS = (_mixed(_ORDERS) | np.uint64(1)).astype(np.uint32)
_SHIFTS = _mixed(_ORDERS + np.uint64(1000)).astype(np.uint32)
