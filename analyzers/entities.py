"""Who and where a text speaks of, so that a search can be narrowed by what is meant, however it is spelt."""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import compress, count
from operator import attrgetter

from analyzers.bodies import Bodies
from analyzers.gazetteer import Gazetteer
from analyzers.localities import Localities
from analyzers.mentions import Entity, Mentions
from analyzers.ministries import MINISTERS, Ministries
from analyzers.name_table import NameTable, load_names
from analyzers.namesakes import Namesakes
from analyzers.openings import Openings
from analyzers.passage import Known, Passage
from analyzers.persian import PersianAnalyzer
from analyzers.persons import Persons
from analyzers.quotations import Quotations
from analyzers.token import Token
from analyzers.usual_names import UsualNames
from analyzers.word_kinds import WordKinds

__all__ = ["Entity", "EntityFinder", "Mentions"]

# Raised when the same tables find other entities than before.
_RULES = 11

_start, _end = attrgetter("start"), attrgetter("end")


class EntityFinder:
    """Finds the entities of analysed text; one instance serves all threads.

    ``fingerprint`` names the tables and the rules, so that an index knows when others would find more.
    """

    def __init__(self, analyzer: PersianAnalyzer, names: NameTable | None = None) -> None:
        """``names`` were read by this analyzer; without them the built-in tables are, as is by default."""
        names = load_names(analyzer) if names is None else names
        kinds = WordKinds(analyzer)
        self._gazetteer = Gazetteer(names)
        self._shorts = frozenset(names.shorts)
        self._openings = Openings(analyzer)
        self._rows = self._openings.of_rows
        self._localities = Localities(self._openings, kinds)
        self._bodies = Bodies(self._openings, kinds)
        self._quotations = Quotations(kinds)
        self._ministries = Ministries(analyzer, self._gazetteer)
        self._usual_names = UsualNames(analyzer, self._gazetteer, self._openings)
        self._namesakes = Namesakes(kinds)
        self._persons = Persons(kinds)
        self._triggers = self._openings.words | self._persons.triggers | MINISTERS
        tables = (*kinds.tables, self._openings.table, self._ministries.table, self._persons.table)
        rules = repr((_RULES, names.content, tables)).encode()
        self.fingerprint = hashlib.blake2b(rules, digest_size=8).hexdigest()

    def find(self, text: str, tokens: Sequence[Token], mentions: Mentions | None = None) -> list[Entity]:
        """Return the entities of ``text`` in order, none overlapping: of two names the longer one counts.

        ``tokens`` are the analyzer's of this very text; ``mentions`` is what the article named before it, and
        is told what this text names.

        >>> from analyzers import load_analyzer
        >>> analyzer = load_analyzer()
        >>> text = "در دریای عمان، نزدیک کرهٔ جنوبی و امارات"
        >>> entities = EntityFinder(analyzer).find(text, analyzer.analyze(text))
        >>> [(entity.id, text[entity.start : entity.end]) for entity in entities if entity.type == "country"]
        [('KR', 'کرهٔ جنوبی'), ('AE', 'امارات')]
        """
        return [known.entity for known in self._known(text, tokens, mentions)]

    def is_one(self, entity: Entity) -> bool:
        """Tell whether an entity is told from others of its name, so that it can be a value to narrow by.

        A surname that the article has not given in full is not, nor is the short form of a body that it has
        not named in full: there is a «وزارت خارجه» in every state. «دولت‌های ایران و عراق» are two bodies.
        """
        if entity.id.isascii():
            return True
        if entity.type == "person":
            return " " in entity.label
        if entity.type != "organization":
            return True
        return entity.id not in self._shorts and not entity.id.startswith(self._rows)

    def grounds(self, text: str, tokens: Sequence[Token]) -> list[tuple[Entity, str]]:
        """Return the entities of ``text``, each with what speaks for it, for a reader who asks why."""
        return [(known.entity, known.why) for known in self._known(text, tokens, None)]

    def _known(self, text: str, tokens: Sequence[Token], mentions: Mentions | None) -> Sequence[Known]:
        if not tokens:
            return []
        mentions = Mentions() if mentions is None else mentions
        passage = Passage(text, tokens, self._gazetteer.find(text, tokens, mentions))
        starts = list(compress(count(), map(self._triggers.__contains__, passage.exact)))
        opened = self._openings.read(passage, starts)
        self._quotations.read(passage, opened)
        self._localities.read(passage, opened)
        self._bodies.read(passage, opened)
        self._usual_names.read(passage)
        self._ministries.read(passage, starts)
        self._namesakes.read(passage, mentions)
        self._persons.read(passage, starts, mentions)
        return passage.known()

    def within(self, tokens: Sequence[Token], entities: Iterable[Entity]) -> list[Entity]:
        """Return the countries and people in the longer names among ``entities``.

        «وزارت خارجه روسیه» is one name, and so are «حلب سوریه» and «دولت اوباما», and yet a text with them
        speaks of Russia, of Syria and of Obama. It does not speak of whom a street is named after.
        """
        found: list[Entity] = []
        for outer in entities:
            if outer.type not in ("organization", "place"):
                continue
            first = bisect_left(tokens, outer.start, key=_start)
            inner = tokens[first : bisect_right(tokens, outer.end, first, key=_end)]
            if len(inner) > 1 and (named := self._gazetteer.within(inner)):
                led = self._openings.of_state(inner[0])
                found += [entity for entity in named if led or entity.type == "country"]
        return found
