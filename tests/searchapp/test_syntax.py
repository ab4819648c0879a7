"""A question without signs is read without the grammar, and must be read as the grammar does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.qparser.syntax import GroupNode

from searchapp import syntax

PIECES = st.one_of(
    st.sampled_from(
        ["تحریم", "نفت", " ", "  ", "\t", "یا", " یا ", "OR", " AND ", "NOT ", "-", " -", "–", "(", ")",
         '"', "«", "*", "~3", ":", "کشور:", "country:", "xکشور:", "قیمت: ", "\u200c", "تحری*", "؟", "/", "+"]
    ),
    st.text(max_size=3),
)  # fmt: skip


def drawn(node: object) -> object:
    """All that a node says, as something that compares."""
    if isinstance(node, GroupNode):
        return type(node), node.startchar, node.endchar, [drawn(child) for child in node]
    return type(node), vars(node)


@given(st.lists(PIECES, max_size=10).map("".join))
def test_without_signs_the_grammar_would_read_the_same(question: str) -> None:
    assert drawn(syntax.parse(question)[0]) == drawn(
        syntax._PARSER.process(question.translate(syntax._MARKS))
    )


@pytest.mark.parametrize(
    ("question", "signs"),
    [
        ("رئیسی: به وین می‌رویم", False),
        ("ایران - روسیه", False),
        ("نفت-گاز، دریا", False),
        ("ایران یا روسیه", True),
        ("کشور:روسیه", True),
        ("نفت -گاز", True),
        ("«نفت خام»", True),
        ("تحری*", True),
        ("(نفت)", True),
    ],
)
def test_headlines_need_no_grammar(question: str, signs: bool) -> None:
    assert bool(syntax._SIGN.search(question.translate(syntax._MARKS))) is signs
