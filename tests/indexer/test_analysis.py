"""Which articles are analysed and written together; what comes of it is for tests of update to say."""

from pathlib import Path

import pytest

from indexer.analysis import analyze_all
from indexer.article import Article
from indexer.enrichment import Enrichment
from indexer.settings import AnalysisSettings
from indexer.workers import Workers

# Half of the characters that end a chunk.
LONG = "نفت گران شد. " * (250_000 // 13 + 1)
SHORT = "نفت گران شد."


@pytest.mark.parametrize(
    ("texts", "together", "chunks"),
    [
        ([SHORT] * 5, 2, ["01", "23", "4"]),
        ([SHORT] * 5, 1_000, ["01234"]),
        ([SHORT] * 4, 4, ["0123"]),
        ([LONG, LONG, SHORT], 1_000, ["01", "2"]),
        ([SHORT, LONG, SHORT, LONG, LONG], 1_000, ["0123", "4"]),
        ([LONG * 2] * 2, 1_000, ["0", "1"]),
        ([], 1_000, []),
    ],
)
def test_articles_come_in_order_in_chunks_that_neither_their_number_nor_their_length_outgrows(
    enrichment: Enrichment, texts: list[str], together: int, chunks: list[str]
) -> None:
    analyzed = analyze_all(
        (Article(id=str(number), text=text, path="a.txt") for number, text in enumerate(texts)),
        len(texts),
        enrichment,
        folder=Path("no worker looks here"),
        settings=AnalysisSettings(),
        workers=Workers(1),
        together=together,
    )
    assert ["".join(each.ids) for each in analyzed] == chunks
