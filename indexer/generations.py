"""Keeps whole indexes side by side: a new one is built and swapped in while the old one answers.

``<index path>/generations/00001/`` holds one index with the corpus layer its terms were made with, and how
the names of the tables are read with that layer. ``<index path>/CURRENT`` names the generation that answers;
it is replaced in one step. While a generation is built its folder is called ``00001.new``. Numbers are never
used twice, so that a reader who has one open never takes another for it.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from analyzers.corpus_layer import CorpusLayer
from analyzers.errors import RasadError
from indexer.engine import Engine, IndexProblemError
from indexer.engines import open_engine, schema_version
from indexer.names import NAMES, decode_names
from indexer.sealed import BrokenSealError, replace, sealed, sync_folder, unsealed
from indexer.settings import Settings

_POINTER = b"rasad-current 1"
_MARK = b"rasad-generation 1"
_LAYER = b"rasad-layer 1"
_UNFINISHED = ".new"

Content = TypeVar("Content")


class NoIndexError(RasadError):
    """Nothing has been indexed yet."""


class GenerationMark(msgspec.Struct, frozen=True, kw_only=True):
    """What a generation was built by and from; when the rules changed since, it is stale.

    ``enrichment`` is :attr:`indexer.enrichment.Enrichment.fingerprint`. ``configured`` says that the
    settings' corpus is in it, ``given`` which further paths are.
    """

    engine: str
    schema: int
    enrichment: str
    configured: bool = True
    given: tuple[str, ...] = ()

    def same_rules(self, other: "GenerationMark") -> bool:
        """Tell whether the same article would be indexed in the same way."""
        return (self.engine, self.schema, self.enrichment) == (other.engine, other.schema, other.enrichment)


class Generation:
    """One index on disk, current or not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = int(folder.name.removesuffix(_UNFINISHED))

    @property
    def mark(self) -> GenerationMark:
        """What it was built by and from. Raises :class:`IndexProblemError`."""
        return _read(self.folder / "mark", _MARK, _decode_mark)

    @mark.setter
    def mark(self, mark: GenerationMark) -> None:
        replace(self.folder / "mark", sealed(_MARK, msgspec.json.format(msgspec.json.encode(mark))))

    @property
    def layer(self) -> CorpusLayer:
        """The corpus layer that its terms were made with. Raises :class:`IndexProblemError`."""
        return _read(self.folder / "layer", _LAYER, CorpusLayer.decode)

    @property
    def names(self) -> bytes:
        """How names are read with its layer (:mod:`indexer.names`); empty where that was not kept."""
        try:
            return self._names.read_bytes()
        except OSError:
            return b""

    @names.setter
    def names(self, content: bytes) -> None:
        replace(self._names, content)

    @property
    def _names(self) -> Path:
        return self.folder / "names"

    @property
    def outdated(self) -> bool:
        """Whether another version of Rasad wrote it, in a layout that this one cannot read."""
        try:
            mark = self.mark
        except IndexProblemError:
            return False
        return mark.schema != schema_version(mark.engine)

    def open(self, settings: Settings) -> Engine:
        """Open its index. Raises :class:`IndexProblemError`."""
        return open_engine(self.mark.engine, self.folder / "index", settings.search)

    def verify(self, settings: Settings) -> list[str]:
        """Read all of it and say what is wrong, in sentences; nothing when it is sound."""
        problems = []
        try:
            self.layer  # noqa: B018 - reading it is checking it
            _read(self._names, NAMES, decode_names)
        except IndexProblemError as error:
            problems.append(str(error))
        try:
            engine = self.open(settings)
        except IndexProblemError as error:
            return [*problems, str(error)]
        try:
            return [*problems, *engine.verify()]
        finally:
            engine.close()


class OpenGeneration:
    """The generation that answers, open, with the corpus layer that questions must be analysed with."""

    def __init__(self, generations: "Generations", generation: Generation, settings: Settings) -> None:
        self._generations = generations
        self.number = generation.number
        self.fingerprint = generation.mark.enrichment
        self.layer = generation.layer
        self.engine = generation.open(settings)
        self._generation = generation

    @property
    def names(self) -> bytes:
        """How names are read with its layer, as :attr:`Generation.names`."""
        return self._generation.names

    def stale(self) -> bool:
        """Tell whether another generation has become current since; cheap enough for every request."""
        return self._generations.current_number() != self.number


class Generations:
    """All generations below an index folder. Whoever changes them must hold the folder's write lock."""

    def __init__(self, folder: Path) -> None:
        self._pointer = folder / "CURRENT"
        self._folder = folder / "generations"

    def current_number(self) -> int | None:
        """Give the number of the generation that answers, ``None`` while there is none.

        Raises :class:`IndexProblemError`.
        """
        if not self._pointer.exists():
            return None
        return _read(self._pointer, _POINTER, int)

    def last_current(self) -> int | None:
        """Give the same where it can be told, ``None`` where CURRENT is damaged."""
        try:
            return self.current_number()
        except IndexProblemError:
            return None

    def current(self) -> Generation | None:
        """Give the generation that answers. Raises :class:`IndexProblemError`."""
        number = self.current_number()
        return None if number is None else Generation(self._folder / f"{number:05}")

    def existing(self) -> Generation:
        """Give the same where there has to be one. Raises :class:`NoIndexError` as well."""
        if (current := self.current()) is None:
            raise NoIndexError(f"nothing has been indexed in {self._folder.parent} yet; run `rasad index`")
        return current

    def older(self) -> list[Generation]:
        """Give the generations that answered before the current one and still can, the newest first.

        Where CURRENT is damaged, any that is finished may be one of them.
        """
        number = self.last_current()
        before = [each for each in self._finished() if number is None or each.number < number]
        return [each for each in reversed(before) if not each.outdated]

    def unfinished(self) -> Generation | None:
        """Give the generation whose building was interrupted, if its files can still be used."""
        begun = self._begun()
        return begun[-1] if begun and (begun[-1].folder / "mark").exists() else None

    def create(self, mark: GenerationMark, layer: CorpusLayer, settings: Settings) -> Generation:
        """Make an empty generation beside the others; those that were never finished are dropped."""
        numbers = [each.number for each in (*self._finished(), *self._begun())]
        number = max([*numbers, self.last_current() or 0]) + 1
        self.drop_unfinished()
        folder = self._folder / f"{number:05}{_UNFINISHED}"
        folder.mkdir(parents=True)
        generation = Generation(folder)
        replace(folder / "layer", sealed(_LAYER, layer.encode()))
        open_engine(mark.engine, folder / "index", settings.search, create=True).close()
        generation.mark = mark
        return generation

    def drop_unfinished(self) -> None:
        """Delete what interrupted builds left."""
        for generation in self._begun():
            shutil.rmtree(generation.folder)

    def publish(self, generation: Generation, keep: int) -> None:
        """Make a new generation the one that answers, and keep only ``keep`` of those that answered before.

        One that a rollback left behind is not kept.
        """
        before = self.last_current()
        finished = [each for each in self._finished() if each.number < generation.number]
        answered = [each for each in finished if before is None or each.number <= before]
        generation.folder.rename(self._folder / f"{generation.number:05}")
        sync_folder(self._folder)
        self._point(generation.number)
        kept = {each.number for each in answered[max(len(answered) - keep, 0) :]}
        for each in finished:
            if each.number not in kept:
                shutil.rmtree(each.folder, ignore_errors=True)

    def restore(self, generation: Generation) -> None:
        """Let an older generation answer again; the one it replaces stays until the next is built."""
        self._point(generation.number)

    def _point(self, number: int) -> None:
        replace(self._pointer, sealed(_POINTER, b"%d\n" % number))

    def _finished(self) -> list[Generation]:
        return self._named(lambda name: name.isdigit())

    def _begun(self) -> list[Generation]:
        return self._named(lambda name: name.endswith(_UNFINISHED) and name[: -len(_UNFINISHED)].isdigit())

    def _named(self, wanted: Callable[[str], bool]) -> list[Generation]:
        if not self._folder.is_dir():
            return []
        return [Generation(folder) for folder in sorted(self._folder.iterdir()) if wanted(folder.name)]


def open_current(settings: Settings) -> OpenGeneration:
    """Open what was indexed last, for reading. Raises :class:`NoIndexError`, :class:`IndexProblemError`."""
    generations = Generations(settings.index.path)
    return OpenGeneration(generations, generations.existing(), settings)


def _decode_mark(content: bytes) -> GenerationMark:
    return msgspec.json.decode(content, type=GenerationMark)


def _read(file: Path, kind: bytes, decode: Callable[[bytes], Content]) -> Content:
    """Read a sealed file of an index. Raises :class:`IndexProblemError`."""
    try:
        return decode(unsealed(kind, file.read_bytes()))
    except OSError as error:
        what = str(error.strerror)
    except (BrokenSealError, msgspec.MsgspecError) as error:
        what = str(error)
    raise IndexProblemError(f"the index cannot be read ({file}: {what}); run `rasad index --rebuild`")
