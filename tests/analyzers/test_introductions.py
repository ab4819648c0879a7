from collections import Counter

import pytest

from analyzers import CorpusLayer, Lexicon, PersianAnalyzer
from analyzers.entities import EntityFinder
from analyzers.introductions import Introductions
from analyzers.learning import learn_layer


def people(lexicon: Lexicon, *texts: str) -> tuple[str, ...]:
    introductions = Introductions(lexicon)
    return introductions.people(Counter(name for text in texts for name in introductions.find(text)))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # «تورنگ کوهساریان» is an invented minister, whose given name no table has
        ("وزیر خارجه تورنگ کوهساریان گفت", ["تورنگ کوهساریان"]),
        ("وزیر امور خارجه عراق تورنگ کوهساریان گفت", ["تورنگ کوهساریان"]),
        ("تورنگ کوهساریان، وزیر خارجه عراق، آمد", ["تورنگ کوهساریان"]),
        ("«تورنگ کوهساریان» سخنگوی دولت", ["تورنگ کوهساریان"]),
        ("سفير «بهرام كوهساريان» رفت", ["بهرام كوهساريان"]),
        ("بهرام کوهساریان سفیر عراق", ["بهرام کوهساریان"]),
        ("رئیس جمهور بهرام کوهساریان و رئیس‌جمهوری", ["بهرام کوهساریان"]),
        ("سیدبهرام کوهساریان دبیرکل است", ["سیدبهرام کوهساریان"]),
        # Nobody is introduced, or somebody whom a table has
        ("وزیر خارجه وارد تهران شد", []),
        ("وزیر خارجه روسیه سرگئی لاوروف گفت", []),
        ("وزیران کوهساریان", []),
        ("کوهساریان وزیر شد", []),
        ("تورنگ کوهساریان را وزیر خواندند", []),
        ("", []),
    ],
)
def test_who_is_introduced_by_an_office_is_learned(lexicon: Lexicon, text: str, names: list[str]) -> None:
    assert list(people(lexicon, text, text, text)) == names


def test_three_texts_must_introduce_somebody(lexicon: Lexicon) -> None:
    text = "وزیر خارجه تورنگ کوهساریان گفت. تورنگ کوهساریان، وزیر خارجه، گفت. "
    assert people(lexicon, text * 5, text) == ()
    assert people(lexicon, text, text, text) == ("تورنگ کوهساریان",)


def test_the_commonest_spelling_is_the_label(lexicon: Lexicon) -> None:
    texts = ["بهرام کوهساریان، وزیر"] * 2 + ["بهرام كوهساريان، وزیر"]
    assert people(lexicon, *texts) == ("بهرام کوهساریان",)


def test_a_learned_person_is_known_anywhere_and_by_surname_after_it(lexicon: Lexicon) -> None:
    layer = learn_layer(["وزیر خارجه تورنگ کوهساریان گفت"] * 3, lexicon)
    text = "در تماس با تورنگ کوهساریان و سپس کوهساریان"
    taught, base = (PersianAnalyzer(lexicon, layer), PersianAnalyzer(lexicon, CorpusLayer()))
    finder, plain = EntityFinder(taught), EntityFinder(base)
    found = finder.find(text, taught.analyze(text))
    assert [(entity.label, text[entity.start : entity.end]) for entity in found] == [
        ("تورنگ کوهساریان", "تورنگ کوهساریان"),
        ("تورنگ کوهساریان", "کوهساریان"),
    ]
    assert plain.fingerprint != finder.fingerprint
    assert plain.find("با تورنگ", base.analyze("با تورنگ")) == []


def test_a_longer_form_of_a_listed_name_is_that_person(lexicon: Lexicon) -> None:
    analyzer = PersianAnalyzer(lexicon, CorpusLayer(people=("سرگئی ویکتوروویچ لاوروف",)))
    text = "دیدار با سرگئی ویکتوروویچ لاوروف"
    assert [entity.id for entity in EntityFinder(analyzer).find(text, analyzer.analyze(text))] == [
        "sergey-lavrov"
    ]
