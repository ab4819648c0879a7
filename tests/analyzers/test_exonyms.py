import pytest

from analyzers.exonyms import exonyms, latin_words
from analyzers.tables import DATA, read_rows


@pytest.mark.parametrize(
    ("latin", "persian"),
    [
        ("Russia", "روسیه"),
        ("Iran", "ایران"),
        ("U.S.A.", "آمریکا"),
        ("united states", "آمریکا"),
        ("Türkiye", "ترکیه"),
        ("Côte d\u2019Ivoire", "ساحل عاج"),
        ("Sana'a", "صنعا"),
        ("New York", "نیویورک"),
        ("Lavrov", "لاوروف"),
        ("Sergey Lavrov", "سرگئی لاوروف"),
        ("IAEA", "آژانس بین‌المللی انرژی اتمی"),
        ("JCPOA", "برجام"),
        ("Abbas Araqchi", "عباس عراقچی"),
    ],
)
def test_latin_names_have_their_persian_form(latin, persian):
    assert exonyms()[latin_words(latin)][0] == persian


@pytest.mark.parametrize("word", ["tahrim", "mozakerat", "the", ""])
def test_words_are_no_names(word):
    assert latin_words(word) not in exonyms()


def test_no_name_stands_twice_in_the_table():
    rows = read_rows(DATA / "exonyms.tsv", columns=2)
    names = [latin_words(name) for latin, _ in rows for name in latin.split("|")]
    assert all(names)
    assert len(names) == len(set(names))
