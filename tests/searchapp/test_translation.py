"""Whether the interface says everything in both languages."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import nodes

from indexer.settings import Settings
from searchapp.app import create_app
from searchapp.numerals import digits, thousands
from searchapp.translation import FOLDER, fall_silent, gettext, language, ngettext, speak

ROOT = Path(__file__).parents[2]
PERSIAN = re.compile("[\u0621-\u06cc]")
PLACEHOLDER = re.compile(r"%\(\w+\)s")
SAYING = {"_", "gettext", "ngettext"}


def said() -> set[str]:
    """Every sentence of the interface, as `make messages` collects them."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    rows = extract_from_dir(
        ROOT / "searchapp",
        [(row["pattern"], row["method"]) for row in mappings],
        keywords={**DEFAULT_KEYWORDS, "gettext_noop": None},
    )
    return {row[2] if isinstance(row[2], str) else row[2][0] for row in rows}


def catalogue(code: str) -> dict[str, tuple[str, ...]]:
    with (FOLDER / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        messages = [message for message in read_po(file, code, abort_invalid=True) if message.id]
    assert not [message.id for message in messages if message.fuzzy]
    return {
        message.id[0] if isinstance(message.id, (list, tuple)) else message.id: tuple(message.string)
        if isinstance(message.string, (list, tuple))
        else (message.string,)
        for message in messages
    }


def test_every_sentence_has_its_english_and_no_other() -> None:
    english = catalogue("en")
    assert said() - set(english) == set(), "run: make messages"
    assert set(english) - said() == set(), "run: make messages"
    assert [message for message, forms in english.items() if not all(forms)] == []


def test_no_persian_sentence_holds_a_number_that_its_letters_turn_around() -> None:
    """After Arabic letters the bidirectional algorithm (UAX #9, W2) shows 2022-06-23 as 23-06-2022."""
    assert [sentence for sentence in said() if re.search(r"\d-\d", sentence)] == []


def test_english_keeps_the_placeholders() -> None:
    for message, forms in catalogue("en").items():
        for form in forms:
            assert set(PLACEHOLDER.findall(form)) == set(PLACEHOLDER.findall(message)), message


@pytest.mark.parametrize(
    "path", sorted((ROOT / "searchapp" / "templates").rglob("*.html")), ids=lambda p: p.name
)
def test_a_template_says_nothing_past_the_catalogue(path: Path) -> None:
    tree = create_app(Settings()).jinja_env.parse(path.read_text("utf-8"))
    assert [text for text in _unsaid(tree) if PERSIAN.search(text)] == []


def _unsaid(node: nodes.Node) -> Iterator[str]:
    """Walk a template's texts, but for what is handed to the catalogue."""
    if isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in SAYING:
        for keyword in node.kwargs:
            yield from _unsaid(keyword)
    else:
        for child in node.iter_child_nodes():
            yield from _unsaid(child)


def test_a_language_is_spoken_until_it_falls_silent() -> None:
    assert (language(), gettext("کشور"), digits(12), thousands(12500)) == ("fa", "کشور", "۱۲", "۱۲٬۵۰۰")
    token = speak("en")
    assert (language(), gettext("کشور"), digits(12), thousands(12500)) == ("en", "Country", "12", "12,500")
    forms = [ngettext("%(number)s خبر", "%(number)s خبر", number, number=number) for number in (1, 2)]
    fall_silent(token)
    assert forms == ["1 article", "2 articles"]
    assert language() == "fa"
