"""Countries and what Persian news calls them, so that every spelling of a country counts for one ISO code.

The names are Babel's (Unicode CLDR) Persian territory names; ``data/country_names.tsv`` adds what the press
writes instead, and guards the names that are also other words.
"""

import re
from collections.abc import Iterator

from babel import Locale

from analyzers.names import Name
from analyzers.tables import DATA, read_rows

# CLDR's territories that are no entry of ISO 3166: groupings, reserved codes and codes for testing software.
_NO_COUNTRY = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
_ADDITION = re.compile(r"\s*(?:\(|\u060c).*")


def country_labels(language: str = "fa") -> dict[str, str]:
    """Return what readers see for each country in ``language``, by ISO 3166 alpha-2 code.

    >>> country_labels()["US"], country_labels("en")["US"]
    ('آمریکا', 'United States')
    """
    labels = {
        code: _ADDITION.sub("", name)
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
    }
    if language == "fa":
        labels.update((code, name) for code, name, use, _, _ in _rows() if use == "label")
    return labels


def country_names() -> Iterator[Name]:
    """Yield every name of every country; where both have it, the reviewed table's in place of CLDR's."""
    labels = country_labels()
    reviewed = set()
    for code, name, use, needs, unless in _rows():
        reviewed.add((code, name))
        if use != "never":
            via = "name" if use == "label" else use
            yield Name("country", code, labels[code], name, via, tuple(needs.split()), tuple(unless.split()))
    for code, territory in Locale("fa").territories.items():
        name = _ADDITION.sub("", territory)
        if code in labels and (code, name) not in reviewed:
            yield Name("country", code, labels[code], name)


def _rows() -> Iterator[tuple[str, ...]]:
    return read_rows(DATA / "country_names.tsv", columns=5, optional=2)
