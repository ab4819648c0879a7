"""Precision, recall and F1 of entities against CoNLL-style files, and of countries a sentence.

``python -m benchmarks.entities FOLDER`` prints a table of every ``*.txt`` below the folder. A line is a word,
``|`` or a tab, and a tag (``B_LOC`` or ``B-LOC``); an empty line ends a sentence. With ``--errors`` it
shows what was wrong and what was missed. See ``docs/entities.md``.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from analyzers import PersianAnalyzer, load_analyzer
from analyzers.countries import country_rows
from analyzers.entities import Entity, EntityFinder
from analyzers.folding import fold
from analyzers.names import forms

# Place, person and organization as the files tag them; what names a country by its capital is a place there.
TYPES = {"LOC": ("country", "place"), "PER": ("person",), "ORG": ("organization",)}


_SHOWN = 150


class Span(NamedTuple):
    """A tagged stretch ``text[start:end]`` of a sentence."""

    tag: str
    start: int
    end: int


class Sentence(NamedTuple):
    """Words joined by spaces, and the spans an annotator marked."""

    text: str
    spans: list[Span]


class Score:
    """Counts of what is right, found and wanted."""

    def __init__(self) -> None:
        self.right = self.found = self.wanted = 0

    def add(self, found: set[object], wanted: set[object]) -> None:
        """Count one sentence."""
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)

    def __str__(self) -> str:
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.wanted if self.wanted else 0.0
        f1 = 2 * precision * recall / (precision + recall) if self.right else 0.0
        return f"{precision:.3f} | {recall:.3f} | {f1:.3f} | {self.wanted}"


def read(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a file."""
    words: list[tuple[str, str]] = []
    for line in (*path.read_text(encoding="utf-8").splitlines(), ""):
        if line.strip():
            word, _, tag = line.replace("\t", "|").rpartition("|")
            words.append((word, tag.strip().replace("_", "-")))
        elif words:
            yield _sentence(words)
            words = []


def _sentence(words: Iterable[tuple[str, str]]) -> Sentence:
    text = ""
    spans: list[Span] = []
    for word, tag in words:
        start = len(text) + bool(text)
        text = f"{text} {word}" if text else word
        kind, _, name = tag.partition("-")
        if kind == "I" and spans and spans[-1].tag == name and spans[-1].end == start - 1:
            spans[-1] = spans[-1]._replace(end=len(text))
        elif name:
            spans.append(Span(name, start, len(text)))
    return Sentence(text, spans)


def country_keys() -> dict[str, str]:
    """Map every name of a country, folded and without spaces, to its code: what a gold span may be called."""
    return {
        _key(form): code
        for code, label, names, historic, *_ in country_rows()
        for form in (label, *forms(names), *forms(historic))
    }


def _key(name: str) -> str:
    return fold(name).replace(" ", "").replace("\u200c", "")


class Countries:
    """Scores countries a sentence: gold are the LOC spans that name one, ours those named by name.

    A file that tags nations (NAT) counts those and our demonyms too. ``strict`` takes a country inside a span
    of another type (the ORG «وزارت خارجه روسیه») or of a wider place (the LOC «شمال عراق») for wrong; the
    plain score leaves it out, for the annotators marked no country there and the text names one.
    """

    def __init__(self, analyzer: PersianAnalyzer, finder: EntityFinder, *, nations: bool) -> None:
        self._analyzer = analyzer
        self._finder = finder
        self._keys = country_keys()
        self._vias = {"name", "demonym"} if nations else {"name"}
        self._nations = nations
        self.plain, self.strict = Score(), Score()
        self.wrong: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()

    def add(self, sentence: Sentence, entities: Iterable[Entity]) -> None:
        """Count one sentence with what was found in it."""
        wanted = {code for span in sentence.spans for code in self._gold(sentence.text, span)}
        ours = [entity for entity in entities if entity.type == "country" and entity.via in self._vias]
        found = {entity.id for entity in ours}
        outside = {entity.id for entity in ours if not self._within_other(entity, sentence)}
        self.strict.add(found, wanted)  # type: ignore[arg-type]
        self.plain.add(outside | (found & wanted), wanted)  # type: ignore[arg-type]
        for entity in ours:
            if entity.id in outside - wanted:
                self.wrong[sentence.text[max(0, entity.start - 25) : entity.end + 15]] += 1
        for code in wanted - found:
            self.missed[f"{code}: {sentence.text[:150]}"] += 1

    def _gold(self, text: str, span: Span) -> set[str]:
        name = text[span.start : span.end]
        if span.tag == "LOC":
            code = self._keys.get(_key(name.removeprefix("کشور ")))
            return {code} if code else set()
        if span.tag == "NAT" and self._nations:
            tokens = self._analyzer.analyze(name)
            return {entity.id for entity in self._finder.find(name, tokens) if entity.type == "country"}
        return set()

    def _within_other(self, entity: Entity, sentence: Sentence) -> bool:
        return any(
            span.start < entity.end and entity.start < span.end and not self._gold(sentence.text, span)
            for span in sentence.spans
        )


def measure(path: Path, analyzer: PersianAnalyzer, finder: EntityFinder, *, errors: bool) -> Iterator[str]:
    """Yield the rows of one file: by type on exact spans, then countries a sentence."""
    sentences = list(read(path))
    nations = any(span.tag == "NAT" for sentence in sentences for span in sentence.spans)
    countries = Countries(analyzer, finder, nations=nations)
    scores = {tag: Score() for tag in TYPES}
    wrong: dict[str, Counter[str]] = {tag: Counter() for tag in TYPES}
    missed: dict[str, Counter[str]] = {tag: Counter() for tag in TYPES}
    for text, spans in sentences:
        entities = finder.find(text, analyzer.analyze(text))
        countries.add(Sentence(text, spans), entities)
        for tag, types in TYPES.items():
            found = {(e.start, e.end) for e in entities if e.type in types and e.via != "demonym"}
            wanted = {(span.start, span.end) for span in spans if span.tag == tag}
            scores[tag].add(found, wanted)  # type: ignore[arg-type]
            wrong[tag].update(_shown(text, start, end) for start, end in found - wanted)
            missed[tag].update(_shown(text, start, end) for start, end in wanted - found)
    name = f"{path.parent.name}/{path.stem}"
    for tag, score in scores.items():
        yield f"| {name} | {tag} | {score} |"
    yield f"| {name} | countries | {countries.plain} |"
    yield f"| {name} | countries, strict | {countries.strict} |"
    if errors:
        for title, shown in (("countries", countries.wrong), *wrong.items()):
            yield from (f"WRONG {title}: {text}" for text, _ in shown.most_common(_SHOWN))
        for title, shown in (("countries", countries.missed), *missed.items()):
            yield from (f"MISSED {title}: {text}" for text, _ in shown.most_common(_SHOWN))


def _shown(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 25) : start]}[{text[start:end]}]{text[end : end + 20]}"


def speed(path: Path, analyzer: PersianAnalyzer, finder: EntityFinder) -> float:
    """Return how many analysed paragraphs of 56 words the finder reads a second of processor time."""
    words = [word for text, _ in read(path) for word in text.split()]
    texts = [" ".join(words[start : start + 56]) for start in range(0, len(words) - 55, 56)]
    analyzed = [(text, analyzer.analyze(text)) for text in texts]
    began = time.process_time()
    for text, tokens in analyzed:
        finder.find(text, tokens)
    return len(texts) / (time.process_time() - began)


def main(folder: Path, *, errors: bool = False) -> None:
    """Print the table of every file below ``folder``."""
    analyzer = load_analyzer()
    finder = EntityFinder(analyzer)
    files = sorted(folder.rglob("*.txt")) if folder.is_dir() else [folder]
    print("| file | what | precision | recall | F1 | wanted |\n|---|---|---|---|---|---|")
    for path in files:
        for row in measure(path, analyzer, finder, errors=errors):
            print(row)
    print(f"\n{speed(files[0], analyzer, finder):,.0f} paragraphs of 56 words a second of processor time")


if __name__ == "__main__":
    main(Path(sys.argv[1]), errors="--errors" in sys.argv[2:])
