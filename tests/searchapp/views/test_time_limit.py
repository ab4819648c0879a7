"""A question that takes too long is cut off, and whoever asked is told."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from flask.testing import FlaskClient
from msgspec.structs import replace

from indexer.settings import Settings
from searchapp.app import create_app
from searchapp.library import Library

SENTENCE = "این پرسش زمان زیادی می‌برد و بریده شد"
QUESTIONS = ["*", "ا*", "ایران", "«وزیر خارجه»", " ".join(f"واژه{number}" for number in range(500))]


@pytest.fixture
def hurried(news_settings: Settings) -> Iterator[FlaskClient]:
    """A client of a server whose questions have no time at all."""
    settings = replace(news_settings, search=replace(news_settings.search, time_limit=1e-9))
    with closing(Library(settings)) as library, create_app(settings, library).test_client() as client:
        yield client


def noted(client: FlaskClient, question: str) -> bool:
    answer = client.get("/api/v1/search", query_string={"q": question})
    assert answer.status_code == 200
    notes = answer.get_json()["interpretation"]["notes"]
    return "cut_off" in {note["code"] for note in notes}


@pytest.mark.parametrize("question", ["ا*", "ایران", "«وزیر خارجه»", "ایران روسیه چین تحریم"])
def test_the_answer_and_the_page_say_that_a_question_was_cut_off(hurried: FlaskClient, question: str) -> None:
    assert noted(hurried, question)
    assert SENTENCE in hurried.get("/", query_string={"q": question}).get_data(as_text=True)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question[:12])
def test_what_is_answered_in_time_says_nothing_of_it(client: FlaskClient, question: str) -> None:
    assert not noted(client, question)
    assert SENTENCE not in client.get("/", query_string={"q": question}).get_data(as_text=True)
