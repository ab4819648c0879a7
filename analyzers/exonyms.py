"""Names in Latin letters and what Persian news writes for them, so that ``Lavrov`` and ``Russia`` find news.

The names are those of the tables of people and organizations, the English labels of countries, and
``data/exonyms.tsv`` for the rest.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from analyzers.countries import country_labels
from analyzers.folding import fold
from analyzers.people import people_rows
from analyzers.tables import DATA, read_rows

_WORD = re.compile(r"[^\W_]+")
_LEAST_SURNAME = 4

Words = tuple[str, ...]


def latin_words(name: str) -> Words:
    """Return the words of a name in Latin letters, blind to capitals, accents, hyphens and apostrophes.

    >>> latin_words("Abdel-Fattah el-Sísi"), latin_words("U.S.")
    (('abdel', 'fattah', 'el', 'sisi'), ('us',))
    """
    return tuple(_WORD.findall(fold(re.sub("['.\u2018\u2019]", "", name)).replace("-", " ")))


class Exonyms(Mapping[Words, tuple[str, ...]]):
    """The names by their words, and for each the Persian forms that it may have, the best known first.

    Both are kept as one string each.
    """

    def __init__(self) -> None:
        self._forms: dict[str, str] = {}

    def __getitem__(self, words: Words) -> tuple[str, ...]:
        """The forms of a name."""
        return tuple(self._forms[" ".join(words)].split("|"))

    def __iter__(self) -> Iterator[Words]:
        """The names, those of the reviewed table first."""
        return (tuple(words.split()) for words in self._forms)

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._forms)

    def enter(self, latin: str, *cells: str) -> None:
        """Enter the names of a cell, where they are new, with the forms of other cells."""
        forms = "|".join(filter(None, cells))
        for name in latin.split("|"):
            if words := latin_words(name):
                self._forms.setdefault(" ".join(words), forms)


@cache
def exonyms() -> Exonyms:
    """Return for each name, by its words, the Persian forms it may have in the news, the best known first.

    What the reviewed table says stands before the rest.

    >>> exonyms()["russia",], exonyms()["iaea",][0], exonyms()["lavrov",]
    (('روسیه',), 'آژانس بین‌المللی انرژی اتمی', ('لاوروف',))
    """
    names = Exonyms()
    for latin, persian in read_rows(DATA / "exonyms.tsv", columns=2):
        names.enter(latin, persian)
    countries = country_labels()
    for code, label in country_labels("en").items():
        names.enter(label, countries[code])
    for _, label, others, short, latin, _, _ in read_rows(DATA / "organizations.tsv", columns=7, optional=1):
        names.enter(latin, label, others, short)
    people = list(people_rows())
    for surname, latin in _surnames(people):
        names.enter(latin, surname)
    for _, label, others, _, latin, *_ in people:
        names.enter(latin, label, others)
    return names


def _surnames(people: list[tuple[str, ...]]) -> list[tuple[str, str]]:
    """Pair the surnames by which news names people with their Latin spellings that mean one surname only."""
    pairs = {
        (row[3], words[-1])
        for row in people
        for name in row[4].split("|")
        if row[3] and (words := latin_words(name)) and len(words[-1]) >= _LEAST_SURNAME
    }
    meanings = Counter(latin for _, latin in pairs)
    return sorted((surname, latin) for surname, latin in pairs if meanings[latin] == 1)
