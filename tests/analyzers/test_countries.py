from collections import Counter

from babel import Locale

from analyzers.countries import country_labels, country_names
from analyzers.tables import DATA, read_rows

ROWS = list(read_rows(DATA / "country_names.tsv", columns=5, optional=2))


def test_every_country_of_the_standard_has_a_label_and_a_name():
    labels = country_labels()
    assert len(labels) == 250, "249 of ISO 3166 and Kosovo"
    assert labels.keys() == country_labels("en").keys()
    assert {name.id for name in country_names()} >= labels.keys() - {"IM"}


def test_labels_are_what_the_press_says_and_not_what_a_form_says():
    labels = country_labels()
    assert labels["US"] == "آمریکا"
    assert labels["RU"] == "روسیه"
    assert labels["MM"] == "میانمار"
    assert not [label for label in labels.values() if "(" in label or "،" in label or "-" in label]


def test_the_table_names_known_countries_and_known_uses():
    codes = set(Locale("fa").territories)
    assert {code for code, *_ in ROWS} <= codes
    assert {use for _, _, use, _, _ in ROWS} == {"label", "name", "metonym", "never"}


def test_the_table_says_nothing_twice():
    assert max(Counter((code, name) for code, name, *_ in ROWS).values()) == 1
    assert max(Counter(code for code, _, use, _, _ in ROWS if use == "label").values()) == 1
    assert sorted(ROWS, key=lambda row: row[0]) == ROWS


def test_one_name_never_means_two_countries():
    named = {}
    for name in country_names():
        named.setdefault(name.text, set()).add(name.id)
    assert {text: ids for text, ids in named.items() if len(ids) > 1} == {}
