"""Where one word ends and the next begins in letters typed without a space (وزیرامورخارجه, بایکدیگر).

The cheapest way through a lattice of known words (Viterbi), the cost of a word being its information content
in the language. Only what the lexicon cannot explain as one word is ever cut, a cut must be cheaper than
reading an unknown word, and the time is bounded: at most ``_LONGEST_WORD`` look-ups a letter.
"""

from collections.abc import Callable

_LONGEST_WORD = 18
_LONGEST_KEY = 80  # letters; longer runs are no writing of words
_SHORTEST_KEY = 5
_UNLIKELY = 1 << 30
_PIECE_COST = 120  # hundredths of log10: each cut must pay for itself


class Segmenter:
    """Cuts a run of letters into known words; ``cost`` gives a word's cost, or None for what is no word."""

    def __init__(self, cost: Callable[[str], int | None], *, budget: int, per_letter: int) -> None:
        self._cost = cost
        self._budget = budget
        self._per_letter = per_letter

    def cuts(self, key: str) -> tuple[int, ...]:
        """Return the offsets of the inner borders of ``key``, empty where it is better left whole."""
        if not _SHORTEST_KEY <= len(key) <= _LONGEST_KEY:
            return ()
        best = [0] + [_UNLIKELY] * len(key)
        previous = [0] * (len(key) + 1)
        for start in range(len(key)):
            if best[start] == _UNLIKELY:
                continue
            for end in range(start + 1, min(len(key), start + _LONGEST_WORD) + 1):
                if (cost := self._cost(key[start:end])) is not None:
                    total = best[start] + cost + _PIECE_COST
                    if total < best[end]:
                        best[end], previous[end] = total, start
        if best[-1] > self._budget + self._per_letter * len(key):
            return ()
        cuts = []
        end = previous[len(key)]
        while end:
            cuts.append(end)
            end = previous[end]
        return tuple(reversed(cuts))
