"""How well the search answers the desk officer's questions about the samples; the figures may not fall."""

from contextlib import closing
from pathlib import Path

import ir_measures
import msgspec
import pytest
from ir_measures import nDCG

from indexer.article import Article
from indexer.corpus import Corpus
from indexer.paragraphs import split
from indexer.settings import Settings
from indexer.update import update
from searchapp.evaluation import evaluate
from searchapp.library import Library
from searchapp.models import SearchParameters

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "seeds" / "judgements"


def rows(name):
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [(question, document, int(grade)) for question, _, document, grade in map(str.split, lines)]


@pytest.fixture(scope="module")
def questions():
    lines = (FOLDER / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    return {question["id"]: question["text"] for question in map(msgspec.json.decode, lines)}


@pytest.fixture(scope="module")
def settings():
    corpus = msgspec.structs.replace(Settings().corpus, paths=(ROOT / "seeds",))
    return msgspec.structs.replace(Settings(), corpus=corpus, base=ROOT)


@pytest.fixture(scope="module")
def articles(settings):
    found = Corpus(settings.corpus.paths, settings.corpus.exclude, settings.base).read()
    return [article for article in found if isinstance(article, Article)]


@pytest.fixture(scope="module")
def service(settings, tmp_path_factory):
    index = msgspec.structs.replace(settings.index, path=tmp_path_factory.mktemp("judgements") / "index")
    aside = msgspec.structs.replace(settings, index=index)
    update(aside)
    with closing(Library(aside)) as library:
        yield library.service()


def test_the_articles_are_ranked_well(settings, capsys):
    found = evaluate(FOLDER, settings)
    with capsys.disabled():
        print(f"\nseeds/judgements, {found.queries} queries: articles nDCG@10 {found.ndcg_10:.4f}")  # noqa: T201
    assert found.ndcg_10 >= 0.85


def test_the_paragraphs_are_ranked_well(service, questions, capsys):
    ranking = [
        ir_measures.ScoredDoc(key, f"{hit.article_id}#{hit.number}", -place)
        for key, text in questions.items()
        for place, hit in enumerate(service.find(SearchParameters(q=text, group="paragraph")).response.hits)
    ]
    judgements = [ir_measures.Qrel(*row) for row in rows("qrels_paragraphs.tsv")]
    figure = ir_measures.calc_aggregate([nDCG @ 10], judgements, ranking)[nDCG @ 10]
    with capsys.disabled():
        print(f"\nseeds/judgements, {len(questions)} queries: paragraphs nDCG@10 {figure:.4f}")  # noqa: T201
    assert figure >= 0.6


def test_no_question_lacks_an_answer_in_its_first_ten(service, questions):
    relevant = {(question, document) for question, document, grade in rows("qrels.tsv") if grade}
    lacking = set()
    for key, text in questions.items():
        hits = service.find(SearchParameters(q=text, size=10)).response.hits
        if not any((key, hit.article_id) in relevant for hit in hits):
            lacking.add(key)
    assert lacking == set()


def test_the_questions_are_a_desk_officers(questions, articles):
    """Short, and in words of their own: none is a title."""
    assert len(questions) >= 64
    assert not [text for text in questions.values() if not 2 <= len(text.split()) <= 8]
    assert not {article.title for article in articles}.intersection(questions.values())


def test_what_is_judged_exists(questions, articles):
    paragraphs = {
        f"{article.id}#{paragraph.number}" for article in articles for paragraph in split(article.text)
    }
    judged = rows("qrels_paragraphs.tsv")
    assert {document for _, document, _ in judged} <= paragraphs
    assert {question for question, _, grade in judged if grade} == set(questions)
    assert len({row[:2] for row in judged}) == len(judged)


def test_an_article_is_as_relevant_as_its_best_paragraph():
    best = {}
    for question, paragraph, grade in rows("qrels_paragraphs.tsv"):
        key = question, paragraph.partition("#")[0]
        best[key] = max(best.get(key, 0), grade)
    assert {row[:2]: row[2] for row in rows("qrels.tsv")} == best
