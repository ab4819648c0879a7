"""The tables people edit: every row has its columns, says one thing once, in standard letters."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analyzers import PersianAnalyzer
from analyzers.compiling.words import LEMMA_TABLES
from analyzers.countries import COUNTRIES, ENGLISH
from analyzers.folding import fold
from analyzers.lexicon import zipf_hundredths
from analyzers.name_table import builtin_names
from analyzers.names import forms
from analyzers.organizations import ORGANIZATIONS, organization_rows
from analyzers.people import PEOPLE, people_rows
from analyzers.places import PLACES, place_rows
from analyzers.tables import DATA, Table, TableError, read_rows

TABLES = {
    **{f"{name}.tsv": (3, 1) for name in LEMMA_TABLES},
    "compounds.tsv": (2, 0),
    "nisba.tsv": (2, 0),
    "spelling_variants.tsv": (3, 0),
    "synonyms.tsv": (3, 0),
    "verb_exceptions.tsv": (3, 0),
    "verbs.tsv": (5, 2),
}


@pytest.mark.parametrize("name", TABLES)
def test_no_row_stands_twice(name: str) -> None:
    columns, optional = TABLES[name]
    rows = Counter(read_rows(DATA / name, columns=columns, optional=optional))
    assert rows
    assert [row for row, count in rows.items() if count > 1] == []


@pytest.mark.parametrize("name", TABLES)
def test_cells_hold_standard_letters_without_loose_spaces(name: str) -> None:
    columns, optional = TABLES[name]
    for row in read_rows(DATA / name, columns=columns, optional=optional):
        for cell in row:
            assert cell == cell.strip(" \u200c"), row
            assert not set("يكىۀ\u0640\u200e\u200f") & set(cell), row


@pytest.mark.parametrize("name", LEMMA_TABLES)
def test_a_form_has_one_lemma_in_its_table(name: str) -> None:
    lemmas: dict[str, str] = {}
    for form, lemma, *_ in read_rows(DATA / f"{name}.tsv", columns=3, optional=1):
        assert lemmas.setdefault(fold(form), fold(lemma)) == fold(lemma), form


def test_there_are_enough_broken_plurals() -> None:
    rows = [
        row
        for part in (1, 2)
        for row in read_rows(DATA / f"broken_plurals_{part}.tsv", columns=3, optional=1)
    ]
    assert len(rows) >= 600


def test_relations_relate_two_different_words() -> None:
    for base, nisba in read_rows(DATA / "nisba.tsv", columns=2):
        assert fold(base) != fold(nisba)


def test_a_row_of_another_width_is_named_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("# a\tb\nx\ty\nz\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"t\.tsv:3"):
        list(read_rows(tmp_path / "t.tsv", columns=2))


@pytest.mark.parametrize("table", [COUNTRIES, ENGLISH, ORGANIZATIONS, PEOPLE, PLACES])
def test_every_row_is_found_by_its_first_cell(table: Table) -> None:
    rows = list(table.rows())
    assert [table.row(row[0]) for row in rows] == rows
    assert table.row("") is None
    assert table.row("# Columns: code, label") is None


@pytest.mark.parametrize(
    "rows", [people_rows, organization_rows, place_rows], ids=["people", "bodies", "places"]
)
def test_no_name_is_that_of_two(rows: Callable[[], Iterator[tuple[str, ...]]]) -> None:
    bearers: dict[str, set[str]] = {}
    for id_, label, names, *_ in rows():
        for form in (label, *forms(names)):
            bearers.setdefault(fold(form).replace(" ", "").replace("\u200c", ""), set()).add(id_)
    assert {name: ids for name, ids in bearers.items() if len(ids) > 1} == {}


# Frequent words that are names of the tables and hardly anything else.
_ONLY_NAMES = """
ترامپ صدام خامنه‌ای اوباما پوتین اردوغان کروبی پرسپولیس تلگرام گوگل اینستاگرام داعش
سامسونگ طالبان تسنیم مایکروسافت بایرن سونی فیفا ایرنا توییتر یوتیوب فیس‌بوک ایسنا سایپا
ناسا پژو آرسنال چلسی رنو ناتو لیورپول بی‌بی‌سی یوونتوس صداوسیما حزب‌الله تراکتورسازی
القاعده حماس رویترز تویوتا ایرباس
"""
_FREQUENT = 400


def test_a_name_that_is_a_frequent_word_has_been_judged(analyzer: PersianAnalyzer) -> None:
    words = analyzer.lexicon.words
    frequent = [
        name
        for name in builtin_names()
        if name.type in ("person", "organization")
        and not (name.short or name.company or name.text.isascii())
        and zipf_hundredths(words.get(fold(name.text).replace("\u200c", ""), 0)) >= _FREQUENT
    ]
    assert frequent
    assert {name.text for name in frequent} - set(_ONLY_NAMES.split()) == set()


def test_no_name_without_a_context_is_a_word_of_the_language(analyzer: PersianAnalyzer) -> None:
    others = set(analyzer.lexicon.verbs)
    for table, columns, optional in (
        ("stop_words_of_names", 1, 0),
        ("openings", 3, 0),
        ("portfolios", 2, 1),
        ("broken_plurals_1", 3, 1),
        ("broken_plurals_2", 3, 1),
        ("function_words", 1, 0),
    ):
        for row in read_rows(DATA / f"{table}.tsv", columns=columns, optional=optional):
            others.update(fold(cell).replace("\u200c", "") for cell in row[: 1 + table.startswith("broken")])
    names = [name for name in builtin_names() if name.type != "country" and not name.short]
    bare = {fold(name.text).replace("\u200c", "") for name in names if name.company is None}
    assert bare & others - {"آموزش و پرورش", "جهاد کشاورزی"} == set()  # ministries by their portfolios


def test_there_are_people_and_organizations_enough() -> None:
    assert len(list(people_rows())) >= 500
    assert len(list(organization_rows())) >= 250
