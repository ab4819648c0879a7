"""Counts how often the word that was meant is the first suggestion, over questions spoilt on purpose.

    python benchmarks/suggestions.py NEWS.jsonl [--seed 1] [--queries 300]

The words are drawn from an index of the news, each as often as another. A third is misspelt by one slip of a
writer (a key beside the right one, a letter of the same sound, a letter left out, doubled or put in, two
swapped) that makes no word of the index; a third is typed on the wrong keyboard layout, every fifth of these
a Latin name on a Persian one; a third is in Latin letters, every other of these a name of the news, the rest
words of ``romanised.tsv``. A suggestion is right when it has the letters of the word, wherever its U+200C is.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from analyzers import load_analyzer
from analyzers.exonyms import exonyms
from analyzers.folding import fold
from analyzers.keyboard import as_latin, as_persian, neighbours
from analyzers.relations import Relations
from analyzers.tables import read_rows
from indexer.generations import open_current
from indexer.settings import CorpusSettings, IndexSettings, Settings
from indexer.update import update
from searchapp.known import KnownWords
from searchapp.suggest import Suggester
from searchapp.wording import Wording

ROMANISED = Path(__file__).parent / "romanised.tsv"
SOUNDS = ("سصث", "زذضظ", "تط", "هح", "قغ", "اع")
LETTERS = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
LEAST_LETTERS, LEAST_PARAGRAPHS = 4, 5

Spoilt = tuple[str, str, str]


def _next_key(word: str, at: int, rng: random.Random) -> str:
    near = sorted(letter for letter in neighbours().get(word[at], ()) if letter in LETTERS)
    return word[:at] + rng.choice(near) + word[at + 1 :] if near else word


def _same_sound(word: str, at: int, rng: random.Random) -> str:
    others = [letter for group in SOUNDS if word[at] in group for letter in group if letter != word[at]]
    return word[:at] + rng.choice(others) + word[at + 1 :] if others else word


def _left_out(word: str, at: int, _: random.Random) -> str:
    return word[:at] + word[at + 1 :]


def _put_in(word: str, at: int, rng: random.Random) -> str:
    near = sorted(letter for letter in neighbours().get(word[at], ()) if letter in LETTERS)
    return word[:at] + rng.choice([word[at], *near]) + word[at:]


def _swapped(word: str, at: int, _: random.Random) -> str:
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


SLIPS: dict[str, Callable[[str, int, random.Random], str]] = {
    "next key": _next_key,
    "same sound": _same_sound,
    "left out": _left_out,
    "put in": _put_in,
    "swapped": _swapped,
}


def misspelt(words: list[str], known_words: KnownWords, rng: random.Random) -> Iterator[Spoilt]:
    """Yield slips of every kind in turn, for words in random order."""
    kinds = list(SLIPS)
    turn = 0
    for word in words:
        kind = kinds[turn % len(kinds)]
        places = rng.sample(range(len(word)), len(word))
        for at in places:
            typed = SLIPS[kind](word, at, rng)
            if typed != word and not known_words.holds(typed):
                turn += 1
                yield kind, typed, word
                break


def mistyped(words: list[str], names: list[tuple[str, str]], rng: random.Random) -> Iterator[Spoilt]:
    """Yield words as their keys on a Latin layout, and Latin names as theirs on a Persian one."""
    for turn, word in enumerate(words):
        if turn % 5 == 4:
            latin, persian = names[turn % len(names)]
            yield "Latin name on a Persian layout", rng.choice(as_persian(latin)), persian
        else:
            yield "Persian word on a Latin layout", rng.choice(as_latin(word)), word


def in_latin(known: frozenset[str], names: list[tuple[str, str]], rng: random.Random) -> Iterator[Spoilt]:
    """Yield names and words in Latin letters, one of each in turn."""
    rows = [row for row in read_rows(ROMANISED, columns=2) if fold(row[0]) in known]
    rng.shuffle(rows)
    for (word, spellings), (latin, persian) in zip(rows, names, strict=False):
        yield "word", rng.choice(spellings.split("|")), word
        yield "name", latin, persian


def names_held(known_words: KnownWords) -> list[tuple[str, str]]:
    """Pair the names in Latin letters with their first Persian form that the index holds."""
    return [
        (" ".join(latin), persian)
        for latin, forms in exonyms().items()
        if len("".join(latin)) >= LEAST_LETTERS
        and (persian := next((form for form in forms if known_words.holds(form)), None))
    ]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--failures", action="store_true", help="print what was not suggested first")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            corpus=CorpusSettings(paths=(arguments.news.resolve(),)),
            index=IndexSettings(path=Path(folder) / "index"),
            base=Path(folder),
        )
        update(settings)
        opened = open_current(settings)
        engine, analyzer = opened.engine, load_analyzer(opened.layer)
        known_words = KnownWords(engine, analyzer, Relations(analyzer), Wording(engine, analyzer))
        suggester = Suggester(known_words)
        rows = engine.suggest_terms("", field="exact", limit=1 << 62)
        known = frozenset(row.term for row in rows)
        words = [
            row.term
            for row in rows
            if row.count >= LEAST_PARAGRAPHS
            and len(row.term) >= LEAST_LETTERS
            and set(row.term) <= set(LETTERS)
        ]
        rng.shuffle(words)
        names = names_held(known_words)
        rng.shuffle(names)
        single = [name for name in names if " " not in name[0]]
        third = arguments.queries // 3
        suggester.suggest(words[0])
        for title, queries in (
            ("misspelt", misspelt(words, known_words, rng)),
            ("layout", mistyped(words[third * 3 :], single, rng)),
            ("Latin", in_latin(known, names, rng)),
        ):
            drawn = [query for query, _ in zip(queries, range(third), strict=False)]
            _report(title, drawn, suggester, failures=arguments.failures)
    return 0


def _report(title: str, queries: list[Spoilt], suggester: Suggester, *, failures: bool) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    seconds = []
    for kind, typed, meant in queries:
        began = time.perf_counter()
        suggestions = suggester.suggest(typed)
        seconds.append(time.perf_counter() - began)
        found = bool(suggestions) and letters(suggestions[0].query) == letters(meant)
        right[kind].append(found)
        if failures and not found:
            print(title, kind, typed, meant, [each.query for each in suggestions], sep="\t", file=sys.stderr)
    every = [found for founds in right.values() for found in founds]
    seconds.sort()
    print(
        json.dumps(
            {
                "queries": title,
                "count": len(every),
                "first": round(sum(every) / len(every), 3),
                "kinds": {kind: f"{sum(founds)}/{len(founds)}" for kind, founds in right.items()},
                "median_ms": round(seconds[len(seconds) // 2] * 1000, 1),
                "p95_ms": round(seconds[int(len(seconds) * 0.95)] * 1000, 1),
            },
            ensure_ascii=False,
        )
    )


def letters(text: str) -> str:
    return fold(text).replace(" ", "")


if __name__ == "__main__":
    sys.exit(main())
