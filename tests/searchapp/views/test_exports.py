import csv
import io
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.article import Article
from indexer.readers import read
from indexer.settings import CorpusSettings, IndexSettings, Settings
from indexer.update import update
from searchapp.app import create_app
from searchapp.library import Library


def rows(client: FlaskClient, **query: object) -> list[dict[str, str]]:
    response = client.get("/export.csv", query_string=query)
    assert (response.status_code, response.mimetype) == (200, "text/csv")
    text = response.get_data().decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def lines(client: FlaskClient, **query: object) -> list[dict[str, Any]]:
    response = client.get("/export.jsonl", query_string=query)
    assert (response.status_code, response.mimetype) == (200, "application/x-ndjson")
    return [json.loads(line) for line in response.get_data(as_text=True).splitlines()]


def test_every_matching_paragraph_is_a_row(client: FlaskClient) -> None:
    found = rows(client, q="ایران", exact="1")
    assert {(row["article_id"], row["paragraph"]) for row in found} == {
        ("vienna", "1"),
        ("moscow", "1"),
        ("moscow", "2"),
        ("beijing", "1"),
    }
    moscow = next(row for row in found if (row["article_id"], row["paragraph"]) == ("moscow", "2"))
    assert moscow["text"] == "روسیه و ایران دربارهٔ تحریم‌ها رایزنی کردند."
    assert (moscow["title"], moscow["source"]) == ("سفر به مسکو", "خبرگزاری شمال")
    assert (moscow["date"], moscow["date_jalali"]) == ("2022-04-04", "1401-01-15")
    assert moscow["countries"] == "روسیه؛ ایران"
    assert moscow["link"] == "http://localhost/articles/moscow#p2"


def test_lines_hold_the_same_as_rows(client: FlaskClient) -> None:
    by_line, by_row = lines(client, q="تحریم"), rows(client, q="تحریم")
    assert [set(line) for line in by_line] == [set(row) for row in by_row]
    assert [(line["article_id"], str(line["paragraph"])) for line in by_line] == [
        (row["article_id"], row["paragraph"]) for row in by_row
    ]
    assert ["؛ ".join(line["countries"]) for line in by_line] == [row["countries"] for row in by_row]


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ({"country": "CN"}, {"beijing"}),
        ({"country": "-CN"}, {"vienna", "moscow"}),
        ({"source": "خبرگزاری شمال"}, {"moscow", "beijing"}),
        ({"from": "1401-01-01", "to": "1401-01-30"}, {"moscow"}),
        ({"size": "1", "page": "2"}, {"vienna", "moscow", "beijing"}),
    ],
)
def test_filters_narrow_an_export_and_pages_do_not(
    client: FlaskClient, query: dict[str, str], articles: set[str]
) -> None:
    assert {row["article_id"] for row in rows(client, q="ایران", exact="1", **query)} == articles


@pytest.mark.parametrize(("sort", "first"), [("newest", "script"), ("oldest", "vienna")])
def test_rows_come_in_the_order_that_is_asked_for(client: FlaskClient, sort: str, first: str) -> None:
    found = rows(client, q="", sort=sort)
    assert len(found) == 9
    assert (found[0]["article_id"], found[-1]["article_id"]) == (first, "undated/one")


def test_what_is_meant_is_exported_where_nothing_is_found_as_typed(client: FlaskClient) -> None:
    assert len(rows(client, q="jpvdl")) == 3
    assert rows(client, q="jpvdl", literal="1") == []


def test_a_file_is_named_after_its_question(client: FlaskClient) -> None:
    header = client.get("/export.csv", query_string={"q": 'ایران "../x\r\n'}).headers["Content-Disposition"]
    assert header == (
        "attachment; filename=rasad.csv; filename*=UTF-8''rasad-%D8%A7%DB%8C%D8%B1%D8%A7%D9%86-x.csv"
    )
    assert "filename=rasad.jsonl" in client.get("/export.jsonl").headers["Content-Disposition"]


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
@pytest.mark.parametrize("query", [{"sort": "x"}, {"from": "دیروز"}, {"page": "0"}])
def test_a_wrong_parameter_is_refused(client: FlaskClient, suffix: str, query: dict[str, str]) -> None:
    response = client.get(f"/export.{suffix}", query_string=query)
    assert response.status_code == 400
    assert json.loads(response.data)["error"]["code"] == "invalid_parameter"
    assert client.get(f"/export.{suffix}").status_code == 200


@pytest.fixture
def risky(tmp_path: Path) -> FlaskClient:
    """A server of articles that would be formulas in a spreadsheet."""
    articles = [
        {"id": f"a{at}", "title": f"{sign}1+1", "text": f'{sign}HYPERLINK("x")\n"', "source": f" {sign}1"}
        for at, sign in enumerate("=+-@＝")
    ]
    corpus = tmp_path / "articles.json"
    corpus.write_text(json.dumps(articles), encoding="utf-8")
    settings = Settings(
        corpus=CorpusSettings(paths=(corpus,)), index=IndexSettings(path=tmp_path / "index"), base=tmp_path
    )
    update(settings)
    return create_app(settings).test_client()


def test_a_spreadsheet_computes_nothing(risky: FlaskClient) -> None:
    found = rows(risky)
    assert len(found) == 5
    for row in found:
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "＝", "\t", "\r"))
    assert {row["title"][:2] for row in found} == {"'=", "'+", "'-", "'@", "'＝"}


def test_an_export_can_be_indexed_again(client: FlaskClient, tmp_path: Path) -> None:
    for suffix in ("csv", "jsonl"):
        file = tmp_path / f"again.{suffix}"
        file.write_bytes(client.get(f"/export.{suffix}", query_string={"q": "تحریم"}).get_data())
        texts = [each.text for each in read(file, tmp_path) if isinstance(each, Article)]
        assert sorted(texts) == sorted(row["text"] for row in rows(client, q="تحریم"))


def test_an_export_is_of_one_state_however_the_index_changes(tmp_path: Path) -> None:
    corpus = tmp_path / "articles.jsonl"
    written = [{"id": str(n), "title": f"خبر {n}", "text": "سفیر آمد."} for n in range(1200)]
    corpus.write_text("\n".join(map(json.dumps, written)), encoding="utf-8")
    settings = Settings(
        corpus=CorpusSettings(paths=(corpus,)), index=IndexSettings(path=tmp_path / "index"), base=tmp_path
    )
    update(settings)
    with closing(Library(settings)) as library:
        response = create_app(settings, library).test_client().get("/export.jsonl", buffered=False)
        lines = response.iter_encoded()
        first = next(lines)
        corpus.write_text(json.dumps({"id": "new", "text": "وزیر رفت."}), encoding="utf-8")
        update(settings)
        assert library.service().engine.stats().articles == 1
        ids = {json.loads(line)["article_id"] for line in [first, *lines]}
        response.close()
    assert ids == {str(n) for n in range(1200)}


def test_exports_leave_threads_for_searching(news_settings: Settings, library: Library) -> None:
    client = create_app(news_settings, library).test_client()
    running = [client.get("/export.csv", buffered=False) for _ in range(news_settings.web.threads // 2)]
    refused = client.get("/export.csv")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
    for response in running:
        response.close()
        response.close()
    assert client.get("/export.csv").status_code == 200
