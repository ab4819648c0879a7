import pytest

from analyzers import CorpusLayer, Lexicon, PersianAnalyzer
from analyzers.learning import Counting, learn_layer

NEWS = [
    "شرکت هاپاگ‌لوید اعلام کرد کشتی‌هایش از تنگه می‌گذرند.",
    "به گفته هاپاگ‌لوید مسیر کشتی‌ها تغییر کرده است.",
    "حمیدرضا شاه‌بداغی در توییت‌های خود نوشت.",
    "شاه‌بداغی گفت هم‌چنان مذاکره می‌کنیم.",
    "هاپاگ‌لوید و شاه‌بداغی",
]


@pytest.fixture(scope="module")
def layer(lexicon: Lexicon) -> CorpusLayer:
    return learn_layer(NEWS, lexicon)


@pytest.mark.parametrize("name", ["هاپاگ‌لوید", "شاه‌بداغی"])
def test_a_name_seen_with_a_non_joiner_is_read_in_every_spacing(
    lexicon: Lexicon, layer: CorpusLayer, name: str
) -> None:
    analyzer = PersianAnalyzer(lexicon, layer)
    spellings = (name, name.replace("\u200c", ""), name.replace("\u200c", " "))
    kept, dropped, spaced = ([token.term for token in analyzer.analyze(text)] for text in spellings)
    assert kept == dropped == spaced
    assert len(kept) == 2


def test_without_the_layer_the_name_falls_apart(lexicon: Lexicon) -> None:
    analyzer = PersianAnalyzer(lexicon)
    assert len(analyzer.analyze("هاپاگ‌لوید")) != len(analyzer.analyze("هاپاگلوید"))


def test_a_compound_seen_once_of_unknown_pieces_is_not_believed(lexicon: Lexicon) -> None:
    assert "متفات" not in learn_layer(["نتیجه متفا‌ت"], lexicon).splits


def test_inflection_is_not_learned_as_a_compound(layer: CorpusLayer) -> None:
    assert not any(key.startswith("توییت") for key in (*layer.splits, *layer.joins))


def test_nothing_is_learned_from_nothing(lexicon: Lexicon) -> None:
    assert learn_layer([], lexicon) == CorpusLayer()


def test_learning_does_not_depend_on_the_order_of_texts(lexicon: Lexicon, layer: CorpusLayer) -> None:
    assert learn_layer(reversed(NEWS), lexicon).fingerprint == layer.fingerprint


@pytest.mark.parametrize("parts", [1, 2, 3, len(NEWS)])
def test_parts_counted_apart_teach_what_the_whole_teaches(lexicon: Lexicon, parts: int) -> None:
    texts = [*NEWS, *["وزیر خارجه تورنگ کوهساریان گفت"] * 3]
    whole = learn_layer(texts, lexicon)
    assert whole.people
    together = Counting(lexicon)
    for part in range(parts):
        together.add(Counting(lexicon).count(texts[part::parts]))
    assert together.layer().encode() == whole.encode()


def test_a_layer_survives_being_written(layer: CorpusLayer) -> None:
    assert CorpusLayer.decode(layer.encode()) == layer


def test_layer_and_analyzer_fingerprints_tell_layers_apart(lexicon: Lexicon, layer: CorpusLayer) -> None:
    assert layer.fingerprint != CorpusLayer().fingerprint
    assert PersianAnalyzer(lexicon, layer).fingerprint != PersianAnalyzer(lexicon).fingerprint
