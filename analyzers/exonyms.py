"""Names in Latin letters and what Persian news writes for them, so that ``Lavrov`` and ``Russia`` find news.

The names are those of the tables of people and organizations, Babel's English names of countries (Unicode
CLDR), and ``data/exonyms.tsv`` for the rest.
"""

import re
from collections import Counter
from functools import cache

from analyzers.countries import country_labels
from analyzers.folding import fold
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


@cache
def exonyms() -> dict[Words, tuple[str, ...]]:
    """Return for each name, by its words, the Persian forms it may have in the news, the best known first.

    What the reviewed table says stands before the rest.

    >>> exonyms()["russia",], exonyms()["iaea",][0], exonyms()["lavrov",]
    (('روسیه',), 'آژانس بین‌المللی انرژی اتمی', ('لاوروف',))
    """
    names: dict[Words, tuple[str, ...]] = {}
    for latin, persian in read_rows(DATA / "exonyms.tsv", columns=2):
        _enter(names, latin, (persian,))
    for code, label in country_labels("en").items():
        _enter(names, label, (country_labels()[code],))
    for _, label, others, short, latin, _, _ in read_rows(DATA / "organizations.tsv", columns=7, optional=6):
        _enter(names, latin, _forms(label, others, short))
    people = [
        row
        for table in ("people_1.tsv", "people_2.tsv")
        for row in read_rows(DATA / table, columns=8, optional=7)
    ]
    for surname, latin in _surnames(people):
        names.setdefault((latin,), (surname,))
    for _, label, others, _, latin, _, _, _ in people:
        _enter(names, latin, _forms(label, others))
    return names


def _forms(*cells: str) -> tuple[str, ...]:
    return tuple(form for cell in cells for form in cell.split("|") if form)


def _enter(names: dict[Words, tuple[str, ...]], latin: str, persian: tuple[str, ...]) -> None:
    for name in latin.split("|"):
        if words := latin_words(name):
            names.setdefault(words, persian)


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
