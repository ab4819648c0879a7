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
_GAP = bytes(16)
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
    hashes = [_GAP]
    for terms in filter(None, passages):
        hashes += map(_HASHES.__getitem__, terms)
        hashes.append(_GAP)
    if len(hashes) == 1:
        return b""
    runs = _runs(np.frombuffer(b"".join(hashes), "<u8"))
    firsts = []
    for start in range(0, len(runs), _BLOCK):
        ordered = runs[start : start + _BLOCK] * _FACTORS
        ordered += _SHIFTS
        firsts.append(np.minimum.reduce(ordered, axis=1))
    first: NDArray[np.uint32] = firsts[0] if len(firsts) == 1 else np.minimum.reduce(firsts)
    return first.astype(np.uint8).tobytes()


def _runs(hashes: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Hash every run of three terms, and those with a number again."""
    runs = (hashes[:-2] * _MULTIPLIER + hashes[1:-1]) * _MULTIPLIER + hashes[2:]
    number = (hashes & _NUMBER).astype(np.bool_)
    numbered = runs[number[:-2] | number[1:-1] | number[2:]]
    if len(numbered):
        again = [numbered + np.uint64(turn) for turn in range(1, _NUMBER_WEIGHT)]
        runs = np.concatenate([runs, *again])
    return (_mixed(runs) >> np.uint64(32)).astype(np.uint32)


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread every bit over all others (MurmurHash3's last step)."""
    values = values ^ (values >> np.uint64(33))
    values *= np.uint64(0xFF51AFD7ED558CCD)
    values ^= values >> np.uint64(33)
    values *= np.uint64(0xC4CEB9FE1A85EC53)
    values ^= values >> np.uint64(33)
    return values


class _Hashes(dict[str, bytes]):
    """The hash of every term met so far, the lowest byte first; its lowest bit tells a number.

    Eight bytes each, so that joining them makes an array of an article's without a number object a term.
    """

    def __missing__(self, term: str) -> bytes:
        if len(self) >= _MOST_TERMS:
            self.clear()
        digest = int.from_bytes(blake2b(term.encode("utf-8", "replace"), digest_size=8).digest())
        number = term in _NUMBERS or any(map(str.isdecimal, term))
        value = digest | int(_NUMBER) if number else digest & ~int(_NUMBER)
        self[term] = written = value.to_bytes(8, "little")
        return written


_HASHES = _Hashes()
# A row an order, so that the first of each is looked for along memory.
_ORDERS = np.arange(1, SIGNATURE_BYTES + 1, dtype=np.uint64)[:, None]
_FACTORS = (_mixed(_ORDERS) | np.uint64(1)).astype(np.uint32)
_SHIFTS = _mixed(_ORDERS + np.uint64(1000)).astype(np.uint32)
