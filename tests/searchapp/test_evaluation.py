import json

import msgspec
import pytest
from click.testing import CliRunner

from indexer.settings import Settings
from searchapp.cli import main
from searchapp.evaluation import JudgementsError, evaluate

DOCUMENTS = {
    "sanction": "شورای اروپا تحریم\u200cهای تازه\u200cای علیه مسکو وضع کرد.",
    "wheat": "بهای گندم در بازار جهانی بالا رفت.",
    "fishing": "ماهیگیران از طوفان شب گذشته گفتند.",
    "harvest": "برداشت گندم در استان\u200cهای جنوبی آغاز شد و گندم بیشتری خریده می\u200cشود.",
}
QUERIES = {"q1": "تحریم مسکو", "q2": "گندم", "q3": "زلزله", "unjudged": "طوفان"}
QRELS = "q1\t0\tsanction\t1\nq2\t0\twheat\t1\nq2 0 harvest 1\nq3\t0\tfishing\t1\nq1\t0\twheat\t0\n"


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path, DOCUMENTS, QUERIES, QRELS)


def write(folder, documents, queries, qrels):
    for name, rows in (("docs", documents), ("queries", queries)):
        lines = [json.dumps({"id": key, "text": text}, ensure_ascii=False) for key, text in rows.items()]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_measures_are_means_over_the_judged_questions(folder):
    found = evaluate(folder, Settings())
    assert (found.queries, found.documents) == (3, 4)
    # Both answers to q1 and q2 are found and lead; q3 has no answer that search could find.
    assert found.mrr_10 == pytest.approx(2 / 3)
    assert found.map == pytest.approx(2 / 3)
    assert found.ndcg_10 == pytest.approx(2 / 3)
    assert found.recall_100 == pytest.approx(2 / 3)


def test_a_relevant_article_further_down_counts_for_less(folder):
    write(folder, DOCUMENTS, {"q": "گندم"}, "q 0 wheat 1\n")
    first = evaluate(folder, Settings()).mrr_10
    write(folder, DOCUMENTS, {"q": "گندم"}, "q 0 harvest 1\n")
    assert sorted([first, evaluate(folder, Settings()).mrr_10]) == [0.5, 1.0]


@pytest.mark.parametrize("spacing", ["original", "joined", "spaced"])
def test_documents_are_found_in_every_spacing(folder, spacing):
    found = evaluate(folder, Settings(), spacing)
    assert found.spacing == spacing
    assert found.mrr_10 == pytest.approx(2 / 3)


def test_spacing_respells_the_documents_and_not_the_questions(tmp_path):
    write(tmp_path, {"a": "ویژه\u200cنامهٔ زرک\u200cچال"}, {"q": '"زرک چال"'}, "q 0 a 1\n")
    assert evaluate(tmp_path, Settings(), "spaced").mrr_10 == 1


@pytest.mark.parametrize("spacing", ["original", "joined", "spaced"])
def test_without_documents_the_configured_corpus_is_judged(folder, tmp_path, spacing):
    documents = (folder / "docs.jsonl").rename(tmp_path / "corpus.jsonl")
    corpus = msgspec.structs.replace(Settings().corpus, paths=(documents,))
    found = evaluate(folder, msgspec.structs.replace(Settings(), corpus=corpus), spacing)
    assert (found.queries, found.documents) == (3, 4)
    assert found.mrr_10 == pytest.approx(2 / 3)


def test_the_index_in_use_is_left_alone(folder, tmp_path):
    index = msgspec.structs.replace(Settings().index, path=tmp_path / "index")
    evaluate(folder, msgspec.structs.replace(Settings(), index=index))
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize(
    ("file", "content", "complaint"),
    [
        ("qrels.tsv", "q1\t0\tsanction\n", r"qrels\.tsv, line 1"),
        ("qrels.tsv", "\nq1\t0\tsanction\tyes\n", r"qrels\.tsv, line 2"),
        ("qrels.tsv", "other\t0\tsanction\t1\n", "no question with a relevant document"),
        ("queries.jsonl", '{"id": "q1"}\n', r"queries\.jsonl, line 1.*text"),
        ("queries.jsonl", "\n{broken\n", r"queries\.jsonl, line 2"),
        ("queries.jsonl", b"\xff\xfe", "not UTF-8"),
        ("docs.jsonl", None, r"docs\.jsonl is missing"),
        ("qrels.tsv", None, r"qrels\.tsv is missing"),
        ("docs.jsonl", "{broken\n", r"docs\.jsonl.*line 1"),
    ],
)
@pytest.mark.parametrize("spacing", ["original", "joined"])
def test_what_cannot_be_used_is_named(folder, file, content, complaint, spacing):
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(JudgementsError, match=complaint):
        evaluate(folder, Settings(), spacing)


def test_the_command_prints_json_for_programs(folder):
    result = CliRunner().invoke(main, ["evaluate", str(folder), "--spacing", "joined", "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found.keys() == {"spacing", "queries", "documents", "MRR@10", "MAP", "nDCG@10", "R@100"}
    assert found["MRR@10"] == pytest.approx(2 / 3)


def test_the_command_prints_lines_for_people(folder):
    result = CliRunner().invoke(main, ["evaluate", str(folder)])
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0] == "3 queries over 4 documents, original"
    assert "MRR@10   0.6667" in result.stdout


def test_the_command_fails_with_one_line(folder):
    (folder / "qrels.tsv").unlink()
    result = CliRunner().invoke(main, ["evaluate", str(folder)])
    assert result.exit_code == 1
    assert len(result.stderr.strip().splitlines()) == 1
