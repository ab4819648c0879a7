"""Where one word ends and the next begins in letters typed without a space (وزیرامورخارجه, بایکدیگر).

The cheapest way through a lattice of known words (Viterbi), the cost of a word being its information content
in the language. Only what the lexicon cannot explain as one word is ever cut, a cut must be cheaper than
reading an unknown word, and the time is bounded: no word is longer than ``_LONGEST_WORD``.
"""

from collections.abc import Callable, Iterable

_LONGEST_WORD = 18
_LONGEST_KEY = 80  # letters; longer runs are no writing of words
_SHORTEST_KEY = 5
_UNLIKELY = 1 << 30
_PIECE_COST = 120  # hundredths of log10: each cut must pay for itself
# Any longer word may hold two letters by chance; only these are common enough to be glued to a neighbour.
SHORT_WORDS = frozenset((
    "و", "به", "از", "در", "با", "تا", "بر", "که", "هم", "بی", "پر", "کم", "سه", "دو", "هر", "آن", "سر", "پا",
    "را", "نه", "چه", "شد", "ما", "من", "او",
))  # fmt: skip
_RAREST = 900  # a word's cost: log10 of how rare it is among 10^9 words, in hundredths
_UNATTESTED = 200  # the Zipf frequency, in hundredths, of a word that no frequency list holds


def cost_of(zipf: int) -> int:
    """Return what a word of a Zipf frequency in hundredths costs, 0 being that of a word that no list has."""
    return _RAREST - (zipf or _UNATTESTED)


class Segmenter:
    """Cuts a run of letters into known words.

    ``words`` gives the words that letters begin with: how long each is, and what it costs.
    """

    def __init__(
        self, words: Callable[[str], Iterable[tuple[int, int]]], *, budget: int, per_letter: int
    ) -> None:
        self._words = words
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
            for length, cost in self._words(key[start : start + _LONGEST_WORD]):
                total = best[start] + cost + _PIECE_COST
                if total < best[start + length]:
                    best[start + length], previous[start + length] = total, start
        if best[-1] > self._budget + self._per_letter * len(key):
            return ()
        cuts = []
        end = previous[len(key)]
        while end:
            cuts.append(end)
            end = previous[end]
        return tuple(reversed(cuts))
