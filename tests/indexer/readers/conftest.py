from pathlib import Path

from indexer.article import Article
from indexer.readers import ReadProblem, read

Taken = tuple[list[Article], list[ReadProblem]]


def taken_from(file: Path, content: str | bytes) -> Taken:
    """Write a file and read it: its articles, and what could not be read."""
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    found = list(read(file, file.parent))
    return (
        [each for each in found if isinstance(each, Article)],
        [each for each in found if isinstance(each, ReadProblem)],
    )
