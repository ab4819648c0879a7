"""Takes articles in over the network: they become files of the spool, and the index is brought up to date.

Indexing runs in a process of its own, so that it never keeps an answer waiting; that process stays, because
the rules take longer to load than an article to index.
"""

import multiprocessing
import signal
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

from analyzers.errors import RasadError
from indexer.engine import Engine
from indexer.readers.fields import FieldError, article
from indexer.settings import Settings
from indexer.spool import Spool
from indexer.update import update
from indexer.writelock import BusyError
from searchapp.models import DeletedAnswer, PublishedAnswer, PublishedArticle

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

_LONGEST_ID = 200


class ArticleProblemError(RasadError):
    """Articles that cannot be taken as they are; the message names each and says why. None was taken."""


class ForeignArticleError(RasadError):
    """An article that a file of the corpus holds, which is not for programs to change."""


class AbsentArticleError(RasadError):
    """An article that is nowhere."""


class UnindexedError(RasadError):
    """Articles that are kept but could not be indexed; the message says why."""


class Publisher:
    """The one way by which programs add and remove articles; safe from several threads.

    At most half of the server's threads wait here, so that searching goes on.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._room = BoundedSemaphore(max(1, settings.web.threads // 2))
        self._lock = Lock()
        self._process: SpawnProcess | None = None
        self._line: Connection | None = None

    def publish(self, items: Sequence[Mapping[str, object]], engine: Engine) -> PublishedAnswer:
        """Keep and index articles, all or none; ``engine`` is the index as it is now.

        Raises :class:`ArticleProblemError`, :class:`ForeignArticleError`,
        :class:`indexer.writelock.BusyError` while another process is writing, and :class:`UnindexedError`.
        """
        with self._turn():
            spool = Spool(self._settings.spool)
            taken, notices = _checked(items, spool, self._settings.base)
            published = []
            for article_id, (_, content_hash) in taken.items():
                stored = engine.article(article_id)
                if stored and Path(stored[0].path) != spool.path(article_id):
                    raise ForeignArticleError(f"the id '{article_id}' is that of an article in another file")
                if not stored:
                    published.append(PublishedArticle(article_id, "new"))
                elif stored[0].content_hash != content_hash:
                    published.append(PublishedArticle(article_id, "changed"))
                else:
                    published.append(PublishedArticle(article_id, "unchanged"))
            for article_id, (values, _) in taken.items():
                spool.put(article_id, values)
            paths = [spool.path(each.id) for each in published if each.status != "unchanged"]
            if paths:
                self._index(paths)
        counts = {
            status: sum(each.status == status for each in published) for status in PublishedAnswer.STATUSES
        }
        return PublishedAnswer(**counts, articles=published, notices=notices)

    def delete(self, article_id: str, engine: Engine) -> DeletedAnswer:
        """Remove an article that was fetched or published.

        Raises :class:`AbsentArticleError`, :class:`ForeignArticleError` and what :meth:`publish` raises.
        """
        with self._turn():
            spool = Spool(self._settings.spool)
            stored = engine.article(article_id)
            # What was removed but not yet taken out of the index is in the index alone.
            if not spool.remove(article_id) and not stored:
                raise AbsentArticleError(f"no article has the id {article_id}")
            if stored and Path(stored[0].path) != spool.path(article_id):
                message = f"'{article_id}' is an article in a file of the corpus; delete it there"
                raise ForeignArticleError(message)
            self._index([spool.path(article_id)])
        return DeletedAnswer(article_id, "deleted")

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for those who came before, as long as for another process. Raises :class:`BusyError`."""
        if not self._room.acquire(blocking=False):
            raise BusyError("too many articles are being written at once; try again later")
        try:
            if not self._lock.acquire(timeout=self._settings.index.lock_wait):
                raise BusyError("other articles are still being written; try again later")
            try:
                yield
            finally:
                self._lock.release()
        finally:
            self._room.release()

    def _index(self, paths: Sequence[Path]) -> None:
        """Let the other process index some files. Raises :class:`BusyError`, :class:`UnindexedError`."""
        if self._process is None or self._line is None or not self._process.is_alive():
            self._start()
        try:
            assert self._line is not None  # noqa: S101
            self._line.send(paths)
            problem, busy = self._line.recv()
        except (OSError, EOFError):
            self._process = None
            raise UnindexedError("the articles are kept; indexing them ended without a word") from None
        if busy:
            raise BusyError(f"the articles are kept and yet to be indexed: {problem}")
        if problem:
            raise UnindexedError(f"the articles are kept; they could not be indexed: {problem}")

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, other = context.Pipe()
        self._process = context.Process(target=_follow, args=(other, self._settings), daemon=True)
        self._process.start()
        other.close()


def _checked(
    items: Sequence[Mapping[str, object]], spool: Spool, base: Path
) -> tuple[dict[str, tuple[Mapping[str, object], str]], list[str]]:
    """Give the values and content hash of each article by id, and what is to be said of them."""
    taken: dict[str, tuple[Mapping[str, object], str]] = {}
    notices, problems = [], []
    for number, values in enumerate(items, 1):
        try:
            found, said = article(values, spool.folder, base, alone=False)
            if not _reachable(found.id):
                raise FieldError(
                    "the id must be an address's path: short, without spaces at its ends, // or .."
                )
            if found.id in taken:
                raise FieldError(f"the id '{found.id}' is there twice")
        except FieldError as error:
            problems.append(f"article {number}: {error}")
        else:
            taken[found.id] = values, found.content_hash
            notices += [f"article {number}: {notice}" for notice in said]
    if problems:
        raise ArticleProblemError("; ".join(problems[:20]))
    return taken, notices


def _reachable(article_id: str) -> bool:
    """Tell whether an id can stand in an address, so that the article has a page."""
    parts = article_id.split("/")
    plain = article_id.isprintable() and len(article_id) <= _LONGEST_ID
    return plain and all(part.strip() and part not in {".", ".."} for part in parts)


def _follow(line: Connection, settings: Settings) -> None:
    """Index what comes down the line until it is closed, which it is when the server ends in whatever way."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            paths = line.recv()
        except (OSError, EOFError):
            return
        answer = "", False
        try:
            update(settings, paths, vanished=True, jobs=1)
        except RasadError as error:
            answer = str(error), isinstance(error, BusyError)
        except Exception as error:  # noqa: BLE001
            traceback.print_exc()
            answer = type(error).__name__, False
        line.send(answer)
