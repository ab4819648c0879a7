"""People who bear the surname of a listed one, so that «ماریا کالاس» is not taken for Kaja Kallas.

Some surnames stand for their best known bearer wherever they are («ترامپ»). A given name right before one
that is not that bearer's tells of somebody else, and so does the surname alone from there on.
"""

from functools import lru_cache

from msgspec import structs

from analyzers.folding import fold
from analyzers.mentions import Entity, Mentions
from analyzers.names import forms
from analyzers.passage import Known, Passage
from analyzers.people import PEOPLE
from analyzers.word_kinds import WordKinds

_SAYYID = "سید"
_WHY = "the surname of somebody listed who is called otherwise"
_AGAIN = "a surname that the text gave in full before"
_KEPT = 256


class Namesakes:
    """Tells listed people from others of their surname; one instance serves all threads."""

    def __init__(self, kinds: WordKinds) -> None:
        self._kinds = kinds
        self._given = kinds.given - kinds.doubtful_given

    def read(self, passage: Passage, mentions: Mentions) -> None:
        """Put those who only share a surname in the place of the listed; ``mentions`` is told of them."""
        named: dict[str, Entity] = {}
        for known in passage.known():
            entity = known.entity
            if entity.type != "person" or not entity.id.isascii():  # as the ids of the listed are
                continue
            surname = passage.written(passage.word_start(known.last), known.last)
            if passage.word_start(known.last) > known.first:
                named.pop(surname, None)  # the listed one, in full
                continue
            first = self._given_before(passage, known)
            last = self._end(passage, known.last, given=first < known.first)
            if first < known.first or last > known.last:
                other = passage.unlisted("person", first, last, _WHY)
                if first < known.first:
                    surname = passage.written(known.first, last)
                    named[surname] = mentions.surnames[surname] = other.entity
            elif surname in named:
                bearer = structs.replace(named[surname], start=entity.start, end=entity.end)
                other = structs.replace(known, entity=bearer, why=_AGAIN)
            else:
                continue
            passage.put(other)
            mentions.note(other.entity)

    def _given_before(self, passage: Passage, known: Known) -> int:
        """Return where the given names before a surname begin, none of which is its listed bearer's."""
        first = known.first
        while first and passage.runs_on(first - 1) and passage.around(first - 1) is None:
            start = passage.word_start(first - 1)
            word = passage.written(start, first - 1)
            given = word.removeprefix(_SAYYID) or word
            if given not in self._given and (word != _SAYYID or first == known.first):
                break
            if passage.around(start) is not None or given in _names_of(known.entity.id):
                break
            first = start
        return first

    def _end(self, passage: Passage, last: int, *, given: bool) -> int:
        """Return where a surname ends that goes on after ``last``: «کنعانی‌مقدم», «قالیباف اصل»."""
        end = passage.word_end(last)
        parts = self._kinds.parts if given or end > last else self._kinds.sure_endings
        first = last + 1
        while first < len(passage.tokens) and passage.around(first) is None and passage.runs_on(first - 1):
            end = passage.word_end(first)
            if passage.written(first, end) not in parts:
                break
            last, first = end, end + 1
        return last


@lru_cache(maxsize=_KEPT)
def _names_of(id_: str) -> frozenset[str]:
    """Return the words of all names of somebody listed."""
    row = PEOPLE.row(id_)
    if row is None:
        return frozenset()
    _, label, names, *_ = row
    return frozenset(fold(word).replace("\u200c", "") for word in " ".join((label, *forms(names))).split())
