"""Boils articles down to 48 bytes each, so that copies of it are found without comparing texts.

The bytes are a MinHash: for each of 48 ways to order all runs of three terms, eight bits of the article's
first run. Two articles share about as many of the 48 as they share of their runs (Jaccard similarity).
Sources: A. Broder, On the resemblance and containment of documents (1997); P. Li and A. C. König, b-Bit
minwise hashing (2010); the orders are datasketch's "affine32", of which this is the arithmetic on arrays.

Terms are blind to spacing and Arabic letters, and so is the signature. The title counts as one more passage,
so that a notice of a few words is known by its headline, and an article under a changed one by its text.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

SIGNATURE_BYTES = 48

# What stands around a passage, so that its first and its last words begin and end a run as well.
_GAP = 2
# A notice differs from the next of its kind (prices, quakes, sirens) by its numbers and days alone, so a run
# with one of these words counts as three.
_NUMBER_WEIGHT = 3
# «یک» and «نه» are left out: they are an article and a "no" far more often.
_NUMBERS = frozenset(
    {"دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "ده"}
    | {"اول", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم"}
    | {"شنبه", "یکشنبه", "دوشنبه", "سهشنبه", "چهارشنبه", "پنجشنبه", "جمعه"}
)
_MOST_TERMS = 200_000
_NUMBER = np.uint64(1)
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


class Terms(NamedTuple):
    """The terms of a passage of several articles: ``distinct`` ones in UTF-8, and which of them each is.

    ``counts`` says how many of the ``numbers`` are the first article's, the second's and so on.
    """

    distinct: Sequence[bytes]
    numbers: NDArray[np.integer[Any]]
    counts: NDArray[np.integer[Any]]


def signatures(*passages: Terms) -> NDArray[np.uint8]:
    """Sign articles by their passages (titles, texts), a row each; all zero where an article has no terms.

    >>> texts = Terms([b"one", b"two"], np.array([0, 1, 0, 0, 0, 1, 0]), np.array([4, 0, 3]))
    >>> signed = signatures(texts)
    >>> signed.shape, signed.any(axis=1).tolist(), signed[0].tolist() == signed[2].tolist()
    ((3, 48), [True, False, True], False)
    """
    lengths = [passage.counts + np.where(passage.counts, _GAP, 0) for passage in passages]
    ends = np.cumsum(sum(lengths))
    # One gap parts an article from the next, so that no run has terms of both, and each has all of its own.
    places = starts = np.concatenate([[0], ends[:-1]])
    hashes = np.zeros(ends[-1] + _GAP, np.uint64)
    for passage, length in zip(passages, lengths, strict=True):
        before = np.cumsum(passage.counts) - passage.counts
        to = np.arange(len(passage.numbers)) + np.repeat(places + _GAP - before, passage.counts)
        distinct = np.frombuffer(b"".join(map(_HASHES.__getitem__, passage.distinct)), "<u8")
        hashes[to] = distinct[passage.numbers]
        places = places + length
    signed = np.zeros((len(starts), SIGNATURE_BYTES), np.uint8)
    worded = np.flatnonzero(ends > starts)
    if len(worded):
        runs, first = _runs(hashes, starts[worded])
        for order in range(SIGNATURE_BYTES):
            ordered = runs * _FACTORS[order] + _SHIFTS[order]
            signed[worded, order] = np.minimum.reduceat(ordered, first).astype(np.uint8)
    return signed


def _runs(
    hashes: NDArray[np.uint64], starts: NDArray[np.intp]
) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """Hash every run of three terms, and those with a number again; tell where each article's start."""
    runs = (hashes[:-2] * _MULTIPLIER + hashes[1:-1]) * _MULTIPLIER + hashes[2:]
    number = (hashes & _NUMBER).astype(np.bool_)
    times = np.where(number[:-2] | number[1:-1] | number[2:], _NUMBER_WEIGHT, 1)
    before = np.cumsum(times) - times
    turns = np.arange(times.sum()) - np.repeat(before, times)
    runs = np.repeat(runs, times) + turns.astype(np.uint64)
    return (_mixed(runs) >> np.uint64(32)).astype(np.uint32), before[starts]


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread every bit over all others (MurmurHash3's last step)."""
    values = values ^ (values >> np.uint64(33))
    values *= np.uint64(0xFF51AFD7ED558CCD)
    values ^= values >> np.uint64(33)
    values *= np.uint64(0xC4CEB9FE1A85EC53)
    values ^= values >> np.uint64(33)
    return values


class _Hashes(dict[bytes, bytes]):
    """The hash of every term met so far, its lowest byte first, whose lowest bit tells a number."""

    def __missing__(self, term: bytes) -> bytes:
        if len(self) >= _MOST_TERMS:
            self.clear()
        digest = int.from_bytes(blake2b(term, digest_size=8).digest())
        text = term.decode()
        number = text in _NUMBERS or any(map(str.isdecimal, text))
        value = digest | int(_NUMBER) if number else digest & ~int(_NUMBER)
        self[term] = written = value.to_bytes(8, "little")
        return written


_HASHES = _Hashes()
_ORDERS = np.arange(1, SIGNATURE_BYTES + 1, dtype=np.uint64)
_FACTORS = (_mixed(_ORDERS) | np.uint64(1)).astype(np.uint32)
_SHIFTS = _mixed(_ORDERS + np.uint64(1000)).astype(np.uint32)
