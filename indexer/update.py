"""Brings the index up to date with the corpus: what is new, changed, moved or gone, and nothing else.

Where the rules of indexing changed, or a rebuild is asked for, a new generation is built aside, verified and
swapped in, while the old one goes on answering.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Literal, NamedTuple

from msgspec import Struct, structs

from analyzers import CorpusLayer
from indexer.analysis import analyze_all
from indexer.article import Article
from indexer.corpus import Corpus, CorpusError, require_remembered
from indexer.engine import Engine, IndexProblemError, ManifestEntry
from indexer.engines import schema_version
from indexer.enrichment import Enrichment, load_enrichment
from indexer.generations import Generation, GenerationMark, Generations
from indexer.learning import Learning
from indexer.plan import Plan, plan
from indexer.readers import ReadProblem
from indexer.settings import Settings
from indexer.workers import Workers, processors, seldom_collecting
from indexer.writelock import writing


class Progress(Struct, frozen=True):
    """How far an update is; ``total`` is ``None`` while it cannot be known. Counts articles."""

    stage: Literal["learning", "reading", "indexing", "verifying"]
    done: int
    total: int | None = None


class UpdateReport(Struct, frozen=True, kw_only=True):
    """What an update did, in articles; ``files`` is how many files they were read from.

    ``built`` says why a whole generation was built, and is empty when none was.
    """

    new: int
    changed: int
    moved: int
    gone: int
    unchanged: int
    files: int
    problems: Sequence[ReadProblem]
    generation: int
    built: str = ""

    @property
    def found_something(self) -> bool:
        """Tell whether anything was done, or must be said."""
        return bool(self.new or self.changed or self.moved or self.gone or self.problems or self.built)


def update(
    settings: Settings,
    paths: Sequence[Path] = (),
    *,
    rebuild: bool = False,
    relearn: bool = False,
    vanished: bool = False,
    forget: Sequence[Path] = (),
    jobs: int | None = None,
    progress: Callable[[Progress], None] = lambda _progress: None,
) -> UpdateReport:
    """Make the index hold just what the corpus holds.

    Without ``paths`` the corpus is the settings' and every path given in earlier runs; with ``paths`` only
    what lies below these is looked at, and they are remembered. ``rebuild`` builds a new generation in any
    case, ``relearn`` when the corpus has taught other words since. A path that does not exist is an error,
    or means with ``vanished`` that its articles are gone; one that is remembered is only given up, and its
    articles with it, by ``forget``. ``jobs`` processes analyse, by default as many as
    there are processors. Committed work is kept when the run is interrupted.
    Raises :class:`analyzers.errors.RasadError`.
    """
    with (
        writing(settings.index.path, settings.index.lock_wait),
        seldom_collecting(),
        closing(Workers(jobs or processors())) as workers,
    ):
        asked = Corpus(paths, settings.corpus.exclude, settings.base, vanished=vanished)
        forgotten = Corpus(forget, (), settings.base, vanished=True).roots
        return _Update(settings, asked, forgotten, workers, progress).run(rebuild=rebuild, relearn=relearn)


def todays_mark(
    settings: Settings, enrichment: Enrichment, *, configured: bool = True, given: tuple[str, ...] = ()
) -> GenerationMark:
    """Say what a generation built now would be built by, and from which paths."""
    engine = settings.index.engine
    return GenerationMark(
        engine=engine,
        schema=schema_version(engine),
        enrichment=enrichment.fingerprint,
        configured=configured,
        given=given,
    )


class _Scope(NamedTuple):
    """Which paths an index is made from: the settings' corpus or not, and further ones."""

    configured: bool
    given: tuple[str, ...]


class _Lesson(NamedTuple):
    """What one reading of a whole corpus tells: its layer, and what an empty generation lacks."""

    layer: CorpusLayer
    lacking: Plan


class _Unfinished(NamedTuple):
    """A generation that is being built; ``lacking`` is what it lacks, where that is known already."""

    generation: Generation
    enrichment: Enrichment
    lacking: Plan | None = None


class _Update:
    """One run, under the write lock."""

    def __init__(
        self,
        settings: Settings,
        asked: Corpus,
        forgotten: Sequence[Path],
        workers: Workers,
        progress: Callable[[Progress], None],
    ) -> None:
        self._settings = settings
        self._workers = workers
        self._progress = progress
        self._generations = Generations(settings.index.path)
        self._asked = asked
        self._forgotten = [str(path) for path in forgotten]

    def run(self, *, rebuild: bool, relearn: bool) -> UpdateReport:
        current, mark = self._current(damaged_is_none=rebuild)
        scope = self._scope(mark)
        if current is None or mark is None:
            return self._build(scope, "nothing was indexed yet", resume=not rebuild)
        if rebuild:
            return self._build(scope, "a rebuild was asked for", resume=False)
        layer = current.layer
        enrichment = load_enrichment(layer, self._settings.analysis, current.names)
        if not mark.same_rules(self._mark(enrichment, scope)):
            return self._build(scope, "the rules of indexing have changed", resume=True)
        if relearn and (lesson := self._learn(self._scoped(scope))).layer.fingerprint != layer.fingerprint:
            why = "the corpus has other words than when they were learned"
            return self._build(scope, why, resume=False, lesson=lesson)
        self._generations.drop_unfinished()
        corpus = self._asked if self._asked.roots else self._scoped(scope)
        if scope != (mark.configured, mark.given):
            current.mark = self._mark(enrichment, scope)
        return self._synchronize(current, corpus, enrichment, mirror=not self._asked.roots)

    def _current(self, *, damaged_is_none: bool) -> tuple[Generation | None, GenerationMark | None]:
        try:
            current = self._generations.current()
            return current, (current.mark if current else None)
        except IndexProblemError:
            if not damaged_is_none:
                raise
            return None, None

    def _corpus(self, paths: Iterable[Path], *, vanished: bool = False) -> Corpus:
        return Corpus(paths, self._settings.corpus.exclude, self._settings.base, vanished=vanished)

    def _scope(self, mark: GenerationMark | None) -> _Scope:
        """What the index is made from after this run: what it was, and what was asked for now."""
        asked = self._asked.roots
        configured = not asked or (mark is not None and mark.configured)
        remembered = () if mark is None else mark.given
        for path in self._forgotten:
            if path not in remembered:
                held = ", ".join(remembered) or "none"
                raise CorpusError(f"{path} is not among the remembered paths ({held})")
        before = [path for path in remembered if path not in self._forgotten]
        roots = [*(self._settings.roots if configured else ()), *map(Path, before)]
        known = self._corpus(roots, vanished=True)
        added = [str(path) for path in asked if not known.covers(str(path))]
        return _Scope(configured, tuple(dict.fromkeys([*before, *added])))

    def _scoped(self, scope: _Scope) -> Corpus:
        """Give the whole corpus. Raises :class:`CorpusError` where a part of it is not there now."""
        given = [Path(path) for path in scope.given]
        require_remembered(given)
        return self._corpus([*(self._settings.roots if scope.configured else ()), *given])

    def _mark(self, enrichment: Enrichment, scope: _Scope) -> GenerationMark:
        return todays_mark(self._settings, enrichment, configured=scope.configured, given=scope.given)

    def _learn(self, corpus: Corpus) -> _Lesson:
        learning = Learning(self._workers)

        def taken() -> Iterator[Article | ReadProblem]:
            for each in corpus.read():
                if isinstance(each, Article):
                    learning.take(f"{each.title}\n{each.text}")
                yield each

        lacking = self._plan("learning", taken(), {}, _everything)
        return _Lesson(learning.layer(), lacking)

    def _plan(
        self,
        stage: Literal["learning", "reading"],
        found: Iterable[Article | ReadProblem],
        manifest: Mapping[str, ManifestEntry],
        covers: Callable[[str], bool],
    ) -> Plan:
        return plan(found, manifest, covers, lambda read: self._progress(Progress(stage, read)))

    def _build(self, scope: _Scope, why: str, *, resume: bool, lesson: _Lesson | None = None) -> UpdateReport:
        """Build a generation aside from everything in the scope, verify it, and let it answer."""
        corpus = self._scoped(scope)
        resumed = self._resumed(scope) if resume else None
        generation, enrichment, lacking = resumed or self._begun(scope, lesson or self._learn(corpus))
        report = self._synchronize(generation, corpus, enrichment, mirror=True, lacking=lacking)
        with closing(generation.open(self._settings)) as engine:
            engine.settle()
        self._progress(Progress("verifying", 0))
        if problems := generation.verify(self._settings):
            found = "; ".join(problems[:3])
            raise IndexProblemError(f"the new index is not sound, so the old one stays: {found}")
        self._generations.publish(generation, self._settings.index.keep)
        return structs.replace(report, built=why)

    def _resumed(self, scope: _Scope) -> _Unfinished | None:
        """Go on with the generation that an interrupted run left, when it follows today's rules."""
        generation = self._generations.unfinished()
        if generation is None:
            return None
        try:
            mark = generation.mark
            enrichment = load_enrichment(generation.layer, self._settings.analysis, generation.names)
        except IndexProblemError:
            return None
        wanted = self._mark(enrichment, scope)
        if not mark.same_rules(wanted):
            return None
        generation.mark = wanted
        return _Unfinished(generation, enrichment)

    def _begun(self, scope: _Scope, lesson: _Lesson) -> _Unfinished:
        enrichment = load_enrichment(lesson.layer, self._settings.analysis)
        mark = self._mark(enrichment, scope)
        generation = self._generations.create(mark, lesson.layer, self._settings)
        return _Unfinished(generation, enrichment, lesson.lacking)

    def _synchronize(
        self,
        generation: Generation,
        corpus: Corpus,
        enrichment: Enrichment,
        *,
        mirror: bool,
        lacking: Plan | None = None,
    ) -> UpdateReport:
        """Write what a generation lacks of a corpus; ``mirror`` takes out everything else it holds."""
        if generation.names != enrichment.names:
            generation.names = enrichment.names
        engine = generation.open(self._settings)
        try:
            covers = _everything if mirror else corpus.covers
            wanted = lacking or self._plan("reading", corpus.read(), engine.manifest(), covers)
            if wanted.written or wanted.dropped:
                self._write(engine, corpus, wanted, generation.folder, enrichment)
        finally:
            engine.close()
        return UpdateReport(
            new=len(wanted.new),
            changed=len(wanted.changed),
            moved=len(wanted.moved),
            gone=len(wanted.gone),
            unchanged=wanted.unchanged,
            files=wanted.files,
            problems=wanted.problems,
            generation=generation.number,
        )

    def _write(
        self, engine: Engine, corpus: Corpus, wanted: Plan, folder: Path, enrichment: Enrichment
    ) -> None:
        """Commit batch after batch; what moved leaves its old place in the batch that brings it back."""
        written = wanted.written
        replaced = {new: old for old, new in wanted.moved.items() if old != new}
        articles = (each for each in corpus.read() if isinstance(each, Article) and each.id in written)
        analyzed = analyze_all(
            articles,
            len(written),
            enrichment,
            folder=folder,
            settings=self._settings.analysis,
            workers=self._workers,
            together=self._settings.index.batch,
        )
        done = 0
        with closing(analyzed):
            full = True
            while full:
                with engine.batch() as batch:
                    for article_id in wanted.gone if not done else ():
                        batch.delete(article_id)
                    room = self._settings.index.batch
                    while room > 0 and (prepared := next(analyzed, None)):
                        batch.add(prepared)
                        room -= len(prepared.records)
                        for article_id in prepared.ids:
                            if article_id in replaced:
                                batch.delete(replaced[article_id])
                            done += 1
                            self._progress(Progress("indexing", done, len(written)))
                    full = room <= 0


def _everything(_path: str) -> bool:
    return True
