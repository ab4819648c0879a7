"""Which paragraphs a question finds and in which order articles come, on small texts of our own."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from searchapp.library import Library
from searchapp.models import SearchAnswer, SearchParameters
from searchapp.search import SearchService

from .conftest import indexed

Serve = Callable[..., SearchService]


def ask(service: SearchService, question: str, **parameters: object) -> SearchAnswer:
    return service.search(SearchParameters(q=question, size=100, **parameters))


def articles(answer: SearchAnswer) -> list[str]:
    return [result.article_id for result in answer.results]


COMMON = [
    "وزیران دو کشور دیدار کردند و بر همکاری تاکید شد.",
    "دیدار وزیران برگزار شد و همکاری ادامه دارد.",
    "همکاری دو طرف در دیدار وزیران بررسی شد.",
    "وزیران پس از دیدار از همکاری سخن گفتند.",
]


def test_a_rare_word_is_enough_of_a_long_question_and_a_common_one_is_not(serve: Serve) -> None:
    service = serve("قره‌باغ آرام است.", "بامداد دیدار تازه‌ای بود.", *COMMON)
    answer = ask(service, "دیدار قره‌باغ زنگزور نخجوان", exact=True)
    assert articles(answer) == ["a1"]
    assert answer.interpretation.weighed
    assert not answer.interpretation.relaxed


def test_common_words_together_may_weigh_enough(serve: Serve) -> None:
    service = serve("قره‌باغ آرام است.", "باران بارید.", *COMMON)
    answer = ask(service, "دیدار وزیران همکاری قره‌باغ", exact=True)
    assert set(articles(answer)) == {"a1", "a3", "a4", "a5", "a6"}
    assert not answer.interpretation.relaxed


def test_words_that_no_paragraph_holds_weigh_nothing(serve: Serve) -> None:
    answer = ask(serve("باران بارید.", *COMMON), "دیدار زمرد یاقوت فیروزه مرجان الماس", exact=True)
    assert set(articles(answer)) == {"a2", "a3", "a4", "a5"}
    assert not answer.interpretation.relaxed


def test_a_long_question_relaxes_when_what_is_left_weighs_too_little(serve: Serve) -> None:
    service = serve(
        {"text": "قره‌باغ و زنگزور و نخجوان و لاچین در کانون خبرها ماندند.", "source": "شمال"},
        *({"text": text, "source": "جنوب"} for text in COMMON),
        {"text": "باران بارید.", "source": "جنوب"},
    )
    question = "همکاری قره‌باغ زنگزور نخجوان لاچین"
    answer = ask(service, question, exact=True, include={"source": frozenset({"جنوب"})})
    assert set(articles(answer)) == {"a2", "a3", "a4", "a5"}
    assert answer.interpretation.relaxed
    assert answer.interpretation.weighed


def test_what_holds_more_of_the_question_comes_first(serve: Serve) -> None:
    service = serve("مسقط میزبان است.", "مسقط میزبان نشست هرمز است.", "مسقط میزبان نشست است.", *COMMON)
    assert articles(ask(service, "مسقط میزبان نشست هرمز", exact=True))[:3] == ["a2", "a3", "a1"]


def test_a_headline_with_a_bar_finds_its_article(serve: Serve) -> None:
    service = serve(
        {"title": "رایزنی در مسقط | هرمز باز ماند", "text": "دیپلمات‌ها گزارش دادند."},
        {"title": "خبری دیگر", "text": "هرمز آرام است."},
        *COMMON,
    )
    answer = ask(service, "رایزنی در مسقط | هرمز باز ماند")
    assert articles(answer)[0] == "a1"
    assert answer.interpretation.notes == []
    assert articles(ask(service, "مسقط | هرمز", exact=True)) == ["a1"]


def test_or_in_a_sentence_is_a_word_and_in_a_short_question_an_operator(serve: Serve) -> None:
    service = serve("سفیر هلند در مسقط ماند.", "سفیر یونان در هرمز ماند.", *COMMON)
    assert set(articles(ask(service, "مسقط یا هرمز", exact=True))) == {"a1", "a2"}
    sentence = ask(service, "آیا سفیر هلند امروز در مسقط یا آنکارا خواهد ماند", exact=True)
    assert articles(sentence)[0] == "a1"
    assert [note.code for note in sentence.interpretation.notes] == ["prose", "missing_words"]


@pytest.mark.parametrize("group", ["article", "paragraph"])
@pytest.mark.parametrize(
    ("question", "nearer", "farther"),
    [
        ("باران تابستان", "باران تابستان در کوه و دشت دیده شد", "تابستان در کوه و دشت باران دیده شد"),
        ("باران تابستان", "باران آن تابستان در کوه دیده شد", "باران در کوه آن تابستان دیده شد"),
        ("باران در تابستان", "باران در تابستان کوه دیده شد", "باران تابستان در کوه دیده شد"),
        ("باران بی‌پایان تابستان", "کوه باران بی‌پایان تابستان", "تابستان باران کوه بی‌پایان"),
    ],
)
def test_words_near_each_other_as_in_the_question_come_first(
    serve: Serve, question: str, nearer: str, farther: str, group: str
) -> None:
    service = serve(farther, nearer, *COMMON)
    assert articles(ask(service, question, exact=True, group=group)) == ["a2", "a1"]


PASSING = "هرمز در گفت‌وگو یاد شد.\n\nباران بارید.\n\nبازار آرام بود.\n\nکتابی چاپ شد."
THROUGHOUT = "هرمز باز ماند.\n\nکشتی‌ها از هرمز گذشتند.\n\nهرمز آرام است.\n\nناوها از هرمز رفتند."


def test_an_article_that_speaks_of_a_matter_throughout_comes_first(serve: Serve) -> None:
    service = serve(PASSING, THROUGHOUT, *COMMON)
    answer = ask(service, "هرمز")
    assert articles(answer) == ["a2", "a1"]
    assert [result.matching for result in answer.results] == [4, 1]


def test_an_articles_words_count_together_wherever_they_stand(serve: Serve) -> None:
    apart = "مسقط میزبان است.\n\nهرمز آرام است.\n\nنشستی در راه است."
    service = serve("مسقط میزبان است.\n\nباران بارید.\n\nبازار آرام بود.", apart, *COMMON)
    assert articles(ask(service, "مسقط هرمز نشست", exact=True)) == ["a2", "a1"]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("group", ["article", "paragraph"])
@pytest.mark.parametrize("question", ["", "ایران", "ایران روسیه چین", "سفیر میزبان", '"امور خارجه"', "؟"])
def test_what_is_found_is_what_is_shown(news: SearchService, question: str, group: str, sort: str) -> None:
    for page in (1, 2):
        parameters = SearchParameters(q=question, group=group, sort=sort, size=2, page=page)  # type: ignore[arg-type]
        reading, response, *_ = news.find(parameters)
        answer = news.search(parameters)
        shown = [(result.article_id, result.paragraph) for result in answer.results]
        assert [(hit.article_id, hit.number) for hit in response.hits] == shown
        assert (response.total, response.total_articles) == (answer.total, answer.total_articles)
        assert reading.interpretation == answer.interpretation


RELATED = [
    ("ایران", "ایرانی"),
    ("عمان", "عمانی"),
    ("فرانسه", "فرانسوی"),
    ("سوریه", "سوری"),
    ("روسیه", "روسی"),
    ("ترکیه", "ترک"),
    ("آمریکا", "آمریکایی"),
    ("اروپا", "اروپایی"),
    ("لیبی", "لیبیایی"),
    ("مصر", "مصری"),
    ("ژاپن", "ژاپنی"),
    ("لهستان", "لهستانی"),
    ("سرگئی", "سرگی"),
    ("واشنگتن", "واشینگتن"),
    ("اوکراین", "اکراین"),
    ("آمریکا", "ایالات متحده"),
    ("برجام", "برنامه جامع اقدام مشترک"),
]


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Two articles for each pair, under a source of their own."""
    rows = [
        {"id": f"{at}.{place}", "source": f"منبع {at}", "text": f"در گزارش {word} آمده بود."}
        for at, pair in enumerate(RELATED)
        for place, word in enumerate(pair)
    ]
    settings = indexed(tmp_path_factory.mktemp("pairs"), rows)
    with closing(Library(settings)) as library:
        yield library.service()


@pytest.mark.parametrize("group", ["article", "paragraph"])
@pytest.mark.parametrize("asked", [0, 1], ids=["there", "back"])
@pytest.mark.parametrize("pair", RELATED, ids=" ".join)
def test_related_forms_are_found_and_ranked_lower(
    pairs: SearchService, pair: tuple[str, str], asked: int, group: str
) -> None:
    at = RELATED.index(pair)
    here = {"group": group, "include": {"source": frozenset({f"منبع {at}"})}}
    answer = ask(pairs, pair[asked], **here)
    assert articles(answer) == [f"{at}.{asked}", f"{at}.{1 - asked}"]
    assert answer.results[0].score > answer.results[1].score
    assert answer.results[1].highlights
    assert answer.interpretation.related
    assert articles(ask(pairs, pair[asked], exact=True, **here)) == [f"{at}.{asked}"]
