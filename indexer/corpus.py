"""Walks the corpus, so that every file below its folders is accounted for, in the same order every time."""

import os
import shlex
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

from analyzers.errors import RasadError
from indexer.article import Article
from indexer.readers import ReadProblem, read


class CorpusError(RasadError):
    """A path of the corpus that does not exist; nothing is indexed, so that nothing is taken for deleted."""


def require_remembered(paths: Iterable[Path]) -> None:
    """Refuse to go on without paths that earlier runs were given. Raises :class:`CorpusError`."""
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        advice = " ".join(f"--forget {shlex.quote(path)}" for path in missing)
        raise CorpusError(
            f"what is remembered does not exist: {', '.join(missing)}; the articles stay: bring them back, "
            f"or drop paths and articles with `rasad index {advice}`"
        )


class Corpus:
    """The articles below some files and folders (``roots``), each id once.

    ``exclude`` are patterns for names that are left out (a root itself is always taken); ``base`` is the
    folder that derived ids start from. Raises :class:`CorpusError` for a root that does not exist, unless it
    may have ``vanished``: then its articles have.
    """

    def __init__(
        self, roots: Iterable[Path], exclude: Iterable[str], base: Path, *, vanished: bool = False
    ) -> None:
        self.roots = tuple(dict.fromkeys(Path(os.path.normpath(root.absolute())) for root in roots))
        self._roots = frozenset(map(str, self.roots))
        self._below_roots = tuple(os.path.join(root, "") for root in self.roots)  # noqa: PTH118 - "/" stays "/"
        self._exclude = tuple(exclude)
        self._base = base
        for root in self.roots:
            if not vanished and not root.exists():
                raise CorpusError(f"{root} does not exist; give a file or folder of articles")

    def covers(self, path: str) -> bool:
        """Tell whether a file belongs to this corpus, whether or not it still exists."""
        return path.startswith(self._below_roots) or path in self._roots

    def takes(self, path: Path) -> bool:
        """Tell whether a file or folder belongs to this corpus and is not left out by its name."""
        return any(
            not any(map(self._excluded, path.relative_to(root).parts))
            for root in self.roots
            if path.is_relative_to(root)
        )

    def files(self) -> Iterator[Path | ReadProblem]:
        """Every file, once, folder by folder in the order of names, and a problem for what is not entered."""
        seen: set[Path | ReadProblem] = set()
        for root in self.roots:
            for found in self._under(root):
                if found not in seen:
                    seen.add(found)
                    yield found

    def read(self) -> Iterator[Article | ReadProblem]:
        """Every article, and a problem for everything that is none; a second use of an id is a problem."""
        places: dict[str, str] = {}
        for file in self.files():
            for found in [file] if isinstance(file, ReadProblem) else read(file, self._base):
                if isinstance(found, Article) and found.id in places:
                    message = f"the id '{found.id}' is taken by an article in {places[found.id]}"
                    yield ReadProblem("failed", found.path, message)
                    continue
                if isinstance(found, Article):
                    places[found.id] = found.path
                yield found

    def _under(self, root: Path) -> Iterable[Path | ReadProblem]:
        if root.is_dir():
            return self._below(root)
        return [root] if root.exists() else []

    def _below(self, folder: Path) -> Iterator[Path | ReadProblem]:
        barred: list[ReadProblem] = []

        def bar(error: OSError) -> None:
            if not isinstance(error, FileNotFoundError):  # a folder that goes meanwhile is gone
                message = f"the folder cannot be read: {error.strerror}"
                barred.append(ReadProblem("failed", str(error.filename), message))

        for parent, folders, names in os.walk(folder, onerror=bar):
            folders[:] = sorted(name for name in folders if not self._excluded(name))
            for name in folders:
                if (link := Path(parent, name)).is_symlink():
                    message = "a link to a folder is not followed; name that folder in [corpus] paths"
                    yield ReadProblem("skipped", str(link), message)
            yield from (Path(parent, name) for name in sorted(names) if not self._excluded(name))
        yield from barred

    def _excluded(self, name: str) -> bool:
        return any(fnmatch(name, pattern) for pattern in self._exclude)
