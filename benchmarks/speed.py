"""How fast an analyzer is, and what its words cost to load."""

import subprocess
import sys
import time
from collections.abc import Sequence

from systems import System

# In a process of its own; resident memory as Linux counts it, in pages.
_LOAD = """
import resource, time
import analyzers

def resident():
    with open("/proc/self/statm") as counts:
        return int(counts.read().split()[1]) * resource.getpagesize() / 2**20

before = resident()
began = time.perf_counter()
lexicon = analyzers.load_lexicon()
print((time.perf_counter() - began) * 1000, resident() - before)
"""


def words_per_second(system: System, texts: Sequence[str]) -> float:
    """Return how many words, as spaces part them, are analysed in a second, each text once."""
    began = time.perf_counter()
    for text in texts:
        system.native(text)
    return sum(len(text.split()) for text in texts) / (time.perf_counter() - began)


def lexicon_load() -> tuple[float, float]:
    """Return the milliseconds and the mebibytes that loading the compiled lexicon takes, best of five."""
    runs = [subprocess.run([sys.executable, "-c", _LOAD], check=True, capture_output=True) for _ in range(5)]
    return min((float(took), float(grown)) for took, grown in (run.stdout.split() for run in runs))
