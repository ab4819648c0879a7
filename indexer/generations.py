"""Keeps whole indexes side by side: a new one is built and swapped in while the old one answers.

``<index path>/generations/00001/`` holds one index with the corpus layer its terms were made with, and
``<index path>/CURRENT`` names the generation that answers. CURRENT is replaced in one step.
"""

import os
import shutil
from pathlib import Path

import msgspec

from analyzers.corpus_layer import CorpusLayer
from analyzers.errors import RasadError
from indexer.engine import Engine, IndexProblemError
from indexer.engines import open_engine
from indexer.settings import Settings


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
        self.number = int(folder.name)
        self.layer_file = folder / "layer.bin"

    @property
    def mark(self) -> GenerationMark:
        """What it was built by and from. Raises :class:`IndexProblemError`."""
        try:
            return msgspec.json.decode((self.folder / "generation.json").read_bytes(), type=GenerationMark)
        except (OSError, msgspec.MsgspecError) as error:
            raise _unreadable(self.folder, error) from error

    @mark.setter
    def mark(self, mark: GenerationMark) -> None:
        _replace(self.folder / "generation.json", msgspec.json.format(msgspec.json.encode(mark)))

    @property
    def layer(self) -> CorpusLayer:
        """The corpus layer that its terms were made with. Raises :class:`IndexProblemError`."""
        try:
            return CorpusLayer.load(self.layer_file)
        except (OSError, msgspec.MsgspecError) as error:
            raise _unreadable(self.folder, error) from error

    def open(self, settings: Settings) -> Engine:
        """Open its index. Raises :class:`IndexProblemError`."""
        return open_engine(self.mark.engine, self.folder / "index", settings.search)


class OpenGeneration:
    """The generation that answers, open, with the corpus layer that questions must be analysed with."""

    def __init__(self, generations: "Generations", generation: Generation, settings: Settings) -> None:
        self._generations = generations
        self.number = generation.number
        self.fingerprint = generation.mark.enrichment
        self.layer = generation.layer
        self.engine = generation.open(settings)

    def stale(self) -> bool:
        """Tell whether another generation has become current since; cheap enough for every request."""
        return self._generations.current_number() != self.number


class Generations:
    """All generations below an index folder. Whoever changes them must hold the folder's write lock."""

    def __init__(self, folder: Path) -> None:
        self._pointer = folder / "CURRENT"
        self._folder = folder / "generations"

    def current_number(self) -> int | None:
        """Give the number of the generation that answers, ``None`` while there is none."""
        try:
            return int(self._pointer.read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise _unreadable(self._pointer, error) from error

    def current(self) -> Generation | None:
        """Give the generation that answers. Raises :class:`IndexProblemError`."""
        number = self.current_number()
        return None if number is None else Generation(self._folder / f"{number:05}")

    def forget_current(self) -> None:
        """Leave no generation current, where what CURRENT names cannot be used."""
        self._pointer.unlink(missing_ok=True)

    def unfinished(self) -> Generation | None:
        """Give the generation whose building was interrupted, if its files can still be used."""
        newer = [each for each in self._all() if each.number > (self.current_number() or 0)]
        return newer[-1] if newer and (newer[-1].folder / "generation.json").exists() else None

    def create(self, mark: GenerationMark, layer: CorpusLayer, settings: Settings) -> Generation:
        """Make an empty generation beside the others; those that were never finished are dropped."""
        for generation in self._all():
            if generation.number > (self.current_number() or 0):
                shutil.rmtree(generation.folder)
        number = max((each.number for each in self._all()), default=0) + 1
        folder = self._folder / f"{number:05}"
        folder.mkdir(parents=True)
        generation = Generation(folder)
        layer.save(generation.layer_file)
        open_engine(mark.engine, folder / "index", settings.search, create=True).close()
        generation.mark = mark
        return generation

    def publish(self, generation: Generation, keep: int) -> None:
        """Make a generation the one that answers, and keep only ``keep`` of the older ones."""
        _replace(self._pointer, f"{generation.number}\n".encode("ascii"))
        older = [each for each in self._all() if each.number < generation.number]
        for each in older[: len(older) - keep]:
            shutil.rmtree(each.folder, ignore_errors=True)

    def _all(self) -> list[Generation]:
        if not self._folder.is_dir():
            return []
        return [Generation(folder) for folder in sorted(self._folder.iterdir()) if folder.name.isdigit()]


def open_current(settings: Settings) -> OpenGeneration:
    """Open what was indexed last, for reading. Raises :class:`NoIndexError`, :class:`IndexProblemError`."""
    generations = Generations(settings.index.path)
    current = generations.current()
    if current is None:
        raise NoIndexError(f"nothing has been indexed in {settings.index.path} yet; run `rasad index`")
    return OpenGeneration(generations, current, settings)


def _unreadable(place: Path, error: Exception) -> IndexProblemError:
    return IndexProblemError(f"the index cannot be read ({place}: {error}); run `rasad index --rebuild`")


def _replace(file: Path, content: bytes) -> None:
    """Replace a file so that whoever reads it, even after a power cut, finds the old or the new one whole."""
    aside = file.with_name(f"{file.name}.new")
    with aside.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    aside.replace(file)
