"""Follows the folders of the corpus, so that an article can be found as soon as its file is there."""

import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path

from watchfiles import Change, watch

from analyzers.errors import RasadError
from indexer.corpus import Corpus, require_remembered
from indexer.engine import IndexProblemError
from indexer.generations import Generations
from indexer.settings import Settings
from indexer.update import UpdateReport, update

# Milliseconds: how long to wait for more changes that belong together, at most, and how often to look around.
_STEP = 50
_LONGEST_WAIT = 400
_TICK = 300

_RETRY_SECONDS = 2.0


class WatchError(RasadError):
    """Folders that the operating system will not report on; the message says what to change."""


def watch_corpus(
    settings: Settings,
    paths: Sequence[Path],
    *,
    report: Callable[[UpdateReport, float], None],
    failed: Callable[[RasadError], None],
    alive: Callable[[], bool] = lambda: True,
) -> None:
    """Bring the index up to date, then again whenever a file below the corpus appears, changes or goes.

    Without ``paths`` the corpus is what :func:`indexer.update.update` takes for it. ``report`` is told of the
    first update and of every one that found something, with the seconds it took. What fails is told to
    ``failed`` and tried again: nothing that changed is forgotten. A path that another run is given meanwhile
    is followed too, until one forgets it. Returns when ``alive`` says no longer. Raises :class:`WatchError`.
    """
    Corpus(paths or settings.roots, settings.corpus.exclude, settings.base)
    first, retry_at, told = True, 0.0, ""
    pending: set[Path] = set()
    try:
        with closing(_changes(settings, paths)) as ticks:
            # The first tick comes when the folders are being watched, so that no change falls in between.
            for changed in ticks:
                if not alive():
                    return
                pending.update(changed)
                if not (first or pending) or time.monotonic() < retry_at:
                    continue
                began = time.monotonic()
                try:
                    # A folder that is not there now is no folder whose articles were deleted.
                    corpus = _followed(settings, paths)
                    pending = {path for path in pending if corpus.takes(path)}
                    if not (first or pending):
                        continue
                    done = update(settings, paths if first else sorted(pending), vanished=not first)
                except RasadError as error:
                    retry_at = time.monotonic() + _RETRY_SECONDS
                    if str(error) != told:
                        told = str(error)
                        failed(error)
                    continue
                if first or done.found_something:
                    report(done, time.monotonic() - began)
                first, told = False, ""
                pending.clear()
    except OSError as error:
        advice = "raise fs.inotify.max_user_watches, or watch fewer folders"
        raise WatchError(f"cannot watch the folders of the corpus: {error}; {advice}") from None


def _changes(settings: Settings, paths: Sequence[Path]) -> Generator[set[Path], None, None]:
    """Yield, again and again, the files and folders of the corpus that changed, often none.

    A folder of the corpus that goes and comes again is watched anew, and is itself what changed; so is a path
    that came to the corpus.
    """
    corpus = _followed(settings, paths, vanished=True)
    again: set[Path] = set()
    while True:
        folders = [root for root in corpus.roots if root.is_dir()]
        singles = _SingleFiles(root for root in corpus.roots if not root.is_dir())
        inodes = {folder: _inode(folder) for folder in folders}
        gone: set[Path] = set()
        ticks = watch(
            *folders,
            watch_filter=None,
            step=_STEP,
            debounce=_LONGEST_WAIT,
            rust_timeout=_TICK,
            yield_on_timeout=True,
        )
        with closing(ticks):
            for changes in ticks:
                found = {path for _, name in changes if corpus.takes(path := Path(name))}
                yield again | found | singles.changed()
                gone.update(Path(name) for change, name in changes if change is Change.deleted)
                # A new folder may have the number of the old one.
                again = {each for each in folders if each in gone or _inode(each) != inodes[each]}
                now = corpus
                with suppress(IndexProblemError):  # an update says so
                    now = _followed(settings, paths, vanished=True)
                came = {root for root in now.roots if root.is_dir() and root not in folders}
                if came or now.roots != corpus.roots or (again and all(map(Path.is_dir, folders))):
                    again |= came | singles.changed() | set(now.roots).difference(corpus.roots)
                    corpus = now
                    break


def _inode(folder: Path) -> int | None:
    try:
        return folder.stat().st_ino
    except OSError:
        return None


def _followed(settings: Settings, paths: Sequence[Path], *, vanished: bool = False) -> Corpus:
    """Give what an update looks at now: the paths asked for, or all that the index is made from.

    Raises :class:`indexer.corpus.CorpusError` where one is not there, unless it may have ``vanished``.
    """
    if not paths:
        current = Generations(settings.index.path).current()
        given = [] if current is None else [Path(path) for path in current.mark.given]
        if not vanished:
            require_remembered(given)
        paths = [*settings.roots, *given]
    return Corpus(paths, settings.corpus.exclude, settings.base, vanished=vanished)


class _SingleFiles:
    """Files that are watched without their folder, by looking at them: a rename would lose the events."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._stamps = {file: _stamp(file) for file in files}

    def changed(self) -> set[Path]:
        """Give those that changed since the last look."""
        now = {file: _stamp(file) for file in self._stamps}
        changed = {file for file, stamp in now.items() if stamp != self._stamps[file]}
        self._stamps = now
        return changed


def _stamp(file: Path) -> tuple[int, int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
