"""Copies of an article: one stands for all, the rest is one click away, and counts say both."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import msgspec
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.settings import Settings
from searchapp.app import create_app
from searchapp.cli import main
from searchapp.evaluation import evaluate
from searchapp.library import Library
from searchapp.models import Result, SearchParameters
from searchapp.search import SearchService

from .conftest import indexed

STORY = (
    "وزیر خارجهٔ عمان پیش از ظهر امروز در نشستی خبری گفت که دور تازهٔ رایزنی‌ها بر سر آزادی زندانیان در مسقط "
    "برگزار می‌شود و هیئت‌های هر دو کشور آمادگی خود را برای حضور در آن اعلام کرده‌اند.\n\n"
    "به گفتهٔ او این رایزنی‌ها دربارهٔ جزئیات فنی است و نتیجهٔ آن تا پایان هفته روشن می‌شود؛ "
    "عمان در سال‌های گذشته نیز چند بار میزبان چنین نشست‌هایی بوده است."
)
OTHER = "سفیر عمان در تهران از گسترش همکاری‌های بندری و گردشگری میان دو کشور در سال آینده سخن گفت."
ARTICLES = [
    {
        "id": "north",
        "title": "رایزنی در مسقط",
        "date": "1401-04-02",
        "source": "شمال",
        "text": STORY,
    },
    {
        "id": "south",
        "title": "عمان میزبان رایزنی‌ها",
        "date": "1401-04-03",
        "source": "جنوب",
        "text": STORY.replace("ی", "ي").replace("\u200c", "") + "\nانتهای پیام/",
    },
    {"id": "east/1", "title": "<b>مسقط</b>", "date": "1401-04-02", "source": "شرق", "text": "شرق: " + STORY},
    {"id": "ports", "title": "همکاری بندری", "date": "1401-04-02", "source": "شمال", "text": OTHER},
]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return indexed(tmp_path_factory.mktemp("reprints"), ARTICLES)


@pytest.fixture(scope="module")
def reprints(settings: Settings) -> Iterator[Library]:
    with closing(Library(settings)) as library:
        yield library


@pytest.fixture(scope="module")
def service(reprints: Library) -> SearchService:
    return reprints.service()


@pytest.fixture
def client(settings: Settings, reprints: Library) -> Iterator[FlaskClient]:
    with create_app(settings, reprints).test_client() as client:
        yield client


def group(result: Result) -> set[str]:
    return {result.article_id, *(copy.article_id for copy in result.similar.articles)}


def test_copies_stand_under_the_best_of_them(service: SearchService) -> None:
    answer = service.search(SearchParameters(q="عمان"))
    assert (answer.total, answer.total_articles, answer.total_distinct) == (7, 4, 2)
    assert answer.folded
    assert sorted(map(len, map(group, answer.results))) == [1, 3]
    (story,) = (result for result in answer.results if result.article_id != "ports")
    assert group(story) == {"north", "south", "east/1"}
    assert story.similar.total == 2
    told = {copy.article_id: copy for copy in story.similar.articles}
    rows = {row["id"]: row for row in ARTICLES}
    for article_id, copy in told.items():
        assert (copy.title, copy.source) == (rows[article_id]["title"], rows[article_id]["source"])
        assert copy.date in {"2022-06-23", "2022-06-24"}
        assert copy.date_jalali == rows[article_id]["date"]


@pytest.mark.parametrize(
    ("asked", "pages"),
    [
        (SearchParameters(q="عمان", size=1), [1, 1, 0]),
        (SearchParameters(q="عمان", size=1, fold=False), [1, 1, 1, 1, 0]),
        (SearchParameters(q="عمان", size=3, group="paragraph"), [3, 3, 1, 0]),
    ],
)
def test_pages_count_what_stands_in_the_list(
    service: SearchService, asked: SearchParameters, pages: list[int]
) -> None:
    answers = [service.search(msgspec.structs.replace(asked, page=page)) for page in range(1, len(pages) + 1)]
    assert [len(answer.results) for answer in answers] == pages
    assert {(answer.total_articles, answer.total_distinct) for answer in answers} == {(4, 2)}
    assert {answer.folded for answer in answers} == {asked.fold and asked.group == "article"}


def test_only_copies_that_answer_the_question_are_counted(service: SearchService) -> None:
    north = {"source": frozenset({"شمال", "شرق"})}
    answer = service.search(SearchParameters(q="عمان مسقط", include=north))
    assert group(answer.results[0]) == {"north", "east/1"}
    assert answer.results[0].similar.total == 1


def test_all_copies_are_listed_one_by_one(service: SearchService) -> None:
    answer = service.search(SearchParameters(similar_to="south", sort="newest"))
    first, *others = (result.article_id for result in answer.results)
    assert (first, set(others)) == ("south", {"north", "east/1"})
    assert (answer.total_articles, answer.total_distinct, answer.folded) == (3, 1, False)
    assert service.search(SearchParameters(similar_to="nowhere")).total == 0
    assert service.search(SearchParameters(q="بندری", similar_to="south")).total == 0


def test_the_settings_can_leave_copies_apart(settings: Settings) -> None:
    apart = msgspec.structs.replace(settings.search, fold_similar=False)
    with closing(Library(msgspec.structs.replace(settings, search=apart))) as library:
        answer = library.service().search(SearchParameters(q="عمان"))
    assert (len(answer.results), answer.total_distinct, answer.folded) == (4, 2, False)


def test_an_article_tells_who_else_published_it(service: SearchService) -> None:
    north = service.article("north")
    assert north is not None
    assert north.similar.total == 2
    assert [copy.article_id for copy in north.similar.articles] == ["east/1", "south"]
    ports = service.article("ports")
    assert ports is not None
    assert (ports.similar.total, ports.similar.articles) == (0, [])


def test_programs_are_told_the_same(client: FlaskClient) -> None:
    def asked(path: str, **query: str) -> Any:
        response = client.get(path, query_string=query)
        assert response.status_code == 200
        return json.loads(response.get_data())

    answer = asked("/api/v1/search", q="عمان")
    assert (answer["total_articles"], answer["total_distinct"], answer["folded"]) == (4, 2, True)
    similar = max(answer["results"], key=lambda result: result["similar"]["total"])["similar"]
    assert similar["total"] == len(similar["articles"]) == 2
    assert set(similar["articles"][0]) == {"article_id", "title", "date", "date_jalali", "source"}
    assert len(asked("/api/v1/search", q="عمان", fold="0")["results"]) == 4
    assert len(asked("/api/v1/search", similar_to="east/1")["results"]) == 3
    assert asked("/api/v1/articles/north")["similar"]["total"] == 2


def hrefs(text: str) -> list[str]:
    return [href.replace("&amp;", "&") for href in re.findall(r'href="([^"]*)"', text)]


def test_the_page_unfolds_copies_and_leads_to_them(client: FlaskClient) -> None:
    text = client.get("/?q=" + quote("عمان")).get_data(as_text=True)
    assert "و ۲ خبر مشابه" in text
    assert "۴ خبر (۲ بی‌تکرار" in text
    assert "<b>مسقط" not in text
    (everything,) = (href for href in hrefs(text) if "similar_to=" in href)
    assert parse_qs(urlsplit(everything).query)["q"] == ["عمان"]
    listed = client.get(everything).get_data(as_text=True)
    assert listed.count('<article class="hit">') == 3
    assert "برداشتن مشابه: " in listed
    (apart,) = (href for href in hrefs(text) if "fold=0" in href and "page" not in href)
    assert client.get(apart).get_data(as_text=True).count('<article class="hit">') == 4


def test_the_page_of_an_article_leads_to_its_copies(client: FlaskClient) -> None:
    text = client.get("/articles/north").get_data(as_text=True)
    assert "این خبر را ۲ بار دیگر هم منتشر کرده‌اند" in text
    assert {"/articles/south", "/articles/east/1", "/?similar_to=north"} <= set(hrefs(text))
    assert "منتشر کرده‌اند" not in client.get("/articles/ports").get_data(as_text=True)


def test_the_terminal_shows_copies_too(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASAD_INDEX__PATH", str(settings.index.path))

    def run(*options: str) -> str:
        result = CliRunner().invoke(main, ["search", "عمان", *options])
        assert result.exit_code == 0, result.output
        return result.stdout

    shown = run()
    assert "۷ بند در ۴ خبر (۲ بی‌تکرار)" in shown
    assert "و ۲ خبر مشابه:" in shown
    assert "مشابه" not in run("--unfolded")
    assert len(json.loads(run("--similar-to", "north", "--json"))["results"]) == 3


def test_evaluation_sees_every_article(settings: Settings, tmp_path: Any) -> None:
    lines = {
        "docs.jsonl": [json.dumps(row, ensure_ascii=False) for row in ARTICLES],
        "queries.jsonl": ['{"id": "q", "text": "رایزنی مسقط"}'],
        "qrels.tsv": [f"q\t0\t{name}\t1" for name in ("north", "south", "east/1")],
    }
    for name, rows in lines.items():
        (tmp_path / name).write_text("\n".join(rows), encoding="utf-8")
    assert evaluate(tmp_path, Settings()).recall_100 == 1
