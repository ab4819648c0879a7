"""The query language's grammar, laid on Whoosh's parser, so that any string at all becomes a tree of nodes.

Only the marks are read here; words stay raw slices of the question and are analysed by ``query``. What cannot
be parsed is kept as plain words, and a note says so.
"""

# mypy: allow-untyped-calls
import re
from collections.abc import Iterator
from typing import Any

from whoosh.qparser import plugins, syntax
from whoosh.qparser.default import QueryParser

from searchapp.models import Note
from searchapp.translation import gettext

FIELD_NAMES: dict[str, tuple[str, ...]] = {
    "country": ("کشور", "country"),
    "topic": ("موضوع", "topic"),
    "place": ("مکان", "place"),
    "person": ("شخص", "person"),
    "organization": ("سازمان", "organization", "organisation", "org"),
    "source": ("منبع", "source"),
    "year": ("سال", "year"),
    "date": ("تاریخ", "date"),
    "title": ("عنوان", "title"),
}
FIELD_LABELS = {name: aliases[0] for name, aliases in FIELD_NAMES.items()}

LONGEST_QUESTION = 4000
DEEPEST_NESTING = 12
LONGEST_NAME = 5

# One code point for one, so that a node's offsets stay true for the question as typed.
_MARKS = str.maketrans(
    {
        **dict.fromkeys("«»\u201c\u201d\u201e\u201f\u2033\uff02", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u02dc\u223c\uff5e", "~"),
        **dict.fromkeys("\u066d\u2217\uff0a", "*"),
        **dict.fromkeys("\ufd3e\uff08", "("),
        **dict.fromkeys("\ufd3f\uff09", ")"),
        "\uff1a": ":",
        "\u064a": "\u06cc",
        "\u0649": "\u06cc",
        "\u0643": "\u06a9",
    }
)

_NAMES = "|".join(sorted((alias for row in FIELD_NAMES.values() for alias in row), key=len, reverse=True))
_FIELD = rf"(?<!\w)(?P<text>(?i:{_NAMES})):\s*"
_BEGIN, _END = r"(?:^|(?<=[\s()]))", r"(?=[\s()]|$)"
_NEGATION = _BEGIN + r"(?:-(?=[^\s-])|NOT(?=\s))"
_CONJUNCTION = _BEGIN + "AND" + _END
_DISJUNCTION = _BEGIN + r"(?:OR|یا)" + _END
# Every sign begins with one of these; a question without them is nothing but words.
_SIGN = re.compile("|".join([r'[()"*]', _FIELD, _NEGATION, _CONJUNCTION, _DISJUNCTION]))
_WORD = re.compile(r"\S+")

WordNode = syntax.WordNode
GroupNode = syntax.GroupNode
OrGroup = syntax.OrGroup
NotGroup = syntax.NotGroup
PhraseNode = plugins.PhrasePlugin.PhraseNode
PrefixNode = plugins.PrefixPlugin.PrefixNode


class MustGroup(syntax.AndGroup):
    """Clauses joined by AND: unlike words side by side, none of them may be missing."""


class StrayWord(WordNode):
    """A mark with nothing to work on, kept as the word that it is."""


class FieldNode(GroupNode):
    """A field name bound to the value after it, its only node.

    ``tail`` holds the plain words that follow the value: a name may run on over them (``کشور:کره جنوبی``).
    """

    merging = False

    def __init__(
        self,
        nodes: list[Any] | None = None,
        boost: float = 1.0,
        field: str = "",
        tail: tuple[WordNode, ...] = (),
    ) -> None:
        super().__init__(nodes, boost, field=field, tail=tail)
        self.field = field
        self.tail = tail

    def r(self) -> str:
        """Show the field and its value."""
        return f"{self.field}={self.nodes!r}"


class FieldPrefixes(plugins.FieldsPlugin):
    """Persian and English field names, bound to their values before any operator takes those away."""

    def __init__(self) -> None:
        super().__init__(_FIELD)

    def filters(self, parser: QueryParser) -> list[Any]:  # noqa: ARG002
        """Bind after parentheses are nested (0) and before whitespace goes (500)."""
        return [(self.bind, 100)]

    def bind(self, parser: QueryParser, group: Any) -> Any:
        """Replace each field name and the node after it by one FieldNode."""
        bound = group.empty_copy()
        nodes = list(group)
        while nodes:
            node = nodes.pop(0)
            if isinstance(node, GroupNode):
                node = self.bind(parser, node)
            elif isinstance(node, syntax.FieldnameNode):
                if nodes and isinstance(nodes[0], WordNode | PhraseNode | GroupNode):
                    node = self._with_value(parser, node, nodes)
                else:
                    node = StrayWord(node.original).set_range(node.startchar, node.endchar)
            bound.append(node)
        return bound

    def _with_value(self, parser: QueryParser, name: syntax.FieldnameNode, nodes: list[Any]) -> FieldNode:
        value = nodes.pop(0)
        if isinstance(value, GroupNode):
            value = self.bind(parser, value)
        tail: list[WordNode] = []
        if isinstance(value, WordNode):
            for node in nodes:
                if isinstance(node, WordNode):
                    tail.append(node)
                elif isinstance(node, syntax.InfixOperator):
                    del tail[-1:]
                if len(tail) == LONGEST_NAME - 1 or not (isinstance(node, WordNode) or node.is_ws()):
                    break
        return FieldNode([value], field=_canonical(name.fieldname), tail=tuple(tail))


class StrayOperators(plugins.Plugin):
    """Operators with nothing to work on become words again; Whoosh would drop them from the question."""

    def filters(self, parser: QueryParser) -> list[Any]:  # noqa: ARG002
        """Look once whitespace is gone (500) and before operators work (600)."""
        return [(self.restore, 590)]

    def restore(self, parser: QueryParser, group: GroupNode) -> GroupNode:
        """Turn an operator at an edge, or before another one, into a word."""
        for index, node in enumerate(group):
            if isinstance(node, GroupNode):
                self.restore(parser, node)
            elif isinstance(node, syntax.Operator):
                after = group[index + 1] if index + 1 < len(group) else None
                alone = after is None or isinstance(after, syntax.Operator)
                if isinstance(node, syntax.InfixOperator):
                    before = group[index - 1] if index else None
                    alone = isinstance(after, syntax.InfixOperator | None) or before is None
                if alone:
                    group[index] = StrayWord(node.text).set_range(node.startchar, node.endchar)
        return group


def _grammar() -> QueryParser:
    # Any, because Whoosh's tagging plugins are plugins by their methods and not by their class.
    rows: list[Any]
    operator = plugins.OperatorsPlugin.OpTagger
    negation = operator(_NEGATION, syntax.NotGroup, syntax.PrefixOperator)
    conjunction = operator(_CONJUNCTION, MustGroup)
    disjunction = operator(_DISJUNCTION, syntax.OrGroup)
    rows = [
        plugins.GroupPlugin(),
        FieldPrefixes(),
        plugins.PhrasePlugin(r'"(?P<text>[^"]*)"(~(?P<slop>\d{1,3}))?'),
        plugins.OperatorsPlugin([(negation, 0), (conjunction, 0), (disjunction, 0)], clean=True),
        plugins.PrefixPlugin(r'(?P<text>[^\s*()":]{2,})\*(?=\s|$|[()])'),
        StrayOperators(),
    ]
    return QueryParser(None, None, plugins=rows)


_PARSER = _grammar()


def _canonical(typed: str) -> str:
    return next(name for name, aliases in FIELD_NAMES.items() if typed.lower() in aliases)


def parse(question: str) -> tuple[GroupNode, list[Note]]:
    """Read the marks of a question: a tree of Whoosh's syntax nodes, and what was wrong with it.

    Offsets of the nodes are code points of ``question``. Never raises.

    >>> parse('تحریم -"نفت خام"')[0]
    <AndGroup <None:'تحریم'>, <NotGroup <None:PhraseNode 'نفت خام'~1>>>
    """
    notes = []
    if len(question) > LONGEST_QUESTION:
        question = question[:LONGEST_QUESTION]
        notes.append(Note("too_long", gettext("پرسش بسیار بلند بود و فقط بخش نخست آن خوانده شد.")))
    typed = question.translate(_MARKS)
    if typed.count('"') % 2:
        notes.append(Note("open_quote", gettext("یک گیومه بسته نشده است؛ واژه‌های پس از آن ساده خوانده شد.")))
    depth, balanced = _nesting(typed)
    if not balanced:
        notes.append(Note("open_parenthesis", gettext("پرانتزها جفت نیستند؛ پرانتزِ تنها نادیده گرفته شد.")))
    if depth > DEEPEST_NESTING:
        notes.append(
            Note("too_deep", gettext("پرانتزها بیش از اندازه تودرتو هستند؛ همه چیز واژهٔ ساده خوانده شد."))
        )
        return plain(question), notes
    if not _SIGN.search(typed):
        return _words(typed), notes
    tree = _PARSER.process(typed)
    stray = " ".join(node.text for node in _leaves(tree) if isinstance(node, StrayWord))
    if stray:
        notes.append(
            Note(
                "stray_operator",
                gettext("«%(stray)s» چیزی برای پیوند دادن نداشت و واژهٔ ساده خوانده شد.", stray=stray),
            )
        )
    return tree, notes


def plain(question: str) -> GroupNode:
    """Read a question as words and nothing else."""
    word = WordNode(question)
    return syntax.AndGroup([word.set_range(0, len(question))])


def _words(typed: str) -> GroupNode:
    """Read words side by side as the grammar does, which tries its every sign at each of their letters."""
    words = _WORD.finditer(typed)
    return syntax.AndGroup([WordNode(word.group()).set_range(*word.span()) for word in words])


def _leaves(group: GroupNode) -> Iterator[syntax.SyntaxNode]:
    for node in group:
        if isinstance(node, GroupNode):
            yield from _leaves(node)
        else:
            yield node


def _nesting(typed: str) -> tuple[int, bool]:
    """Measure how deep parentheses go outside of quotes, and whether each has its partner."""
    depth = deepest = 0
    balanced = True
    for mark in re.findall(r"[()]", re.sub(r'"[^"]*"', "", typed)):
        depth += 1 if mark == "(" else -1
        deepest = max(deepest, depth)
        if depth < 0:
            depth, balanced = 0, False
    return deepest, balanced and depth == 0
