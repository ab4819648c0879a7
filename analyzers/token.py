"""The unit that every step of analysis hands on, so that all rooms agree on what a word is."""

import msgspec


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word of a text, so that an index can hold its term and a page can mark its letters.

    ``term`` is what the index matches by default (the lemma); ``exact`` is the word as typed, folded and
    blind to spacing, for quoted search. ``start`` and ``end`` count code points of the raw text, and
    ``text[start:end]`` is the whole word. Tokens that share a ``position`` are alternatives of one word.
    There is one for every word of a corpus: a struct is made and read in a third of a named tuple's time.
    """

    term: str
    start: int
    end: int
    position: int
    exact: str
