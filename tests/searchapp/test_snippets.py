import html
import re
from collections.abc import Set
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.query.qcore import Every

from analyzers import PersianAnalyzer, Token
from analyzers.tokenizer import chunk_columns
from searchapp.query import QueryReader
from searchapp.snippets import Marker, marked_html, snippet_html

TABLE = [
    ("تحریم", "تحریمهای آمریکا و تحریم‌ها.", ["تحریمهای", "تحریم‌ها"]),
    ("تحريم", "این تحریمها", ["تحریمها"]),
    ("تحریم سفر", "تحریم، سفر؛ چین", ["تحریم", "سفر"]),
    ("سفر و تحریم", "سفر و تحریم و وین", ["سفر", "تحریم"]),
    ("و", "سفر و تحریم", ["و"]),
    ("تحریم -سفر", "تحریم سفر", ["تحریم"]),
    ("تحریم یا سفر", "سفر و تحریم", ["سفر", "تحریم"]),
    ('"وزیر امور خارجه"', "وزیر خارجه، وزیر امور خارجه و وزیر", ["وزیر امور خارجه"]),
    ('"تحریم"', "تحریم و تحریم‌ها", ["تحریم"]),
    ("تحری*", "تحریم تحریف تهران", ["تحریم", "تحریف"]),
    ('"ایران روسیه"~3', "ایران و روسیه. چین، هند، ژاپن و روسیه", ["ایران", "روسیه"]),
    ("کشور:روسیه", "روسیه", []),
    ("عنوان:سفر", "سفر", []),
    ("همکاری", "روابط دوجانبه وهمکاریهای مشترک", ["وهمکاریهای"]),
]


def marks(reader: QueryReader, analyzer: PersianAnalyzer, question: str, text: str) -> list[tuple[int, int]]:
    return Marker(analyzer, reader.read(question, exact=True).query).marks(text)


@pytest.mark.parametrize(("question", "text", "words"), TABLE)
def test_marks(
    reader: QueryReader, analyzer: PersianAnalyzer, question: str, text: str, words: list[str]
) -> None:
    assert [text[start:end] for start, end in marks(reader, analyzer, question, text)] == words


def test_everything_marks_nothing(analyzer: PersianAnalyzer) -> None:
    assert Marker(analyzer, Every()).marks("تحریم") == []


TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "تحریم",
                "تحریم‌های",
                "وتحریمها",
                "وزیر",
                "امور",
                "خارجه",
                "وزیرامورخارجه",
                "سفر",
                "<b>",
                "&amp;",
                "'",
                '"',
            ]
        ),
        st.sampled_from([" ", "  ", "\n", "\u200c", "،", "(", "کرد."]),
        st.text(max_size=6),
    ),
    max_size=30,
).map("".join)
QUESTIONS = st.sampled_from(["تحریم", '"وزیر امور خارجه"', "تحری*", "وزیر سفر", '"وزیر سفر"~4', "سفر -تحریم"])


class Thorough(PersianAnalyzer):
    """Looks for no words: gives all there are."""

    def find(self, text: str, terms: Set[str], exact: Set[str]) -> list[Token]:  # noqa: ARG002
        return self.analyze(text)


@pytest.fixture(scope="module")
def thorough(analyzer: PersianAnalyzer) -> Thorough:
    return Thorough(analyzer.lexicon, analyzer.layer)


@given(QUESTIONS, TEXTS)
def test_marks_are_those_that_all_words_of_a_text_give(
    reader: QueryReader, analyzer: PersianAnalyzer, thorough: Thorough, question: str, text: str
) -> None:
    assert marks(reader, analyzer, question, text) == marks(reader, thorough, question, text)


@given(QUESTIONS, TEXTS)
def test_marks_are_whole_words_in_order(
    reader: QueryReader, analyzer: PersianAnalyzer, question: str, text: str
) -> None:
    found = marks(reader, analyzer, question, text)
    _, starts, ends = chunk_columns(text)
    assert all(start in starts and end in ends and start < end for start, end in found)
    assert all(left[1] <= right[0] for left, right in pairwise(found))


@given(QUESTIONS, TEXTS, st.integers(5, 60))
def test_a_snippet_is_escaped_text_with_marks(
    reader: QueryReader, analyzer: PersianAnalyzer, question: str, text: str, length: int
) -> None:
    found = marks(reader, analyzer, question, text)
    for rendered in (marked_html(text, found), snippet_html(text, found, length)):
        bare = re.sub(r"</?mark>", "", rendered)
        assert "<" not in bare
        assert ">" not in bare
        assert rendered.count("<mark>") == rendered.count("</mark>")
        shown = html.unescape(bare)
        assert shown.removeprefix("… ").removesuffix(" …") in text
    assert html.unescape(re.sub(r"</?mark>", "", marked_html(text, found))) == text


def test_a_long_text_is_cut_where_most_marks_are(reader: QueryReader, analyzer: PersianAnalyzer) -> None:
    text = "سخن " * 200 + "تحریم و تحریم‌ها و تحریمهای" + " پایان" * 200
    snippet = snippet_html(text, marks(reader, analyzer, "تحریم", text))
    assert snippet.count("<mark>") == 3
    assert len(snippet) < 700
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert "سخن" in snippet
