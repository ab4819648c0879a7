"""Pairs of spellings that must be one term, and pairs that must not."""

from collections.abc import Sequence
from pathlib import Path

from systems import System

Pair = tuple[str, str, str, str]


def read_pairs(path: Path) -> list[Pair]:
    """Read a table of kind, expectation (same, apart, related) and two spellings, below a header row."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [(row[0], row[1], row[2], row[3]) for row in rows if len(row) == 4]


def as_expected(system: System, pairs: Sequence[Pair]) -> int:
    """Count the pairs that have the same terms where they should, and others where they should not.

    Related words are told apart here: relating them is the work of searching, not of terms.
    """
    return sum(
        (system.analyze(a) == system.analyze(b)) == (expected == "same") for _, expected, a, b in pairs
    )
