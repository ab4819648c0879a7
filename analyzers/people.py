"""People of diplomatic news, so that every spelling of a name, and a surname after it, is one person."""

from collections.abc import Iterator

from analyzers.names import Name, forms
from analyzers.tables import DATA, read_rows

PARTS = ("people_1", "people_2")


def people_rows() -> Iterator[tuple[str, ...]]:
    """Read the reviewed tables: id, label, names, surname, latin, country, role, years."""
    for part in PARTS:
        yield from read_rows(DATA / f"{part}.tsv", columns=8, optional=4)


def people_names() -> Iterator[Name]:
    """Yield each person's names, those in Latin letters too, and the surname as a short one."""
    for id_, label, names, surname, latin, *_ in people_rows():
        sure = dict.fromkeys((label, *forms(names), *forms(latin)))
        for form in sure:
            yield Name("person", id_, label, form)
        if surname and surname not in sure:
            yield Name("person", id_, label, surname, short=True)
