"""What a reader says of a file or line that it could not take as it stands: nothing is lost silently."""

from typing import Literal

from msgspec import Struct


class ReadProblem(Struct, frozen=True):
    """A file or line that was not taken, or not wholly.

    ``kind`` is "failed" (an article is missing from the index because of it), "skipped" (not meant to be
    read) or "noticed" (the article was taken, without something or from another encoding). ``line`` counts
    from 1.

    >>> str(ReadProblem("failed", "news.jsonl", "not valid JSON", 3))
    'news.jsonl, line 3: not valid JSON'
    """

    kind: Literal["failed", "skipped", "noticed"]
    path: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        """Name file and line, as an editor's message does."""
        place = self.path if self.line is None else f"{self.path}, line {self.line}"
        return f"{place}: {self.message}"
