import pytest


@pytest.fixture(scope="module")
def find(finder, analyzer):
    return lambda text: [
        (entity.id, text[entity.start : entity.end]) for entity in finder.find(text, analyzer.analyze(text))
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("وزیر خارجه روسیه گفت", [("russia-mfa", "خارجه روسیه")]),
        ("وزیر امور خارجه سابق", []),
        ("وزیر سابق امور خارجه عراق", [("iraq-mfa", "امور خارجه عراق")]),
        ("وزیر امورخارجه کشورمان", [("iran-mfa", "امورخارجه کشورمان")]),
        ("وزیر نیرو آمد", [("iran-energy-ministry", "نیرو")]),
        (
            "وزیر بهداشت، درمان و آموزش پزشکی",
            [("iran-health-ministry", "بهداشت، درمان و آموزش پزشکی")],
        ),
        ("وزیر خارجه گفت", []),
        ("وزیر خارجه مصر آمد", [("EG", "مصر")]),
        ("وزیر گفت", []),
        ("وزیر، نفت و گاز", []),
    ],
)
def test_a_minister_names_the_ministry(find, text, names):
    assert find(text) == names


def test_ministers_of_forces_are_not_of_energy(find):
    assert "نیروهای مسلح انگلیس" in str(find("وزیر نیروهای مسلح انگلیس آمد"))


def test_a_ministry_that_no_table_holds_is_labelled_as_one(finder, analyzer):
    text = "وزیر انرژی زیمبابوه"
    (ministry,) = finder.find(text, analyzer.analyze(text))
    assert (ministry.type, ministry.label) == ("organization", "وزارت انرژی زیمبابوه")
