"""People of diplomatic news, so that every spelling of a name, and a surname after it, is one person."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analyzers.folding import fold
from analyzers.mentions import Entity
from analyzers.names import Name, forms, read_companies
from analyzers.tables import Table

if TYPE_CHECKING:  # the analyzer reads the tables too
    from analyzers.persian import PersianAnalyzer

PEOPLE = Table("people_1", "people_2", columns=8, optional=4)


def people_rows() -> Iterator[tuple[str, ...]]:
    """Read the reviewed tables: id, label, names, surname, latin, country, role, years."""
    return PEOPLE.rows()


def people_names() -> Iterator[Name]:
    """Yield each person's names, those in Latin letters too, and the surname as a short one."""
    companies = read_companies()
    for id_, label, names, surname, latin, *_ in people_rows():
        sure = dict.fromkeys((label, *forms(names), *forms(latin)))
        for form in sure:
            yield Name("person", id_, label, form, company=companies.get(f"person:{form}"))
        if surname and surname not in sure:
            yield Name("person", id_, label, surname, short=True)


def learned_names(analyzer: "PersianAnalyzer") -> Iterator[Name]:
    """Yield the names of people whom the corpus has taught, and the surname as a short one.

    A longer form of a listed name, with the same first and last word, is another name of that person.
    """
    listed: dict[tuple[str, str], tuple[str, str]] = {}
    for id_, label, *_ in people_rows():
        listed[_ends(label)] = (id_, label)
    for text in analyzer.layer.people:
        words = "-".join(token.exact for token in analyzer.analyze(text))
        id_, label = listed.get(_ends(text), (words, text))
        yield Name("person", id_, label, text)
        yield Name("person", id_, label, text.split()[-1], short=True)


def only_bearers() -> dict[str, Entity]:
    """Map each surname that but one person of the tables bears to whom it means after a high office."""
    bearers: dict[str, list[Entity]] = {}
    for id_, label, _, surname, *_ in people_rows():
        if surname:
            key = fold(surname).replace(" ", "").replace("\u200c", "")
            bearers.setdefault(key, []).append(Entity("person", id_, label, 0, 0, "name"))
    return {surname: people[0] for surname, people in bearers.items() if len(people) == 1}


def _ends(name: str) -> tuple[str, str]:
    """Return the first and the last word of a name, folded and without سید.

    >>> _ends("سیدمجتبی حسینی خامنه\u200cای") == _ends("مجتبی خامنه\u200cای")
    True
    """
    words = [fold(word).replace("\u200c", "") for word in name.split()]
    return words[0].removeprefix("سید"), words[-1]
