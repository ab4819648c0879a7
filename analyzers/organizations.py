"""Organizations of diplomatic news, so that an abbreviation and a long name are one facet value."""

from collections.abc import Iterator

from analyzers.names import Name, forms
from analyzers.tables import DATA, read_rows


def organization_rows() -> Iterator[tuple[str, ...]]:
    """Read the reviewed table: id, label, names, short, latin, kind, country."""
    return read_rows(DATA / "organizations.tsv", columns=7, optional=1)


def organization_names() -> Iterator[Name]:
    """Yield each organization's names, those in Latin letters too, and its short forms."""
    for id_, label, names, short, latin, *_ in organization_rows():
        for form in dict.fromkeys((label, *forms(names), *forms(latin))):
            yield Name("organization", id_, label, form)
        for form in forms(short):
            yield Name("organization", id_, label, form, short=True)
