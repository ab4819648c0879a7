"""Organizations of diplomatic news, and sports clubs, so that every form of a name is one value."""

from collections.abc import Iterator

from analyzers.names import Name, forms, read_companies
from analyzers.tables import Table

ORGANIZATIONS = Table("organizations", "clubs", columns=7, optional=1)


def organization_rows() -> Iterator[tuple[str, ...]]:
    """Read the reviewed tables: id, label, names, short, latin, kind, country."""
    return ORGANIZATIONS.rows()


def organization_names() -> Iterator[Name]:
    """Yield each organization's names, those in Latin letters too, and its short forms.

    A short form that ``contexts.tsv`` has counts in its company also where the article has not named the
    organization in full («به گزارش مهر»).
    """
    companies = read_companies()
    for id_, label, names, short, latin, *_ in organization_rows():
        for form in dict.fromkeys((label, *forms(names), *forms(latin))):
            yield Name("organization", id_, label, form, company=companies.get(f"organization:{form}"))
        for form in forms(short):
            company = companies.get(form)
            yield Name("organization", id_, label, form, company=company, short=company is None)
