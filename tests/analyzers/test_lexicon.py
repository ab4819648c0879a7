from itertools import chain
from pathlib import Path

import msgspec
import pytest

from analyzers import Lexicon
from analyzers.columns import Column
from analyzers.compiling.packing import pack_lexicon
from analyzers.compiling.words import LexiconDraft
from analyzers.folding import fold
from analyzers.lexicon import (
    BASE,
    DEFAULT_PATH,
    FORMAT,
    LexiconError,
    PackedLexicon,
    load_lexicon,
    pack,
    save_lexicon,
    zipf_hundredths,
)

DRAFT = LexiconDraft(
    lemmas={"کتب": "کتاب", "کتاب": "کتاب", "رفته": "رفته"},
    words={"کتاب": pack(5.1, BASE), "روان": pack(0, BASE), "ها": pack(6, 0), "رفت": pack(4, BASE)},
    verbs={"میرود": 0, "رفته": 0},
    verb_lemmas=["رفت"],
    compounds={"گفتوگو": (3, 4)},
    splits={"اینکه": (3,)},
)


@pytest.fixture(scope="module")
def packed() -> PackedLexicon:
    return pack_lexicon(DRAFT)


@pytest.fixture(scope="module")
def columns(lexicon: Lexicon) -> dict[str, Column[object]]:
    return {name: column for name, column in vars(lexicon).items() if isinstance(column, Column)}


def test_every_key_is_folded_and_free_of_spaces(columns: dict[str, Column[object]]) -> None:
    assert len(columns) == 7
    keys = list(chain.from_iterable(columns.values()))
    assert [key for key in keys if fold(key) != key or " " in key] == []


def test_borders_lie_inside_their_compound(lexicon: Lexicon) -> None:
    for key, cuts in chain(lexicon.compounds.items(), lexicon.splits.items()):
        assert cuts, key
        assert list(cuts) == sorted(set(cuts)), key
        assert min(cuts) > 0, key
        assert max(cuts) < len(key), key


def test_a_compound_is_joined_or_split_but_not_both(lexicon: Lexicon) -> None:
    assert lexicon.compounds.keys().isdisjoint(lexicon.splits)


def test_a_word_that_may_be_split_has_no_lemma(lexicon: Lexicon) -> None:
    assert [key for key in lexicon.splits if lexicon.lemma(key) is not None] == []


@pytest.mark.parametrize("zipf", [0.0, 1.23, 7.5])
def test_packing_keeps_the_frequency(zipf: float) -> None:
    assert zipf_hundredths(pack(zipf, 3)) == round(zipf * 100)


def test_a_lexicon_holds_its_draft_after_a_file(packed: PackedLexicon, tmp_path: Path) -> None:
    save_lexicon(packed, tmp_path / "lexicon.bin")
    lexicon = load_lexicon(tmp_path / "lexicon.bin")
    assert lexicon.fingerprint == packed.fingerprint
    assert lexicon.words == DRAFT.words
    assert lexicon.verbs == dict.fromkeys(DRAFT.verbs, "رفت")
    assert lexicon.compounds == DRAFT.compounds
    assert lexicon.splits == DRAFT.splits


def test_what_is_known_of_a_key_stands_at_its_number(packed: PackedLexicon) -> None:
    lexicon = Lexicon(packed)
    for column in (lexicon.words, lexicon.verbs, lexicon.compounds, lexicon.splits, lexicon.openings):
        for key in (*lexicon.words, *lexicon.verbs, *lexicon.splits, *lexicon.openings, "ناشناس", ""):
            assert column.at(lexicon.number(key)) == column.get(key), key


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("کتب", "کتاب"),
        ("کتاب", "کتاب"),
        ("روان", "روان"),
        ("میرود", "رفت"),
        ("رفته", "رفته"),  # a reviewed lemma goes before a verb's
        ("رفت", "رفت"),
        ("ها", None),
        ("گفتوگو", None),
        ("ناشناس", None),
        ("", None),
    ],
)
def test_a_listed_form_has_its_lemma(packed: PackedLexicon, form: str, lemma: str | None) -> None:
    assert Lexicon(packed).lemma(form) == lemma


def test_what_opens_a_word_knows_what_may_follow(packed: PackedLexicon) -> None:
    openings = Lexicon(packed).openings
    assert openings["گفت"].split() == ["و", "وگ"]
    assert openings["می"].split() == ["رو"]
    assert "میرو" not in openings


def test_the_same_draft_gives_the_same_file(packed: PackedLexicon, tmp_path: Path) -> None:
    for name, lexicon in (("first", packed), ("second", pack_lexicon(DRAFT))):
        save_lexicon(lexicon, tmp_path / name)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xc1",
        b"not a lexicon",
        msgspec.msgpack.encode({"format": FORMAT}),
        DEFAULT_PATH.read_bytes()[:-1],
    ],
    ids=["empty", "no MessagePack", "text", "format alone", "cut short"],
)
def test_a_damaged_file_says_how_to_mend_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "lexicon.bin").write_bytes(content)
    with pytest.raises(LexiconError, match=r"analyzers\.compiling"):
        load_lexicon(tmp_path / "lexicon.bin")


@pytest.mark.parametrize("keys", [b"", b"no trie"])
def test_a_file_without_its_keys_says_how_to_mend_it(
    packed: PackedLexicon, tmp_path: Path, keys: bytes
) -> None:
    save_lexicon(msgspec.structs.replace(packed, keys=keys), tmp_path / "lexicon.bin")
    with pytest.raises(LexiconError, match=r"analyzers\.compiling"):
        load_lexicon(tmp_path / "lexicon.bin")


def test_another_format_is_refused(packed: PackedLexicon, tmp_path: Path) -> None:
    save_lexicon(msgspec.structs.replace(packed, format=FORMAT + 1), tmp_path / "lexicon.bin")
    with pytest.raises(LexiconError, match=f"format {FORMAT + 1}"):
        load_lexicon(tmp_path / "lexicon.bin")


def test_the_format_before_this_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lexicon.bin").write_bytes(msgspec.msgpack.encode({"format": 1, "words": {"کتاب": 5}}))
    with pytest.raises(LexiconError, match="format 1"):
        load_lexicon(tmp_path / "lexicon.bin")


def test_a_missing_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"python -m analyzers\.compiling"):
        load_lexicon(tmp_path / "none.bin")
