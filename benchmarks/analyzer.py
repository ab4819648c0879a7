"""Rasad's analyzer beside hazm's and Parsivar's, in one run and one Markdown table: make bench DATA=folder.

README.md beside this file says what the folder holds and how each figure is made.
"""

import datetime as dt
import json
import platform
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import lemma_retrieval
import pairs
import speed
import systems
from spacing import SPACINGS, invariance

_MEASURED = 5
_PARAGRAPHS = 3000
# A paragraph with fewer zero-width non-joiners hardly differs between the spacings.
_JOINTS = 4


def main(folder: Path) -> None:
    """Measure everything that the folder has data for and print the table."""
    learned, measured = news(folder)
    rows = {}
    for system in (systems.rasad(learned), systems.rasad(None), systems.hazm(), systems.parsivar()):
        print(f"measuring {system.name}", file=sys.stderr)
        rows[system.name] = dict(figures(system, folder, measured))
    names = list(rows)
    today = dt.datetime.now(tz=dt.UTC).date()
    print(f"Measured on {today}, Python {platform.python_version()}, {len(measured):,} paragraphs of news.\n")
    print("| |", " | ".join(names), "|")
    print("|---|", "---|" * len(names), sep="")
    for measure in rows[names[0]]:
        print(f"| {measure} |", " | ".join(rows[name][measure] for name in names), "|")
    milliseconds, mebibytes = speed.lexicon_load()
    print(f"\nLoading the lexicon takes {milliseconds:.0f} ms and {mebibytes:.0f} MiB.")


def news(folder: Path) -> tuple[list[str], list[str]]:
    """Return the texts to learn from, and the paragraphs of the others to measure on, evenly drawn."""
    texts = [
        json.loads(line)["text"]
        for path in sorted(folder.glob("**/news/*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    held_out = [
        paragraph.strip()
        for text in texts[::_MEASURED]
        for paragraph in text.split("\n")
        if paragraph.count("\u200c") >= _JOINTS
    ]
    learned = [text for number, text in enumerate(texts) if number % _MEASURED]
    return learned, held_out[:: max(1, len(held_out) // _PARAGRAPHS)]


def figures(system: systems.System, folder: Path, measured: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each measure's name and what the system reaches; speed first, before it has seen the text."""
    if measured:
        yield "words a second", f"{speed.words_per_second(system, measured):,.0f}"
    for path in sorted(folder.glob("**/*.conllu")):
        treebank = list(lemma_retrieval.read_treebank(path))
        for name, parts in lemma_retrieval.CLASSES.items():
            scores = [lemma_retrieval.f1(system, treebank, parts, spacing) for spacing in SPACINGS]
            yield f"{path.stem}, {name}: F1", " / ".join(f"{score:.3f}" for score in scores)
    if measured:
        for spacing in ("joined", "spaced"):
            same, overlap = invariance(system, measured, spacing)
            yield f"news {spacing}: identical paragraphs, overlap of terms", f"{same:.3f}, {overlap:.4f}"
    for path in folder.glob("**/pairs.tsv"):
        by_kind: dict[str, list[pairs.Pair]] = {}
        for pair in pairs.read_pairs(path):
            if pair[1] != "related":
                by_kind.setdefault(pair[0], []).append(pair)
        for kind, chosen in by_kind.items():
            yield f"pairs, {kind}", f"{pairs.as_expected(system, chosen)} of {len(chosen)}"


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: make bench DATA=folder (benchmarks/README.md says what it holds)")
    main(Path(sys.argv[1]))
