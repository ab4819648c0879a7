from pathlib import Path

from .conftest import Run, summary


def test_stats_and_check(indexed: Run) -> None:
    figures = summary(indexed("stats", "--json"))
    assert (figures["articles"], figures["paragraphs"], figures["generation"]) == (1, 1, 1)
    assert figures["bytes"] > 0
    assert figures["fingerprint"]
    assert "articles" in indexed("stats").stdout
    assert "sound" in indexed("check").stdout


def test_damage_in_a_generation_that_is_kept_is_named(rasad: Run, corpus: Path) -> None:
    rasad("index")
    rasad("index", "--rebuild")
    assert "sound" in rasad("check").stdout
    layer = corpus.parent / "var" / "index" / "generations" / "00001" / "layer"
    layer.write_bytes(layer.read_bytes() + b"x")
    done = rasad("check", status=1)
    assert "generation 1: the index cannot be read" in done.stderr
    assert str(layer) in done.stderr
