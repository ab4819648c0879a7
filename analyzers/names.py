"""The row of a gazetteer, so that countries, people and the rest are recognised by one finder."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from analyzers.tables import DATA, read_rows

METONYM, NAMED_FOR_CITIES = "@metonym", "@named"


class Company(NamedTuple):
    """What the words beside a name say of a reading that is also another word; ``#`` is any number.

    A word of ``before`` or ``after`` settles that it is the name, one of ``not_before`` or ``not_after`` that
    it is not. Where none is there, ``default`` decides. What is held in a capital or named for it has a word
    of ``named`` directly before it («مذاکرات وین»), and is no word of its state unless another party follows.
    """

    default: bool = True
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class Name(NamedTuple):
    """One way to name one entity.

    A name with a ``company`` is also another word. A ``short`` one counts only once the entity was named in
    full in the same article.
    """

    type: str
    id: str
    label: str
    text: str
    via: str = "name"
    company: Company | None = None
    short: bool = False


def forms(cell: str) -> list[str]:
    """Return the forms of a table's cell, which a bar parts."""
    return [form for form in cell.split("|") if form]


@cache
def read_companies() -> Mapping[str, Company]:
    """Read the reviewed table of contexts, by form; rows that start with ``@`` are lists for other rows.

    A form of a place, a person or an organization begins with that word and a colon.
    """
    rows = {row[0]: row[1:] for row in read_rows(DATA / "contexts.tsv", columns=6, optional=4)}
    given = (name for name, word in read_rows(DATA / "given_names.tsv", columns=2, optional=1) if not word)
    rows["@given"] = ("", " ".join(given))

    def words(cell: str) -> Iterator[str]:
        for word in cell.split():
            if word.startswith("@"):
                yield from words(rows[word][1])
            else:
                yield word

    return {
        form: Company(default == "yes", *(tuple(words(cell)) for cell in cells))
        for form, (default, *cells) in rows.items()
    }
