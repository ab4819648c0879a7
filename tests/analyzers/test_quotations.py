import pytest


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("به شبکه «الجدید» لبنان گفت", [("organization", "شبکه «الجدید» لبنان")]),
        ("به شبکه تلویزیونی « روسیه ۲۴ » گفت", [("organization", "شبکه تلویزیونی « روسیه ۲۴ »")]),
        ('خبرگزاری "کیودو" ژاپن نوشت', [("organization", 'خبرگزاری "کیودو" ژاپن')]),
        ("روزنامه ایتالیایی «لا وریتا» نوشت", [("organization", "روزنامه ایتالیایی «لا وریتا»")]),
        ("در استان «لوگر» افغانستان فرود آمد", [("place", "استان «لوگر» افغانستان")]),
        ("در پست مرزی «ایدومنی» یونان ماندند", [("place", "پست مرزی «ایدومنی» یونان")]),
        ("شهر «هرات»", [("place", "شهر «هرات»")]),
        # The country stands for itself, or what is quoted is speech and no name
        ("«الجدید» به لبنان رفت", [("country", "لبنان")]),
        ("شبکه «الجدید»، لبنان", [("organization", "شبکه «الجدید»"), ("country", "لبنان")]),
        ("روزنامه نوشت: «ایران پذیرفت»", [("country", "ایران")]),
        ("مدیر شرکت «ما به ایران آمدیم تا کار کنیم»", [("country", "ایران")]),
        ("شبکه «", []),
    ],
)
def test_a_quoted_name_belongs_to_the_word_that_opens_it(spans, text, names):
    assert spans(text) == names


def test_what_is_known_within_the_marks_stays_what_it_is(finder, analyzer):
    text = "شرکت «ایرباس» فرانسه و خبرگزاری «الف‌ب» سوئد"
    airbus, agency = finder.find(text, analyzer.analyze(text))
    assert (airbus.id, text[airbus.start : airbus.end]) == ("airbus", "شرکت «ایرباس» فرانسه")
    assert agency.label == "خبرگزاری الف‌ب سوئد"


def test_a_country_within_counts_all_the_same(finder, analyzer):
    text = "به شبکه «الجدید» لبنان گفت"
    tokens = analyzer.analyze(text)
    assert [entity.id for entity in finder.within(tokens, finder.find(text, tokens))] == ["LB"]
