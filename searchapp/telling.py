"""The words that tell most of a long text, so that a pasted paragraph finds its like and not every text.

A word tells the more, the rarer it is in the index and, more weakly, the oftener it stands in the text
(tf-idf with a root for tf; Salton and Buckley 1988). What the index does not hold tells nothing.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence

from searchapp.slots import Slot

# Looks up how many paragraphs hold each of some terms.
Counts = Callable[[Sequence[str]], Sequence[int]]

# A question of so many words is a text that someone pasted.
PASTED_WORDS = 40
MOST_TELLING = 25


def most_telling(slots: Sequence[Slot], counts: Counts, most: int = MOST_TELLING) -> list[Slot]:
    """Return the most telling slots, each once, in the order of the text."""
    times = Counter(slot.terms for slot in slots)
    distinct = {slot.terms: slot for slot in slots}
    terms = [term for alternatives in distinct for term in alternatives]
    holding = dict(zip(terms, counts(terms), strict=True))
    held = {
        alternatives: count
        for alternatives in distinct
        if (count := max(holding[term] for term in alternatives))
    }
    commonest = max(held.values(), default=1)

    def telling(alternatives: tuple[str, ...]) -> float:
        return math.sqrt(times[alternatives]) * math.log1p(commonest / held[alternatives])

    chosen = set(sorted(held, key=telling, reverse=True)[:most])
    return [slot for alternatives, slot in distinct.items() if alternatives in chosen]
