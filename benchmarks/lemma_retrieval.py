"""How well the words of a lemma find each other, measured on a treebank whose lemmas people checked.

A sentence is a document. For a lemma, those are relevant that hold a word of it in the right part of speech;
those are found that hold every term of the query. The query is the lemma, or for a verb, whose lemma in these
treebanks is a pair of stems (داد#ده), its commonest form. F1 is averaged over lemmas, so that common words do
not drown the others; lemmas with one form only, of fewer than 3 letters, or in a single sentence or in more
than 50 say little about inflection and are left out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from spacing import SPACINGS
from systems import System

CLASSES = {"nouns and adjectives": ("NOUN", "ADJ", "PROPN"), "verbs": ("VERB",)}


class Word(NamedTuple):
    """A word of a treebank."""

    form: str
    lemma: str
    part: str


class Sentence(NamedTuple):
    """A sentence of a treebank: the text as written and its words."""

    text: str
    words: Sequence[Word]


def read_treebank(path: Path) -> Iterator[Sentence]:
    """Read a CoNLL-U file; where a word's last column has an OrigLemma, that is its lemma."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip().split("\n")
        text = next((line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")), "")
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        words = [Word(row[1], _lemma(row), row[3]) for row in rows if row[0].isdigit()]
        if words:
            yield Sentence(text, words)


def _lemma(row: Sequence[str]) -> str:
    extras = dict(extra.split("=", 1) for extra in row[9].split("|") if "=" in extra)
    return extras.get("OrigLemma", row[2])


def f1(system: System, treebank: Sequence[Sentence], parts: Sequence[str], spacing: str) -> float:
    """Return the mean F1 over the lemmas of these parts of speech, texts and queries respelled alike."""
    respell = SPACINGS[spacing]
    relevant: dict[str, set[int]] = defaultdict(set)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    index: dict[str, set[int]] = defaultdict(set)
    for number, sentence in enumerate(treebank):
        for word in sentence.words:
            if word.part in parts:
                relevant[word.lemma].add(number)
                forms[word.lemma][word.form] += 1
        for term in frozenset().union(*system.analyze(respell(sentence.text))):
            index[term].add(number)
    scores = []
    for lemma, wanted in relevant.items():
        if not 2 <= len(wanted) <= 50 or len(forms[lemma]) < 2 or len(lemma.split("#")[0]) < 3:
            continue
        query = forms[lemma].most_common(1)[0][0] if "#" in lemma else lemma
        holding = [set().union(*(index[term] for term in terms)) for terms in system.analyze(respell(query))]
        found = set.intersection(*holding) if holding else set()
        scores.append(2 * len(wanted & found) / (len(wanted) + len(found)))
    return sum(scores) / len(scores)
