"""Tells a sentence from a question in marks: in prose, quotes, parentheses and «یا» are no operators."""

from collections.abc import Iterable
from typing import Any

from whoosh.qparser import syntax as nodes

from searchapp import syntax

# A question of fewer words that says «یا» means it as an operator.
PROSE_WORDS = 8
# In prose fewer than one word in six is «یا»; in a list of alternatives every second one is.
_WORDS_A_JOINT = 6


def is_prose(question: str, tree: nodes.GroupNode) -> bool:
    """Tell whether a question, parsed as ``tree``, has marks and yet reads as a sentence.

    >>> sentence = "آیا ایران یا روسیه در نشست وین درباره لغو تحریم‌ها گفت‌وگو کردند"
    >>> is_prose(sentence, syntax.parse(sentence)[0])
    True
    >>> is_prose("ایران یا روسیه", syntax.parse("ایران یا روسیه")[0])
    False
    """
    words = question.split()
    joints = sum(word in {"یا", "OR"} for word in words)
    if len(words) < PROSE_WORDS or joints * _WORDS_A_JOINT >= len(words) or only_words(flattened(tree)):
        return False
    quoted = len(tree) == 1 and isinstance(tree[0], syntax.PhraseNode)
    return not quoted and not has_operators(tree)


def has_operators(tree: nodes.GroupNode) -> bool:
    """Tell whether a question says anything that prose with its parentheses and quotes does not."""
    marked = nodes.NotGroup | syntax.MustGroup | syntax.FieldNode | syntax.PrefixNode
    return any(
        isinstance(node, marked)
        or (isinstance(node, syntax.PhraseNode) and node.slop > 1)
        or (isinstance(node, nodes.GroupNode) and has_operators(node))
        for node in tree
    )


def flattened(group: Iterable[Any]) -> Iterable[Any]:
    """Open parentheses that hold nothing but plain words: they change nothing."""
    for node in group:
        if type(node) is nodes.AndGroup and only_words(node):
            yield from node
        else:
            yield node


def only_words(group: Iterable[Any]) -> bool:
    """Tell whether a group holds plain words and nothing else."""
    return all(isinstance(child, syntax.WordNode) for child in group)
