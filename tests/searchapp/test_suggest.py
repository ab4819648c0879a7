import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.relations import Relations
from indexer.engine import SearchRequest
from searchapp.known import KnownWords
from searchapp.search import SearchService
from searchapp.suggest import LABELS, Suggester
from searchapp.wording import Wording


@pytest.fixture(scope="module")
def suggester(news: SearchService) -> Suggester:
    return news.suggester


@pytest.mark.parametrize(
    ("question", "kind", "better"),
    [
        ("تهریم", "spelling", "تحریم"),
        ("تحرسم", "spelling", "تحریم"),
        ("مضاکرات وین", "spelling", "مذاکرات وین"),
        ("مضاکرات هصته‌ای", "spelling", "مذاکرات هسته‌ای"),
        ("همکریها", "spelling", "همکاری‌ها"),
        ("-تهریم روسیه", "spelling", "-تحریم روسیه"),
        ('"تهریم"', "spelling", '"تحریم"'),
        ("کشور:RU مضاکرات", "spelling", "کشور:RU مذاکرات"),
        ("jpvdl", "layout", "تحریم"),
        ("JPVDL", "layout", "تحریم"),
        ("jpvdl hdvhk", "layout", "تحریم ایران"),
        ("]dk", "layout", "چین"),
        ("قعسسهش", "layout", "روسیه"),
        ("tahrim", "finglish", "تحریم"),
        ("mozakerat hastei", "finglish", "مذاکرات هسته‌ای"),
        ("hamkariha", "finglish", "همکاری‌ها"),
        ("Russia", "exonym", "روسیه"),
        ("Russia iran", "exonym", "روسیه ایران"),
        ("Vienna", "exonym", "وین"),
        ("روسیه و china", "exonym", "روسیه و چین"),
        ("مذاکرات هسطه ای", "spelling", "مذاکرات هسته‌ای"),
        ("وزیر Russia", "exonym", "وزیر روسیه"),
    ],
)
def test_the_first_suggestion_is_the_question_that_was_meant(suggester, question, kind, better):
    first = suggester.suggest(question)[0]
    assert (first.kind, first.query) == (kind, better)
    assert first.label == LABELS[kind]


@pytest.mark.parametrize(
    "question",
    [
        "",
        "تحریم",
        "تحریم‌های ایران",
        "گفتوگو",
        "کشور:روسیه",
        "۱۴۰۱",
        "xyzzyxyzzy",
        "OR",
        "یا",
        "<>&",
        # Known as they are read side by side, to the language, or to the tables.
        "مذاکرات هسته ای",
        "همکاری ها",
        "گفت و گو ها",
        "چرا کلمبیا",
        "شورشیان چگونه",
        "برگزیت",
        "ئ" * 5000,
    ],
)
def test_what_is_known_or_like_nothing_has_no_suggestion(suggester, question):
    assert suggester.suggest(question) == []


def test_suggestions_differ_and_are_as_many_as_wanted(suggester):
    assert len(suggester.suggest("تهریم", limit=1)) == 1
    found = [each.query for each in suggester.suggest("mozakerat tahrim")]
    assert len(found) == len(set(found)) <= 3


@pytest.mark.parametrize("question", ["tahrim", "تهریم", "همکریها"])
def test_no_suggestion_is_a_form_of_one_before_it(suggester, news, question):
    offered = [
        tuple(token.term for token in news.analyzer.analyze(each.query))
        for each in suggester.suggest(question, limit=10)
    ]
    assert offered
    assert len(offered) == len(set(offered))


def test_words_that_are_forms_of_one_are_kept_apart_once(news):
    known = KnownWords(
        news.engine, news.analyzer, Relations(news.analyzer), Wording(news.engine, news.analyzer)
    )
    assert known.apart(["تحریم", "تحریمها", "سفر", "تحریمهای", "سفرها", "وین"]) == ["تحریم", "سفر", "وین"]
    assert known.apart(["تحریم", "تحریمی", "تحریک"]) == ["تحریم", "تحریک"]
    assert known.apart(["ایرانی", "سفر", "ایران"]) == ["ایرانی", "سفر"]


def test_a_suggestion_finds_something(suggester, news):
    for question in ("تهریم", "jpvdl", "tahrim", "China"):
        for each in suggester.suggest(question):
            assert news.engine.search(_request(news, each.query)).total


def _request(news: SearchService, question: str) -> SearchRequest:
    return SearchRequest(query=news.reader.read(question).query)


@given(st.text(max_size=80) | st.text("jpvdltahrim-\"':;*() تحریمذ\u200c", max_size=40))
def test_any_question_may_be_asked(suggester, question):
    assert all(each.query != question for each in suggester.suggest(question))


@pytest.mark.parametrize(
    ("term", "written"),
    [("همکاریها", "همکاری‌ها"), ("گفتوگوها", "گفت‌وگوها"), ("تحریم", "تحریم"), ("نیست‌درنمایه", "نیست‌درنمایه")],
)
def test_a_term_is_shown_as_the_corpus_writes_it(news, term, written):
    assert Wording(news.engine, news.analyzer).written(term) == written


def test_a_name_does_not_repeat_the_word_before_it(serve):
    service = serve("سازمان همکاری اسلامی بیانیه داد.")
    assert [each.query for each in service.suggester.suggest("سازمان OIC")] == ["سازمان همکاری اسلامی"]


def test_two_words_may_be_one_that_was_parted(serve):
    service = serve("کریدور زنگزور باز نشد.")
    assert service.suggester.suggest("کریدور زنگ ضور")[0].query == "کریدور زنگزور"
