"""A text with its tokens and the names known in it, so that every reader of names asks the same of it."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from analyzers.mentions import Entity
from analyzers.token import Token

# Arabic letters that a keyboard puts for Persian ones; a label has these.
_LETTERS = str.maketrans("\u064a\u0649\u0643", "ییک")
_MARKS = re.compile(r"[«»\"“”'‘’]")
_SAYYID = frozenset(["سید", "سیده"])
_GAP = re.compile("[ \u00a0\u200c]{0,3}")


class Known(NamedTuple):
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
    """The text, its tokens, and what is known at each token; readers only ever add longer names."""

    __slots__ = ("_inside", "_known", "text", "tokens")

    def __init__(self, text: str, tokens: Sequence[Token], known: Iterable[Known]) -> None:
        self.text = text
        self.tokens = tokens
        self._known: dict[int, Known] = {}
        self._inside: dict[int, int] = {}
        for each in known:
            self._enter(each)

    def known(self) -> list[Known]:
        """Return what is known, in order."""
        return [self._known[first] for first in sorted(self._known)]

    def at(self, index: int) -> Known | None:
        """Return the entity that begins at a token."""
        return self._known.get(index)

    def around(self, index: int) -> Known | None:
        """Return the entity that a token belongs to."""
        first = self._inside.get(index)
        return None if first is None else self._known[first]

    def put(self, each: Known) -> None:
        """Enter an entity; those within it make way."""
        for index in range(each.first, each.last + 1):
            first = self._inside.get(index)
            if first is not None:
                gone = self._known.pop(first)
                for inner in range(gone.first, gone.last + 1):
                    del self._inside[inner]
        self._enter(each)

    def runs_on(self, index: int) -> bool:
        """Tell whether nothing but a space stands between a token and the one after it."""
        tokens = self.tokens
        if index + 1 >= len(tokens):
            return False
        end, start = tokens[index].end, tokens[index + 1].start
        return start == end or bool(_GAP.fullmatch(self.text, end, start))

    def gap(self, index: int) -> str:
        """Return what stands between a token and the one after it, or the ends of the text."""
        tokens = self.tokens
        start = tokens[index].end if index >= 0 else 0
        end = tokens[index + 1].start if index + 1 < len(tokens) else len(self.text)
        return self.text[start:end].strip()

    def word_end(self, index: int) -> int:
        """Return the last token of the written word that a token begins: پور and علی of پورعلی are one."""
        tokens = self.tokens
        while (
            index + 1 < len(tokens)
            and self.text[tokens[index].end : tokens[index + 1].start].strip("\u200c") == ""
        ):
            index += 1
        return index

    def word_start(self, index: int) -> int:
        """Return the first token of the written word that a token ends."""
        tokens = self.tokens
        while index and self.text[tokens[index - 1].end : tokens[index].start].strip("\u200c") == "":
            index -= 1
        return index

    def written(self, first: int, last: int) -> str:
        """Return the folded letters of some tokens, without what parts them."""
        if first == last:
            return self.tokens[first].exact
        return "".join([token.exact for token in self.tokens[first : last + 1]])

    def unlisted(self, type_: str, first: int, last: int, why: str) -> Known:
        """Make an entity that no table holds of some tokens: its words are its id."""
        start, end = self.tokens[first].start, self.tokens[last].end
        named = first
        if type_ == "person" and last - first > 1 and self.tokens[first].exact in _SAYYID:
            named += 1  # it stands before some mentions of a name and not before others
        written = self.text[self.tokens[named].start : end].translate(_LETTERS)
        label = " ".join(_MARKS.sub(" ", written).split()).rstrip("\u200c")
        id_ = "-".join(token.exact for token in self.tokens[named : last + 1])
        return Known(Entity(type_, id_, label, start, end, "name"), first, last, why)

    def widened(self, known: Known, first: int, last: int) -> Known:
        """Stretch an entity over the tokens of a longer name of it."""
        start, end = self.tokens[first].start, self.tokens[last].end
        why = f"{known.why}; part of a longer name"
        return Known(known.entity._replace(start=start, end=end), first, last, why)

    def _enter(self, each: Known) -> None:
        self._known[each.first] = each
        for index in range(each.first, each.last + 1):
            self._inside[index] = each.first
