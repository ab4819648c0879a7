"""Places other than countries, so that «خلیج مکزیک» is found, and no country within it."""

from collections.abc import Iterator

from analyzers.names import Name, forms, read_companies
from analyzers.tables import Table

PLACES = Table("places", columns=5, optional=1)


def place_rows() -> Iterator[tuple[str, ...]]:
    """Read the reviewed table: id, label, names, kind, country."""
    return PLACES.rows()


def place_names() -> Iterator[Name]:
    """Yield every name of every place; ``contexts.tsv`` says of some which words they keep company with."""
    companies = read_companies()
    for id_, label, names, *_ in place_rows():
        for form in (label, *forms(names)):
            yield Name("place", id_, label, form, company=companies.get(f"place:{form}"))
