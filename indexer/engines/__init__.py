"""The engines behind :class:`indexer.engine.Engine`."""

from pathlib import Path

from indexer.engine import Engine
from indexer.settings import SearchSettings


def open_engine(name: str, folder: Path, settings: SearchSettings, *, create: bool = False) -> Engine:
    """Open the engine that ``[index] engine`` names on a folder, loading no other engine's libraries.

    ``create`` makes an empty index there first. Raises :class:`indexer.engine.IndexProblemError`.
    """
    from indexer.engines.columnar.engine import ColumnarEngine  # noqa: PLC0415  (loaded by name, when asked for)

    engines = {"whoosh": ColumnarEngine}
    return engines[name].create(folder, settings) if create else engines[name](folder, settings)


def schema_version(name: str) -> int:
    """Tell which layout an engine writes, so that an index of an older one is built anew."""
    from indexer.engines.columnar.schema import SCHEMA_VERSION  # noqa: PLC0415

    return {"whoosh": SCHEMA_VERSION}[name]
