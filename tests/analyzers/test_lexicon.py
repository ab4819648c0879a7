from pathlib import Path

import msgspec
import pytest

from analyzers import Lexicon
from analyzers.folding import fold
from analyzers.lexicon import FORMAT, LexiconError, load_lexicon, pack, save_lexicon, zipf_hundredths


def test_every_key_is_folded_and_free_of_spaces(lexicon: Lexicon) -> None:
    keys = (*lexicon.words, *lexicon.verbs, *lexicon.lemmas, *lexicon.compounds, *lexicon.splits)
    assert [key for key in keys if fold(key) != key or " " in key] == []


def test_borders_lie_inside_their_compound(lexicon: Lexicon) -> None:
    for key, cuts in (lexicon.compounds | lexicon.splits).items():
        assert cuts, key
        assert list(cuts) == sorted(set(cuts)), key
        assert min(cuts) > 0, key
        assert max(cuts) < len(key), key


def test_a_compound_is_joined_or_split_but_not_both(lexicon: Lexicon) -> None:
    assert lexicon.compounds.keys().isdisjoint(lexicon.splits)


@pytest.mark.parametrize("zipf", [0.0, 1.23, 7.5])
def test_packing_keeps_the_frequency(zipf: float) -> None:
    assert zipf_hundredths(pack(zipf, 3)) == round(zipf * 100)


def test_a_lexicon_survives_its_file(lexicon: Lexicon, tmp_path: Path) -> None:
    save_lexicon(lexicon, tmp_path / "lexicon.bin")
    assert load_lexicon(tmp_path / "lexicon.bin") == lexicon


@pytest.mark.parametrize(
    "content", [b"", b"\xc1", b"not a lexicon", msgspec.msgpack.encode({"format": FORMAT})]
)
def test_a_damaged_file_says_how_to_mend_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "lexicon.bin").write_bytes(content)
    with pytest.raises(LexiconError, match=r"analyzers\.compiling"):
        load_lexicon(tmp_path / "lexicon.bin")


def test_another_format_is_refused(lexicon: Lexicon, tmp_path: Path) -> None:
    save_lexicon(msgspec.structs.replace(lexicon, format=FORMAT + 1), tmp_path / "lexicon.bin")
    with pytest.raises(LexiconError, match=f"format {FORMAT + 1}"):
        load_lexicon(tmp_path / "lexicon.bin")


def test_a_missing_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"python -m analyzers\.compiling"):
        load_lexicon(tmp_path / "none.bin")
