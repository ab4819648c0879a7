"""Takes the plain text out of a piece of HTML, as feeds carry it: blocks become lines, the rest is text."""

from html.parser import HTMLParser

# All other elements begin and end a line.
_WITHIN_LINES = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd"}
    | {"mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)
_UNSEEN = frozenset({"script", "style", "template", "noscript"})


def plain(markup: str) -> str:
    """Give the text that a browser would show, a line for each block.

    >>> plain("<p>سفر به <b>مسکو</b></p><script>x()</script><p>او فردا برمی&zwnj;گردد.</p>").split("\\n")[0]
    'سفر به مسکو'
    """
    parser = _Text()
    parser.feed(markup)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


class _Text(HTMLParser):
    """Collects text between tags, and a line end for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a line, or something that is not shown."""
        self._hidden += tag in _UNSEEN
        self._end_line(tag)

    def handle_endtag(self, tag: str) -> None:
        """End a line, or something that is not shown."""
        self._hidden = max(0, self._hidden - (tag in _UNSEEN))
        self._end_line(tag)

    def handle_data(self, data: str) -> None:
        """Keep what is shown; a line end in the source is a space."""
        if not self._hidden:
            self.pieces.append(data.replace("\n", " "))

    def _end_line(self, tag: str) -> None:
        if tag not in _WITHIN_LINES:
            self.pieces.append("\n")
