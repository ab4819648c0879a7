"""What kind of word stands where a name may begin, run on or end, for all readers of names to ask."""

from collections.abc import Iterable

from analyzers.folding import fold
from analyzers.lexicon import zipf_hundredths
from analyzers.names import forms
from analyzers.passage import Passage
from analyzers.people import people_rows
from analyzers.persian import PersianAnalyzer
from analyzers.phrases import term_sequences
from analyzers.places import place_rows
from analyzers.tables import DATA, read_rows
from analyzers.token import Token


class WordKinds:
    """Word lists and frequencies, of folded words without spaces.

    ``doubtful_given`` and ``doubtful_surnames`` are those of ``given`` and ``surnames`` that are as much
    another word. ``parts`` go on with a surname; the ``endings`` among them begin none, and ``sure_endings``
    are hardly another word. ``of_organizations`` are terms, and those of ``general`` tell no organization
    from others.
    """

    def __init__(self, analyzer: PersianAnalyzer) -> None:
        self._lexicon = analyzer.lexicon
        self.given, self.doubtful_given = _with_doubt("given_names.tsv")
        self.surnames, self.doubtful_surnames = _with_doubt("surnames.tsv")
        marked = read_rows(DATA / "surname_parts.tsv", columns=2, optional=1)
        parts = {_key(part): mark for part, mark in marked}
        self.parts = frozenset(parts)
        self.endings = frozenset(part for part, mark in parts.items() if mark)
        self.sure_endings = frozenset(part for part, mark in parts.items() if mark == "sure")
        rows = list(read_rows(DATA / "organization_words.tsv", columns=2, optional=1))
        self.of_organizations = frozenset(_terms(analyzer, (word for word, _ in rows)))
        self.general = frozenset(_terms(analyzer, (word for word, general in rows if general)))
        self._stops = frozenset(column("stop_words_of_names.tsv"))
        self._famous = frozenset(_key(label.split()[-1]) for _, label, *_ in people_rows())
        self._towns = frozenset(
            _key(name) for _, label, names, *_ in place_rows() for name in (label, *forms(names))
        )

    @property
    def tables(self) -> tuple[list[str], ...]:
        """What the lists hold, for a fingerprint."""
        return tuple(
            map(
                sorted,
                (
                    self.given,
                    self.doubtful_given,
                    self.parts,
                    self.endings,
                    self.sure_endings,
                    self.surnames,
                    self.doubtful_surnames,
                    self.of_organizations,
                    self.general,
                    self._stops,
                    self._famous,
                ),
            )
        )

    def is_famous(self, word: str) -> bool:
        """Tell whether somebody of the tables of people has the surname."""
        return word in self._famous

    def is_origin(self, word: str) -> bool:
        """Tell whether a word says of which town somebody is, as second surnames do (شیرازی)."""
        return word.endswith("ی") and (
            word[:-1] in self._towns or word.removesuffix("ی") + "ه" in self._towns
        )

    def is_stop(self, token: Token) -> bool:
        """Tell whether no name goes on with this word: a verb, a number, a function word."""
        exact = token.exact
        return (
            exact in self._stops
            or token.term in self._stops
            or exact[:1].isdigit()
            or exact in self._lexicon.verbs
        )

    def is_name(self, passage: Passage, first: int, last: int, common: int) -> bool:
        """Tell whether a written word is a person's name, or rarer than ``common`` and no form of another."""
        word = passage.written(first, last)
        if word in self.given or word in self.surnames:
            return True
        pieces = passage.tokens[first : last + 1]
        if any(map(self.is_stop, pieces)) or (len(pieces) == 1 and pieces[0].term != word):
            return False
        return word[:1].isalpha() and self.zipf(word) < common

    def zipf(self, word: str) -> int:
        """Return the Zipf frequency of a folded word in hundredths, 0 where no list has it."""
        return zipf_hundredths(self._lexicon.words.get(word, 0))


def _with_doubt(table: str) -> tuple[frozenset[str], frozenset[str]]:
    """Read the names of a table, and those of them that it marks as another word too."""
    rows = [(_key(name), mark) for name, mark in read_rows(DATA / table, columns=2, optional=1)]
    return frozenset(name for name, _ in rows), frozenset(name for name, mark in rows if mark)


def column(table: str) -> Iterable[str]:
    """Yield the folded words of a table of one column, without what parts them."""
    for (word,) in read_rows(DATA / table, columns=1):
        yield _key(word)


def _key(word: str) -> str:
    return fold(word).replace(" ", "").replace("\u200c", "")


def _terms(analyzer: PersianAnalyzer, words: Iterable[str]) -> Iterable[str]:
    for word in words:
        for sequence in term_sequences(analyzer, word):
            if len(sequence) == 1:
                yield sequence[0]
