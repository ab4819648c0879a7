"""Reads a Markdown file as the text that a reader is meant to see, so that no mark is searched or cited."""

from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from indexer.article import Article
from indexer.readers.markup import plain
from indexer.readers.problem import ReadProblem
from indexer.readers.text import read_text

# CommonMark with tables; but a line end stays one, as many save a paragraph a line, and a line that is set
# in is no code.
_MARKDOWN = MarkdownIt("commonmark", {"breaks": True}).enable("table").disable("code")


def read_markdown(path: Path, base: Path) -> Iterator[Article | ReadProblem]:
    """Read the one article of a ``.md`` file.

    Raises :class:`indexer.readers.encoding.EncodingError`.
    """
    return read_text(path, base, shown)


def shown(body: str) -> str:
    """Give the text of Markdown, an empty line between its blocks; pictures are left out.

    >>> shown("## سفر به **مسکو**\\n\\nوزیر [دیروز](https://example.org) رفت.\\n\\n* نفت\\n* گاز")
    'سفر به مسکو\\n\\nوزیر دیروز رفت.\\n\\nنفت\\nگاز'
    """
    blocks = SyntaxTreeNode(_MARKDOWN.parse(body)).children
    texts = (plain(_MARKDOWN.renderer.render(block.to_tokens(), _MARKDOWN.options, {})) for block in blocks)
    return "\n\n".join(filter(None, texts))
