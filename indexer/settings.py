"""One typed object for every setting, so that a misspelt key stops the program instead of being ignored.

Settings come from built-in defaults, then ``config.toml``, then the environment (``RASAD_INDEX__PATH``
for ``[index] path``). :func:`load_settings` refuses what it does not know by name, file and line.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_origin, get_type_hints

import msgspec

from analyzers.errors import RasadError

DEFAULT_FILE = "config.toml"
ENVIRONMENT_PREFIX = "RASAD_"

Positive = Annotated[int, msgspec.Meta(ge=1)]
Weight = Annotated[float, msgspec.Meta(ge=0)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class SettingsError(RasadError):
    """A setting that cannot be used; the message names the key and where it was set."""


class _Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of the file, so that all sections refuse unknown keys alike."""


class CorpusSettings(_Section, frozen=True):
    """Where the articles are."""

    paths: tuple[Path, ...] = (Path("seeds"),)
    exclude: tuple[str, ...] = (".*", "README*", "judgements")
    feeds: tuple[str, ...] = ()
    spool: Path = Path("var/articles")


class FetchSettings(_Section, frozen=True):
    """How feeds and the pages they name are fetched."""

    interval: Annotated[float, msgspec.Meta(ge=1)] = 15.0
    pause: Weight = 1.0
    timeout: Annotated[float, msgspec.Meta(gt=0)] = 20.0
    largest: Positive = 5_000_000
    private: bool = False
    contact: str = ""


class IndexSettings(_Section, frozen=True):
    """Where the index is and how it is written."""

    path: Path = Path("var/index")
    engine: Literal["whoosh"] = "whoosh"
    keep: Annotated[int, msgspec.Meta(ge=0)] = 1
    batch: Positive = 64000
    lock_wait: Weight = 10.0


class AnalysisSettings(_Section, frozen=True):
    """How an article becomes paragraphs, and what is found in them. ``topics`` is a path, or empty."""

    paragraph_words: Annotated[int, msgspec.Meta(ge=20)] = 180
    metonyms: bool = True
    topics: str = ""


class SearchSettings(_Section, frozen=True):
    """How answers are ranked and how much of them is shown."""

    page_size: Annotated[int, msgspec.Meta(ge=1, le=100)] = 10
    facet_size: Positive = 10
    more_paragraphs: Annotated[int, msgspec.Meta(ge=0)] = 5
    minimum_match: Share = 0.2
    related: bool = True
    title_boost: Weight = 1.0
    exact_boost: Weight = 0.3
    k1: Weight = 1.4
    b: Share = 0.85
    paragraph_share: Share = 0.3
    time_limit: Annotated[float, msgspec.Meta(gt=0)] = 2.0
    fold_similar: bool = True
    proximity_boost: Weight = 0.3
    recency: Share = 0.0
    recency_days: Annotated[float, msgspec.Meta(gt=0)] = 365.0


class WebSettings(_Section, frozen=True):
    """How the pages are served."""

    host: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 8000
    processes: Annotated[int, msgspec.Meta(ge=0)] = 0
    threads: Positive = 4
    token: str = ""
    largest_post: Positive = 10_000_000
    proxy: str = ""


class Settings(_Section, frozen=True):
    """All settings of one run; ``base`` is the folder that relative paths and article ids start from."""

    corpus: CorpusSettings = CorpusSettings()
    fetch: FetchSettings = FetchSettings()
    index: IndexSettings = IndexSettings()
    analysis: AnalysisSettings = AnalysisSettings()
    search: SearchSettings = SearchSettings()
    web: WebSettings = WebSettings()
    base: Path = msgspec.field(default_factory=Path.cwd)

    @property
    def spool(self) -> Path:
        """The folder of fetched and posted articles, whether it is there yet or not."""
        return self.base / self.corpus.spool

    @property
    def roots(self) -> tuple[Path, ...]:
        """The files and folders of the configured corpus; the spool is one of them once it is there."""
        return (*self.corpus.paths, self.spool) if self.spool.is_dir() else self.corpus.paths


SECTIONS: Mapping[str, type[_Section]] = {
    field.name: field.type for field in msgspec.structs.fields(Settings) if field.name != "base"
}


def load_settings(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Settle every setting once, before anything is opened.

    ``path`` is the file asked for; without it ``config.toml`` of the working folder is read where there is
    one. ``environ`` stands for the process's environment. A relative path starts at the file's folder, or at
    the working folder where the environment gave it. Raises :class:`SettingsError`.
    """
    file = path if path is not None else Path(DEFAULT_FILE)
    text = _read(file) if path is not None or file.is_file() else ""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} is not valid TOML: {error}") from None
    origins: dict[str, str] = {}
    for name, table in tables.items():
        origins[name] = f"{file}, line {_line(text, name)}"
        if name not in SECTIONS:
            raise _unknown_section(name, origins[name])
        if not isinstance(table, dict):
            raise SettingsError(f"{origins[name]}: '{name}' is a section; write [{name}] on its own line")
        for key in table:
            origins[f"{name}.{key}"] = f"{file}, line {_line(text, name, key)}"
    overridden = _override(tables, origins, os.environ if environ is None else environ)
    sections = {name: _section(name, tables.get(name, {}), origins) for name in SECTIONS}

    base = file.absolute().parent

    def absolute(key: str, value: Path) -> Path:
        start = Path.cwd() if key in overridden else base
        return Path(os.path.normpath(start / value.expanduser()))

    corpus, index = sections["corpus"], sections["index"]
    paths = tuple(absolute("corpus.paths", path) for path in corpus.paths)
    analysis = sections["analysis"]
    if analysis.topics:
        topics = str(absolute("analysis.topics", Path(analysis.topics)))
        sections["analysis"] = msgspec.structs.replace(analysis, topics=topics)
    spool = absolute("corpus.spool", corpus.spool)
    sections["corpus"] = msgspec.structs.replace(corpus, paths=paths, spool=spool)
    sections["index"] = msgspec.structs.replace(index, path=absolute("index.path", index.path))
    return Settings(base=base, **sections)


def _unknown_section(key: str, origin: str) -> SettingsError:
    return SettingsError(f"{origin}: unknown key '{key}'; the sections are {', '.join(SECTIONS)}")


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsError(f"{file} is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise SettingsError(f"cannot read the settings file {file}: {error.strerror}") from None


def _override(tables: dict[str, Any], origins: dict[str, str], environ: Mapping[str, str]) -> set[str]:
    """Lay the environment's settings over the file's, and return their dotted keys."""
    overridden = set()
    for variable, value in sorted(environ.items()):
        if not variable.startswith(ENVIRONMENT_PREFIX) or "__" not in variable:
            continue
        name, _, key = variable.removeprefix(ENVIRONMENT_PREFIX).lower().partition("__")
        dotted = f"{name}.{key}"
        origins[dotted] = f"environment variable {variable}"
        if name not in SECTIONS:
            raise _unknown_section(dotted, origins[dotted])
        types = get_type_hints(SECTIONS[name])
        tables.setdefault(name, {})[key] = _typed(value, types.get(key))
        overridden.add(dotted)
    return overridden


def _typed(value: str, wanted: Any) -> Any:
    """Read an environment variable as the type its setting has; what does not fit is left as it is written.

    >>> _typed("8080", int), _typed("ten", int), _typed("a,b", tuple[str, ...])
    (8080, 'ten', ['a', 'b'])
    """
    if get_origin(wanted) is tuple:
        if not value.lstrip().startswith("["):
            return [part.strip() for part in re.split(f"[,{re.escape(os.pathsep)}]", value) if part.strip()]
    elif wanted not in (int, float, bool):
        return value
    try:
        return tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return value


def _section(name: str, table: Mapping[str, Any], origins: Mapping[str, str]) -> Any:
    """Check one table against its types, naming the key that does not fit and where it was set."""
    section = SECTIONS[name]
    known = section.__struct_fields__
    for key in table:
        if key not in known:
            dotted = f"{name}.{key}"
            raise SettingsError(f"{origins[dotted]}: unknown key '{dotted}'; [{name}] has {', '.join(known)}")
    try:
        return msgspec.convert(table, section, dec_hook=_decode_path)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$.")
        key = re.split(r"[`.\[]", place)[0]
        dotted = f"{name}.{key}"
        raise SettingsError(f"{origins[dotted]}: wrong value for '{dotted}': {message}") from None


def _decode_path(wanted: type, value: object) -> Path:
    if wanted is Path and isinstance(value, str) and value:
        return Path(value)
    raise ValueError("Expected a path in quotes")


def _line(text: str, section: str, key: str | None = None) -> int:
    """Find where a key stands, for an error message; ``tomllib`` itself keeps no line numbers."""
    name = rf"""["']?{re.escape(section)}["']?"""
    inner = rf"""["']?{re.escape(key or "")}["']?"""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"""\s*\[\s*["']?([^]"'.]+)["']?\s*[].]""", line)
        if header:
            table = header[1].strip()
            if key is None and table == section:
                return number
        elif key is None:
            if not table and re.match(rf"\s*{name}\s*[.=]", line):
                return number
        elif (table == section and re.match(rf"\s*{inner}\s*[.=]", line)) or (
            not table and re.match(rf"\s*{name}\s*(\.\s*{inner}\s*=|=.*\b{inner}\s*=)", line)
        ):
            return number
    return 1
