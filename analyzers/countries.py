"""Countries and what Persian news calls them, so that every spelling of a country counts for one ISO code.

The names stand in ``data/countries.tsv``, English labels in ``data/country_labels.tsv``;
``data/contexts.tsv`` says which company those keep that are also other words.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from analyzers.names import METONYM, NAMED_FOR_CITIES, Company, Name, forms, read_companies
from analyzers.tables import Table

COUNTRIES = Table("countries", columns=8, optional=6)
ENGLISH = Table("country_labels", columns=2)

_VIA = ("name", "name", "demonym", "metonym", "metonym")
_SEATS = 3  # the cell of capitals and palaces
# How those of the cell begin that are no towns, so that «بیانیه کاخ سفید» is a word of the United States.
_PALACES = (
    "کاخ",
    "کرملین",
    "الیزه",
    "پنتاگون",
    "داونینگ",
    "خیابان",
    "کاپیتول",
    "وایت‌هال",
    "دربار",
    "ماتینیون",
)


def country_labels(language: Literal["fa", "en"] = "fa") -> dict[str, str]:
    """Return what readers see for each country in ``language``, by ISO 3166 alpha-2 code.

    >>> country_labels()["US"], country_labels("en")["US"]
    ('آمریکا', 'United States')
    """
    rows = country_rows() if language == "fa" else ENGLISH.rows()
    return {code: label for code, label, *_ in rows}


def country_names(*, metonyms: bool = True) -> Iterator[Name]:
    """Yield every name of every country, the label first; capitals and palaces only with ``metonyms``."""
    companies = read_companies()
    for code, label, *cells, ambiguous in country_rows():
        guarded = set(forms(ambiguous))
        yield Name("country", code, label, label, company=_company(label, guarded, companies))
        for number, (via, cell) in enumerate(zip(_VIA, cells, strict=True)):
            for form in forms(cell):
                company = _company(form, guarded, companies)
                if number != _SEATS:
                    yield Name("country", code, label, form, via, company)
                elif metonyms:
                    company = company or companies[METONYM]
                    if not form.startswith(_PALACES):
                        company = company._replace(named=companies[NAMED_FOR_CITIES].before)
                    yield Name("country", code, label, form, via, company)


def country_rows() -> Iterator[tuple[str, ...]]:
    """Read the reviewed table: code, label, names, historic, demonyms, metonyms, epithets, ambiguous."""
    return COUNTRIES.rows()


def _company(form: str, guarded: set[str], companies: Mapping[str, Company]) -> Company | None:
    return companies.get(form, Company()) if form in guarded else None
