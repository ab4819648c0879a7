import pytest

from analyzers.body_names import row_end
from analyzers.gazetteer import Gazetteer
from analyzers.mentions import Mentions
from analyzers.name_table import load_names
from analyzers.passage import Passage


@pytest.fixture(scope="module")
def gazetteer(analyzer):
    return Gazetteer(load_names(analyzer))


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("روسیه، ایران و ترکیه پذیرفتند", "روسیه، ایران و ترکیه"),
        ("روسیه و ایران، ترکیه", "روسیه و ایران، ترکیه"),
        ("روسیه و مردم ایران", "روسیه"),
        ("روسیه، مسکو و حلب", "روسیه، مسکو"),
        ("روسیه. ایران", "روسیه"),
        ("روسیه ایران", "روسیه"),
        ("روسیه", "روسیه"),
    ],
)
def test_a_row_of_countries_goes_on_after_a_comma_or_and(analyzer, gazetteer, text, row):
    tokens = analyzer.analyze(text)
    passage = Passage(text, tokens, gazetteer.find(text, tokens, Mentions()))
    assert text[: tokens[row_end(passage, 0)].end] == row
