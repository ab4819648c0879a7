"""The pages that explain: every example works, every step is shown, every figure is there."""

import re

import pytest
from flask.testing import FlaskClient

from searchapp.models import SearchParameters
from searchapp.search import SearchService
from searchapp.views.analyze import STEPS
from searchapp.views.guide import QUESTIONS
from searchapp.views.shortcuts import SHORTCUTS


@pytest.mark.parametrize("question", [question for question, _ in QUESTIONS])
def test_an_example_of_the_help_page_is_read_as_it_says(seed: SearchService, question: str) -> None:
    notes = seed.search(SearchParameters(q=question)).interpretation.notes
    assert [note.code for note in notes if note.code not in {"unknown_source", "unknown_organization"}] == []


def test_help_shows_every_key_once_more(client: FlaskClient) -> None:
    text = client.get("/help").get_data(as_text=True)
    for shortcut in SHORTCUTS:
        assert text.count(shortcut.label) == 2


def test_analysis_shows_every_step_and_escapes_the_text(client: FlaskClient) -> None:
    text = client.get("/analyze", query_string={"text": "<b>روسها</b> گفت و گو"}).get_data(as_text=True)
    for name, meaning in STEPS.values():
        assert name in text
        assert meaning in text
    assert "<b>" not in text
    assert "&lt;b&gt;روسها" in text
    assert "<bdi>روسیه</bdi>" in text


@pytest.mark.parametrize("given", ["", " ", "\x00", "🏳️‍🌈", "،", "a" * 5000, "ا" * 5000])
def test_any_text_is_analysed(client: FlaskClient, given: str) -> None:
    assert client.get("/analyze", query_string={"text": given}).status_code == 200


def test_about_gives_the_figures_of_the_corpus(client: FlaskClient) -> None:
    text = re.sub(r"\s+", " ", client.get("/about").get_data(as_text=True))
    assert "<dt>خبرها</dt><dd>۵</dd>" in text
    assert "<dt>بندها</dt><dd>۹</dd>" in text
    assert "SIL Open Font License" in text
