"""The names of the tables are read once, and a table that was kept is taken for no other's."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import msgpack

from analyzers import CorpusLayer, PersianAnalyzer, load_analyzer
from analyzers.name_table import NameTable, Reading, builtin_names, load_names, read_names
from analyzers.names import Company, Name
from analyzers.tables import DATA

OMAN = Name("country", "OM", "عمان", "عمان", company=Company(not_before=("دریای",)))


@pytest.fixture(scope="module")
def readings(analyzer: PersianAnalyzer) -> Callable[..., list[Reading]]:
    """Tell what a text by itself stands for where only some names are known."""

    def found(text: str, *names: Name) -> list[Reading]:
        table = msgpack.decode(msgpack.encode(read_names(analyzer, names)), type=NameTable).unpacked()
        tokens = analyzer.analyze(text)
        return [
            reading
            for match in table.matches(tokens)
            if (match.first, match.last) == (0, len(tokens) - 1)
            for reading in match.values
        ]

    return found


@pytest.mark.parametrize("text", ["کرهٔ جنوبی", "كره‌ی جنوبي", "کره جنوبی"])
def test_a_name_is_known_in_every_spelling(readings: Callable[..., list[Reading]], text: str) -> None:
    (reading,) = readings(text, Name("country", "KR", "کره جنوبی", "کرهٔ جنوبی"))
    assert (reading.type, reading.id, reading.label, reading.via) == ("country", "KR", "کره جنوبی", "name")


def test_of_two_entities_with_one_name_the_earlier_stands_first(
    readings: Callable[..., list[Reading]],
) -> None:
    found = readings("عمان", OMAN, Name("place", "amman", "عمان (اردن)", "عمان"))
    assert [reading.id for reading in found] == ["OM", "amman"]


def test_a_name_with_a_company_is_guarded_and_strict(
    readings: Callable[..., list[Reading]], analyzer: PersianAnalyzer
) -> None:
    (reading,) = readings("عمان", OMAN)
    assert reading.strict
    assert reading.guard is not None
    assert reading.guard.verdict(1, 1, analyzer.analyze("دریای عمان")) is False
    assert reading.guard.verdict(1, 1, analyzer.analyze("سلطان عمان")) is True


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("روسیه", (False, False, None)),
        ("سازمان ملل", (True, False, ("سازمان", "ملل"))),  # whose terms are سازمان and ملت
        ("وزارت صنعت، معدن و تجارت", (False, True, None)),
    ],
)
def test_words_are_kept_where_they_are_not_the_terms(
    readings: Callable[..., list[Reading]], text: str, told: tuple[object, ...]
) -> None:
    (reading,) = readings(text, Name("organization", "x", text, text))
    assert (reading.strict, reading.comma, reading.exact) == told


def test_short_forms_of_organizations_are_told_as_ids(analyzer: PersianAnalyzer) -> None:
    names = [
        Name("organization", "un", "سازمان ملل متحد", "سازمان ملل", short=True),
        Name("organization", "un", "سازمان ملل متحد", "سازمان ملل متحد"),
        Name("person", "sergey-lavrov", "سرگئی لاوروف", "لاوروف", short=True),
    ]
    assert read_names(analyzer, names).shorts == ["سازمان-ملل"]


def test_capitals_can_be_left_out() -> None:
    without = set(builtin_names(metonyms=False))
    assert without < set(builtin_names())
    assert {name.via for name in set(builtin_names()) - without} == {"metonym"}


def test_people_whom_the_corpus_taught_are_among_the_names() -> None:
    taught = load_analyzer(CorpusLayer(people=["بهرام دیناروند"]))
    tokens = taught.analyze("بهرام دیناروند")
    found = load_names(taught).unpacked().matches(tokens)
    whole = next(match for match in found if (match.first, match.last) == (0, len(tokens) - 1))
    assert [reading.label for reading in whole.values] == ["بهرام دیناروند"]


def test_readings_that_say_the_same_are_one_object(analyzer: PersianAnalyzer) -> None:
    table = read_names(
        analyzer, [Name("country", "RU", "روسیه", text) for text in ("روسیه", "فدراسیون روسیه")]
    ).unpacked()
    first, second = (table.matches(analyzer.analyze(text))[0].values for text in ("روسیه", "فدراسیون روسیه"))
    assert first is second


@pytest.mark.parametrize(
    ("line", "kept"), [("# a remark\n", True), ("XX\tبلورستان\n", False)], ids=["a comment", "a row"]
)
def test_what_was_kept_counts_until_a_table_is_another(
    analyzer: PersianAnalyzer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    kept: bool,
) -> None:
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr("analyzers.name_table.DATA", tmp_path)
    names = load_names(analyzer)
    with (tmp_path / "countries.tsv").open("a", encoding="utf-8") as table:
        table.write(line)
    assert (load_names(analyzer, kept=names) is names) is kept
