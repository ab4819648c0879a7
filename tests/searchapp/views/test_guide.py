"""The pages that explain: every example works, every step is shown, every figure is there."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.settings import CorpusSettings, IndexSettings, Settings
from indexer.update import update
from searchapp.library import Library
from searchapp.models import SearchParameters
from searchapp.search import SearchService
from searchapp.translation import DIRECTIONS
from searchapp.views.analyze import STEPS
from searchapp.views.guide import QUESTIONS
from searchapp.views.shortcuts import SHORTCUTS

SEEDS = Path(__file__).parents[3] / "seeds"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Answers from all that Rasad comes with."""
    folder = tmp_path_factory.mktemp("samples")
    paths = (SEEDS / "samples", *SEEDS.glob("*.txt"))
    settings = Settings(corpus=CorpusSettings(paths=paths), index=IndexSettings(path=folder), base=folder)
    update(settings)
    with closing(Library(settings)) as library:
        yield library.service()


@pytest.mark.parametrize("question", [question for question, _ in QUESTIONS])
def test_an_example_of_the_help_page_finds_what_it_says_in_the_samples(
    samples: SearchService, question: str
) -> None:
    answer = samples.search(SearchParameters(q=question))
    assert answer.total > 0
    assert answer.interpretation.notes == []
    assert not answer.interpretation.relaxed


@pytest.mark.parametrize("code", DIRECTIONS)
def test_the_help_page_counts_nothing_that_the_corpus_may_count_otherwise(
    client: FlaskClient, code: str
) -> None:
    lines = re.findall(
        r"<dt><a.*?</dt><dd>(.*?)</dd>", client.get(f"/help?lang={code}").get_data(as_text=True)
    )
    assert len(lines) == len(QUESTIONS)
    assert [line for line in lines if re.search(r"\d", line)] == []


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
