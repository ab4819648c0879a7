"""What a paragraph is about, so that a reader can narrow a search to a subject whatever words tell of it.

The subjects and their cue phrases stand in ``data/topics.toml``.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import structs

from analyzers.errors import RasadError
from analyzers.mentions import Entity
from analyzers.persian import PersianAnalyzer
from analyzers.phrases import PhraseTable, term_sequences
from analyzers.tables import DATA
from analyzers.token import Token

DEFAULT_CUES = DATA / "topics.toml"

# One decisive cue is enough for the usual threshold, and so are two strong or three weak ones.
_WEIGHTS = {"decisive": 6, "strong": 3, "weak": 2}
_start = attrgetter("start")


class TopicsError(RasadError):
    """A file of topics that cannot be read."""


class Topic(NamedTuple):
    """A subject that a paragraph is about; ``id`` is stable, ``label`` what a reader sees."""

    id: str
    label: str


class _Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One table of the file."""

    fa: str
    en: str
    decisive: tuple[str, ...]
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    threshold: Annotated[int, msgspec.Meta(ge=1)] = 6


class _Vote(NamedTuple):
    """What a cue says, for which topic of the table and how much; repeating a cue adds nothing.

    What speaks of something else weighs nothing.
    """

    order: int
    cue: str
    weight: int


class TopicGrounds(NamedTuple):
    """Why a text has a topic or falls short of it: the cues in it with their weights, and what is needed."""

    topic: Topic
    cues: Sequence[tuple[str, int]]
    needed: int

    @property
    def score(self) -> int:
        """The weights of the cues together."""
        return sum(weight for _, weight in self.cues)


class TopicFinder:
    """Finds the topics of analysed text; one instance serves all threads.

    ``fingerprint`` names the topics, their cues and what these weigh.
    """

    def __init__(
        self, analyzer: PersianAnalyzer, path: Path = DEFAULT_CUES, content: bytes | None = None
    ) -> None:
        """``content`` is that of the file, if read. Raises :class:`TopicsError` where it is no table."""
        self._cues = _decoded(path, read_cues(path) if content is None else content)
        rules = repr((_WEIGHTS, self._cues)).encode()
        self.fingerprint = hashlib.blake2b(rules, digest_size=8).hexdigest()
        self._needed = [cues.threshold for cues in self._cues.values()]
        self._topics = [Topic(topic_id, cues.fa) for topic_id, cues in self._cues.items()]
        self._table: PhraseTable[_Vote] = PhraseTable()
        for order, cues in enumerate(self._cues.values()):
            claimed: set[tuple[str, ...]] = set()
            for strength, weight in _WEIGHTS.items():
                for cue in getattr(cues, strength):
                    sequences = set(term_sequences(analyzer, cue)) - claimed
                    claimed |= sequences
                    for terms in sequences:
                        self._table.add(terms, _Vote(order, cue, weight))
            for phrase in cues.other:
                for terms in term_sequences(analyzer, phrase):
                    self._table.add(terms, _Vote(order, phrase, 0))

    def find(self, tokens: Sequence[Token]) -> list[Topic]:
        """Return what the analyzer's ``tokens`` are about, the best founded first, else in the table's order.

        >>> from analyzers import load_analyzer
        >>> analyzer = load_analyzer()
        >>> finder = TopicFinder(analyzer)
        >>> [topic.label for topic in finder.find(analyzer.analyze("تحریمهای نفتی لغو شد"))]
        ['تحریم', 'انرژی']
        """
        scores: dict[int, int] = {}
        for order, _, weight in self._votes(tokens):
            scores[order] = scores.get(order, 0) + weight
        needed = self._needed
        found = [(-score, order) for order, score in scores.items() if score >= needed[order]]
        return [self._topics[order] for _, order in sorted(found)]

    def grounds(self, tokens: Sequence[Token]) -> list[TopicGrounds]:
        """Return what speaks for each topic of which a cue is there, the best first, for who asks why."""
        cues: dict[int, list[tuple[str, int]]] = {}
        for order, cue, weight in sorted(self._votes(tokens), key=lambda vote: (vote[0], -vote[2], vote[1])):
            cues.setdefault(order, []).append((cue, weight))
        grounds = [
            TopicGrounds(self._topics[order], found, self._needed[order]) for order, found in cues.items()
        ]
        return sorted(grounds, key=lambda each: -each.score)

    def _votes(self, tokens: Sequence[Token]) -> set[_Vote]:
        """Return what cues say that stand in no phrase for something else."""
        matches = self._table.matches(tokens)
        votes = {vote for match in matches for vote in match.values}
        if all(vote.weight for vote in votes):
            return votes
        others = [
            (vote.order, match.first, match.last)
            for match in matches
            for vote in match.values
            if not vote.weight
        ]
        return {
            vote
            for match in matches
            for vote in match.values
            if vote.weight
            and not any(
                order == vote.order and first <= match.first and match.last <= last
                for order, first, last in others
            )
        }


def without_people(tokens: Sequence[Token], entities: Iterable[Entity]) -> Sequence[Token]:
    """Return a text's ``tokens`` with the terms of people's names left empty: «پیمان رضایی» is no treaty.

    The surname of somebody listed stays, since گروسی tells of the nuclear file. ``entities`` are the text's.
    """
    people = [each for each in entities if each.type == "person"]
    if not people:
        return tokens
    spoken = list(tokens)
    for each in people:
        listed = each.id.isascii()
        index = bisect_left(tokens, each.start, key=_start)
        while index < len(tokens) and tokens[index].end < each.end + (not listed):
            spoken[index] = structs.replace(tokens[index], term="")
            index += 1
    return spoken


def topic_labels(language: Literal["fa", "en"] = "fa", cues_path: Path = DEFAULT_CUES) -> dict[str, str]:
    """Return what readers see for each topic of a file, by its id.

    >>> topic_labels()["sanctions"], topic_labels("en")["sanctions"]
    ('تحریم', 'Sanctions')
    """
    cues = _decoded(cues_path, read_cues(cues_path))
    return {topic_id: getattr(each, language) for topic_id, each in cues.items()}


def read_cues(path: Path) -> bytes:
    """Read a file of topics. Raises :class:`TopicsError`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise TopicsError(f"cannot read the topics in {path}: {error.strerror}") from None


def _decoded(path: Path, content: bytes) -> dict[str, _Cues]:
    try:
        return msgspec.toml.decode(content, type=dict[str, _Cues])
    except msgspec.DecodeError as error:
        raise TopicsError(f"cannot read the topics in {path}: {error}") from None
