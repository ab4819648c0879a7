"""A text with its tokens and the names known in it, so that every reader of names asks the same of it."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import product

from msgspec import Struct, structs

from analyzers.mentions import Entity
from analyzers.token import Token

_ZWNJ = "\u200c"
_MARKS = re.compile(r"[«»\"“”'‘’]")
_SAYYID = frozenset(["سید", "سیده"])
# All that may stand between two words that run on: up to three spaces or U+200C.
_GAPS = frozenset("".join(gap) for length in range(4) for gap in product(f" \u00a0{_ZWNJ}", repeat=length))


class Known(Struct, frozen=True, gc=False):
    """An entity on ``tokens[first]`` to ``tokens[last]`` inclusive.

    ``why`` tells a person what speaks for it. ``settled`` says that only the word before it shows that it is
    a country («ارتش مالی»): no longer name may hide it then.
    """

    entity: Entity
    first: int
    last: int
    why: str
    settled: bool = False

    @property
    def is_where(self) -> bool:
        """Whether it names a country, a capital or a place."""
        return self.entity.type in ("country", "place") and self.entity.via != "demonym"

    @property
    def may_end(self) -> bool:
        """Whether a longer name may end with it."""
        return self.is_where and not self.settled


class Passage:
    """The text, its tokens, and what is known at each token; readers only ever add longer names.

    ``exact`` are the tokens' words. ``at(index)`` is the entity that begins at a token and ``around(index)``
    the one that a token belongs to: the very methods of the dictionaries, as readers ask for every word.
    """

    __slots__ = ("_inside", "_known", "_ordered", "around", "at", "exact", "text", "tokens")

    def __init__(self, text: str, tokens: Sequence[Token], known: Iterable[Known]) -> None:
        self.text = text
        self.tokens = tokens
        self.exact = [token.exact for token in tokens]
        self._known: dict[int, Known] = {}
        self._inside: dict[int, Known] = {}
        self._ordered: list[Known] | None = None
        self.at: Callable[[int], Known | None] = self._known.get
        self.around: Callable[[int], Known | None] = self._inside.get
        for each in known:
            self._enter(each)

    def known(self) -> Sequence[Known]:
        """Return what is known, in order; what is put later is not in it."""
        if self._ordered is None:
            self._ordered = [self._known[first] for first in sorted(self._known)]
        return self._ordered

    def put(self, each: Known) -> None:
        """Enter an entity; those within it make way."""
        for index in range(each.first, each.last + 1):
            gone = self._inside.get(index)
            if gone is not None:
                del self._known[gone.first]
                for inner in range(gone.first, gone.last + 1):
                    del self._inside[inner]
        self._enter(each)

    def runs_on(self, index: int) -> bool:
        """Tell whether nothing but a space stands between a token and the one after it."""
        tokens = self.tokens
        if index + 1 >= len(tokens):
            return False
        return self.text[tokens[index].end : tokens[index + 1].start] in _GAPS

    def gap(self, index: int) -> str:
        """Return what stands between a token and the one after it, or the ends of the text."""
        tokens = self.tokens
        start = tokens[index].end if index >= 0 else 0
        end = tokens[index + 1].start if index + 1 < len(tokens) else len(self.text)
        return self.text[start:end].strip()

    def word_end(self, index: int) -> int:
        """Return the last token of the written word that a token begins: پور and علی of پورعلی are one."""
        tokens, text = self.tokens, self.text
        last = len(tokens) - 1
        while index < last and not text[tokens[index].end : tokens[index + 1].start].strip(_ZWNJ):
            index += 1
        return index

    def word_start(self, index: int) -> int:
        """Return the first token of the written word that a token ends."""
        tokens, text = self.tokens, self.text
        while index and not text[tokens[index - 1].end : tokens[index].start].strip(_ZWNJ):
            index -= 1
        return index

    def word(self, index: int) -> tuple[int, int]:
        """Return the first and the last token of the written word that a token is of."""
        text, token = self.text, self.tokens[index]
        if text[token.start - 1 : token.start] == " " == text[token.end : token.end + 1]:
            return index, index  # as nearly always
        return self.word_start(index), self.word_end(index)

    def written(self, first: int, last: int) -> str:
        """Return the folded letters of some tokens, without what parts them."""
        return self.exact[first] if first == last else "".join(self.exact[first : last + 1])

    def unlisted(self, type_: str, first: int, last: int, why: str) -> Known:
        """Make an entity that no table holds of some tokens: its words are its id."""
        start, end = self.tokens[first].start, self.tokens[last].end
        named = first
        if type_ == "person" and last - first > 1 and self.exact[first] in _SAYYID:
            named += 1  # it stands before some mentions of a name and not before others
        written = _persian(self.text[self.tokens[named].start : end])
        label = " ".join(_MARKS.sub(" ", written).split()).rstrip(_ZWNJ)
        id_ = "-".join(self.exact[named : last + 1])
        return Known(Entity(type_, id_, label, start, end, "name"), first, last, why)

    def widened(self, known: Known, first: int, last: int) -> Known:
        """Stretch an entity over the tokens of a longer name of it."""
        start, end = self.tokens[first].start, self.tokens[last].end
        why = f"{known.why}; part of a longer name"
        return Known(structs.replace(known.entity, start=start, end=end), first, last, why)

    def _enter(self, each: Known) -> None:
        self._ordered = None
        self._known[each.first] = each
        for index in range(each.first, each.last + 1):
            self._inside[index] = each


def _persian(label: str) -> str:
    """Put Persian letters for the Arabic ones that a keyboard may have."""
    return label.replace("\u064a", "ی").replace("\u0649", "ی").replace("\u0643", "ک")
