"""Measures how well questions find the articles that people judged relevant, on the path that readers use.

A folder of judgements holds ``docs.jsonl`` (articles), ``queries.jsonl`` (``id`` and ``text``) and
``qrels.tsv`` (query id, 0, document id, relevance, parted by tabs or spaces: TREC's form). Without
``docs.jsonl`` the judgements are about the configured corpus. The articles are read, analysed and indexed as
any others, and ranked by the search service; the measures are ir-measures'.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import ir_measures
import msgspec
from ir_measures import AP, RR, R, nDCG

from analyzers.errors import RasadError
from indexer.article import Article
from indexer.corpus import Corpus, CorpusError
from indexer.settings import Settings
from indexer.update import Progress, update
from searchapp.library import Library
from searchapp.models import SearchParameters

Spacing = Literal["original", "joined", "spaced"]

_ZWNJ = "\u200c"
_RESPELLED = {"joined": "", "spaced": " "}
_DEPTH = 1000  # ranks that count for MAP, as in TREC


class JudgementsError(RasadError):
    """A folder of judgements that cannot be used; the message names the file and the line."""


class Question(msgspec.Struct, frozen=True):
    """A line of ``queries.jsonl``."""

    id: str
    text: str


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """How well the questions were answered, means over all that have a relevant article; each from 0 to 1.

    ``mrr_10`` is the reciprocal rank of the first relevant article among the first ten, ``map`` the mean
    average precision, ``ndcg_10`` the discounted gain of the first ten, ``recall_100`` the share of the
    relevant articles among the first hundred.
    """

    spacing: Spacing
    queries: int
    documents: int
    mrr_10: float = msgspec.field(name="MRR@10")
    map: float = msgspec.field(name="MAP")
    ndcg_10: float = msgspec.field(name="nDCG@10")
    recall_100: float = msgspec.field(name="R@100")


def evaluate(
    folder: Path,
    settings: Settings,
    spacing: Spacing = "original",
    progress: Callable[[Progress], None] = lambda _progress: None,
) -> Evaluation:
    """Index the judged articles in a temporary index, ask the questions and measure the rankings.

    ``spacing`` respells the articles, titles included, with every U+200C dropped ("joined") or made a space
    ("spaced"), while the questions stay as typed. The corpus layer is learned from the articles, as in
    production. Raises :class:`JudgementsError`.
    """
    judgements = list(_judgements(folder / "qrels.tsv"))
    judged = {judgement.query_id for judgement in judgements if judgement.relevance > 0}
    questions = [question for question in _questions(folder / "queries.jsonl") if question.id in judged]
    if not questions:
        raise JudgementsError(f"{folder} has no question with a relevant document; are its files of one set?")
    documents = folder / "docs.jsonl"
    own = documents.is_file()
    if not own and not _in_corpus(settings, judgements):
        raise JudgementsError(f"{documents} is missing, and the corpus has none of the judged documents")
    with TemporaryDirectory(prefix="rasad-evaluation-") as temporary:
        base = Path(temporary)
        aside = msgspec.structs.replace(
            settings, index=msgspec.structs.replace(settings.index, path=base / "index")
        )
        if own:
            aside = _over(aside, documents, base)
        if spacing != "original":
            aside = _over(aside, _respelled(aside, base / "docs.jsonl", _RESPELLED[spacing]), base)
        report = update(aside, progress=progress)
        failed = [problem for problem in report.problems if problem.kind == "failed"]
        if failed:
            raise JudgementsError(str(failed[0]))
        with closing(Library(aside)) as library:
            measured = ir_measures.calc_aggregate(
                [RR @ 10, AP, nDCG @ 10, R @ 100],
                [judgement for judgement in judgements if judgement.query_id in judged],
                _rankings(library, questions),
            )
    return Evaluation(
        spacing=spacing,
        queries=len(questions),
        documents=report.new,
        mrr_10=measured[RR @ 10],
        map=measured[AP],
        ndcg_10=measured[nDCG @ 10],
        recall_100=measured[R @ 100],
    )


def _rankings(library: Library, questions: list[Question]) -> Iterator[ir_measures.ScoredDoc]:
    service = library.service()
    for question in questions:
        found = service.find(SearchParameters(q=question.text, size=_DEPTH, fold=False))
        for place, hit in enumerate(found.response.hits):
            # The place stands for the score, because measures order equal scores in ways of their own.
            yield ir_measures.ScoredDoc(question.id, hit.article_id, -place)


def _judgements(path: Path) -> Iterator[ir_measures.Qrel]:
    for number, line in _lines(path):
        try:
            question_id, _, document_id, relevance = line.split()
            yield ir_measures.Qrel(question_id, document_id, int(relevance))
        except ValueError:
            raise JudgementsError(
                f"{path}, line {number}: wanted query id, 0, document id, relevance"
            ) from None


def _questions(path: Path) -> Iterator[Question]:
    for number, line in _lines(path):
        try:
            yield msgspec.convert(json.loads(line), Question)
        except (json.JSONDecodeError, msgspec.ValidationError) as error:
            raise JudgementsError(f"{path}, line {number}: {error}") from None


def _corpus(settings: Settings) -> Corpus:
    return Corpus(settings.roots, settings.corpus.exclude, settings.base)


def _in_corpus(settings: Settings, judgements: list[ir_measures.Qrel]) -> bool:
    judged = {judgement.doc_id for judgement in judgements}
    try:
        return any(isinstance(found, Article) and found.id in judged for found in _corpus(settings).read())
    except CorpusError:
        return False


def _over(settings: Settings, documents: Path, base: Path) -> Settings:
    """Make one file the whole corpus."""
    corpus = msgspec.structs.replace(settings.corpus, paths=(documents.absolute(),), exclude=())
    return msgspec.structs.replace(settings, corpus=corpus, base=base)


def _respelled(settings: Settings, copy: Path, replacement: str) -> Path:
    """Copy the articles with every U+200C of their titles and texts replaced."""
    with copy.open("wb") as out:
        for found in _corpus(settings).read():
            if isinstance(found, Article):
                values = {
                    **found.metadata,
                    "id": found.id,
                    "title": found.title.replace(_ZWNJ, replacement),
                    "date": found.date,
                    "source": found.source,
                    "url": found.url,
                    "category": found.category,
                    "text": found.text.replace(_ZWNJ, replacement),
                }
                out.write(msgspec.json.encode(values) + b"\n")
            elif found.kind == "failed":
                raise JudgementsError(str(found))
    return copy


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not empty, with their numbers."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line
    except FileNotFoundError:
        raise JudgementsError(f"{path} is missing") from None
    except UnicodeDecodeError:
        raise JudgementsError(f"{path} is not UTF-8; save it as UTF-8") from None
