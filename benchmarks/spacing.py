"""The three spellings that must be one, and how far an analyzer gets from one to another.

Real text with its zero-width non-joiners kept is respelled without them, and with spaces in their place.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from systems import System

_ZWNJ = "\u200c"

SPACINGS: Mapping[str, Callable[[str], str]] = {
    "original": lambda text: text,
    "joined": lambda text: text.replace(_ZWNJ, ""),
    "spaced": lambda text: text.replace(_ZWNJ, " "),
}


def invariance(system: System, texts: Sequence[str], spacing: str) -> tuple[float, float]:
    """Return the share of texts whose terms stay the very same, and the overlap of all terms.

    The overlap is Dice's coefficient over the terms with their frequencies, text by text, summed over all.
    """
    respell = SPACINGS[spacing]
    same = shared = total = 0
    for text in texts:
        before = list(chain.from_iterable(map(sorted, system.analyze(text))))
        after = list(chain.from_iterable(map(sorted, system.analyze(respell(text)))))
        same += before == after
        shared += 2 * (Counter(before) & Counter(after)).total()
        total += len(before) + len(after)
    return same / len(texts), shared / total
