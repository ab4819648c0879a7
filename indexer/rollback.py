"""Returns to the generation that answered before, for when the newest one turns out to be worse."""

from contextlib import closing

from msgspec import Struct

from analyzers.errors import RasadError
from indexer.engine import IndexProblemError
from indexer.enrichment import load_enrichment
from indexer.generations import Generations
from indexer.settings import Settings
from indexer.update import todays_mark
from indexer.writelock import writing


class NoOlderGenerationError(RasadError):
    """There is nothing to return to."""


class Rollback(Struct, frozen=True, kw_only=True):
    """What a rollback did; ``left`` is ``None`` where it could not be told which generation answered.

    ``stale`` says that the generation follows other rules than today's, so that the next update replaces it.
    """

    left: int | None
    generation: int
    articles: int
    paragraphs: int
    stale: bool


def roll_back(settings: Settings) -> Rollback:
    """Let the newest older generation answer again, once it has proved to be sound.

    The generation that is left stays on disk until the next one is built, but is never returned to. Raises
    :class:`NoOlderGenerationError`, and :class:`indexer.engine.IndexProblemError` when the older generation
    is damaged; then nothing has changed.
    """
    with writing(settings.index.path, settings.index.lock_wait):
        generations = Generations(settings.index.path)
        older = generations.older()
        if not older:
            raise NoOlderGenerationError(
                f"no older generation is kept in {settings.index.path}, so there is none to return to"
            )
        generation = older[0]
        if problems := generation.verify(settings):
            found = "; ".join(problems[:3])
            raise IndexProblemError(
                f"generation {generation.number} is not sound, so nothing was changed: {found}"
            )
        with closing(generation.open(settings)) as engine:
            held = engine.stats()
        mark = generation.mark
        enrichment = load_enrichment(generation.layer, settings.analysis, generation.names)
        left = generations.last_current()
        generations.restore(generation)
        return Rollback(
            left=left,
            generation=generation.number,
            articles=held.articles,
            paragraphs=held.paragraphs,
            stale=not mark.same_rules(todays_mark(settings, enrichment)),
        )
