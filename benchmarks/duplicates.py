"""Measures what finding copies of articles costs, and prints pairs of them to be judged by eye.

    python benchmarks/duplicates.py DATA --work FOLDER --paragraphs 100000
    python benchmarks/duplicates.py DATA --work FOLDER --paragraphs 100000 --pairs 60 --from 34 --to 37

DATA holds .jsonl files of articles (``id``, ``text``, ``title``, ``date``, ``source``); FOLDER keeps the
index. With ``--pairs`` it prints a sample of the pairs whose signatures agree in so many bytes, whether that
is enough for a copy or not. docs/duplicates.md tells what was found.
"""

import argparse
import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from datasketch import MinHash
from paragraphs import analyzed, questions
from whoosh import query

from indexer import similarity
from indexer.engine import SearchRequest
from indexer.engines.columnar.answering import answer
from indexer.engines.columnar.engine import ColumnarEngine
from indexer.engines.columnar.similarity import SimilarPairs
from indexer.engines.columnar.snapshot import ColumnarSnapshot
from indexer.settings import SearchSettings
from indexer.signatures import SIGNATURE_BYTES, Terms, signatures
from indexer.similarity import Groups, similar_pairs

SETTINGS = SearchSettings()
TEXT_SHOWN = 300
TIMED_ARTICLES, SIGNED_TOGETHER = 5_000, 64


def build(data: Path, work: Path, count: int) -> ColumnarEngine:
    """Open the index, built when missing; the terms of some articles and questions are kept beside it."""
    folder = work / f"duplicates-{count}"
    if folder.is_dir():
        return ColumnarEngine(folder, SETTINGS)
    folder.mkdir(parents=True)
    engine = ColumnarEngine.create(folder, SETTINGS)
    terms: list[tuple[list[str], list[str]]] = []
    known: set[str] = set()
    with engine.batch() as batch:
        for article in analyzed([data], count):
            batch.add(article.prepared)
            body = [term for paragraph in article.flat for term in paragraph.terms]
            known.update(body)
            if len(terms) < TIMED_ARTICLES:
                terms.append((article.title, body))
    asked = questions(known, [title for title, _ in terms], 189)
    kept = json.dumps({"terms": terms, "questions": asked})
    (work / f"duplicates-{count}.json").write_text(kept, encoding="utf-8")
    return engine


def milliseconds(do: Callable[[], Any], times: int = 5) -> float:
    """The least of several times."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        do()
        taken.append((time.perf_counter() - start) * 1000)
    return min(taken)


def numbered(articles: Sequence[Sequence[str]]) -> Terms:
    """Number the terms of a passage of some articles, as their preparation does."""
    numbers = {term: number for number, term in enumerate(dict.fromkeys(chain.from_iterable(articles)))}
    return Terms(
        [term.encode() for term in numbers],
        np.array([numbers[term] for term in chain.from_iterable(articles)], np.uint32),
        np.array(list(map(len, articles))),
    )


def costs(snapshot: ColumnarSnapshot, terms: list[Any], asked: list[list[str]]) -> None:
    segments = snapshot.segments
    pairs = SimilarPairs.of(segments, None)
    live = np.ones(int(pairs.starts[-1]), np.bool_)
    signed = np.concatenate([segment.signatures for segment in segments])
    days = np.concatenate([segment.column("date")[segment.column("number") == 1] for segment in segments])
    one = np.arange(len(live)) == len(live) // 2
    groups = Groups.of(pairs.pairs, live)
    sizes = np.bincount(np.bincount(groups.first))
    runs = [[" ".join(text[at : at + 3]).encode() for at in range(len(text))] for _, text in terms]
    sketching = milliseconds(lambda: list(MinHash.generator(runs, num_perm=SIGNATURE_BYTES)), 2)
    chunks = [
        zip(*terms[at : at + SIGNED_TOGETHER], strict=True) for at in range(0, len(terms), SIGNED_TOGETHER)
    ]
    passages = [[numbered(articles) for articles in chunk] for chunk in chunks]
    signing = milliseconds(lambda: [signatures(*each) for each in passages], 2)
    rows = {
        "articles": f"{len(live):,}",
        "paragraphs": f"{snapshot.document_count:,}",
        "groups of two, three, more": f"{sizes[2]:,}, {sizes[3]:,}, {sizes[4:].sum():,}",
        "signing an article, µs": f"{signing / len(terms) * 1000:.1f}",
        "the same by datasketch, µs": f"{sketching / len(terms) * 1000:.1f}",
        "all pairs afresh, ms": f"{milliseconds(lambda: SimilarPairs.of(segments, None)):.1f}",
        "pairs of one new article, ms": f"{milliseconds(lambda: similar_pairs(signed, days, one)):.1f}",
        "groups of all pairs, ms": f"{milliseconds(lambda: Groups.of(pairs.pairs, live).members):.1f}",
    }
    times: dict[bool, list[float]] = {False: [], True: []}
    for words in asked:
        either = query.Or([query.Term("text", word) for word in words])
        for fold, taken in times.items():
            request = SearchRequest(query=either, fold=fold)
            taken.append(milliseconds(lambda asked=request: answer(asked, snapshot, SETTINGS), 3))
    apart, folded = (statistics.median(times[fold]) for fold in (False, True))
    more = statistics.median(b - a for a, b in zip(times[False], times[True], strict=True))
    rows["a page of ten, unfolded, ms"] = f"{apart:.2f}"
    rows["the same folded, ms"] = f"{folded:.2f} (median difference {more:.2f})"
    print("| what | |\n|---|--:|\n" + "\n".join(f"| {name} | {value} |" for name, value in rows.items()))


def show_pairs(snapshot: ColumnarSnapshot, count: int, least: int, most: int) -> None:
    similarity._AGREEING = least  # to look below the threshold
    segments = snapshot.segments
    signed = np.concatenate([segment.signatures for segment in segments])
    pairs = SimilarPairs.of(segments, None).pairs
    agreeing = (signed[pairs[:, 0]] == signed[pairs[:, 1]]).sum(axis=1)
    print("pairs by bytes that agree:", dict(sorted(Counter(agreeing.tolist()).items())))
    wanted = np.flatnonzero(agreeing <= most)
    chosen = random.Random(1).sample(wanted.tolist(), min(count, len(wanted)))  # noqa: S311 - repeatable
    for number, place in enumerate(chosen, 1):
        print(f"\n{number}. {agreeing[place]} bytes agree")
        for article in pairs[place].tolist():
            first = snapshot.stored(int(snapshot.columns.article_starts[article]))
            text = " ".join(first.text.split())[:TEXT_SHOWN]
            print(f"  {first.date} {first.source} «{first.title}» {text}")


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--work", type=Path, required=True)
    arguments.add_argument("--paragraphs", type=int, default=100_000)
    arguments.add_argument("--pairs", type=int, default=0)
    arguments.add_argument("--from", dest="least", type=int, default=34)
    arguments.add_argument("--to", dest="most", type=int, default=SIGNATURE_BYTES)
    given = arguments.parse_args()
    engine = build(given.data, given.work, given.paragraphs)
    if given.pairs:
        show_pairs(engine.snapshot(), given.pairs, given.least, given.most)
        return
    kept = json.loads((given.work / f"duplicates-{given.paragraphs}.json").read_text(encoding="utf-8"))
    costs(engine.snapshot(), kept["terms"], kept["questions"])


if __name__ == "__main__":
    main()
