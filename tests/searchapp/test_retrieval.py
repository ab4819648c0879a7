"""What is done where a question finds nothing as typed, and what is only offered."""

import pytest

from searchapp.models import SearchParameters
from searchapp.retrieval import Retrieved
from searchapp.search import SearchService


def ask(service: SearchService, question: str, **parameters: object) -> Retrieved:
    return service.find(SearchParameters(q=question, **parameters))  # type: ignore[arg-type]


def offered(found: Retrieved) -> list[str]:
    return [each.query for each in found.suggestions]


def articles(found: Retrieved) -> set[str]:
    return {hit.article_id for hit in found.response.hits}


@pytest.mark.parametrize(
    ("question", "kind", "meant"),
    [
        ("تهریم", "spelling", "تحریم"),
        ('"تهریم"', "spelling", '"تحریم"'),
        ("jpvdl", "layout", "تحریم"),
        ("قعسسهش", "layout", "روسیه"),
        ("tahrim", "finglish", "تحریم"),
        ("Russia", "exonym", "روسیه"),
        ("مضاکرات وین", "spelling", "مذاکرات وین"),
        ("tahrim vienna", "finglish", "تحریم وین"),
    ],
)
def test_what_finds_nothing_is_asked_as_it_was_meant(news, question, kind, meant):
    found = ask(news, question)
    assert (found.applied.kind, found.applied.query) == (kind, meant)
    assert articles(found) == articles(ask(news, meant)) != set()
    assert meant not in offered(found)


@pytest.mark.parametrize("question", ["تهریم", "jpvdl", "tahrim", "Russia"])
def test_the_literal_question_is_answered_literally_and_what_was_meant_is_offered(news, question):
    found = ask(news, question, literal=True)
    assert found.applied is None
    assert found.response.total == 0
    assert offered(found)


@pytest.mark.parametrize("question", ["تحریم", "ایران", "مذاکرات وین", "گفتوگو", "", "یا", "کشور:روسیه"])
def test_a_question_of_known_words_needs_no_help(news, question):
    found = ask(news, question)
    assert (list(found.suggestions), found.applied) == ([], None)


def test_what_finds_something_is_never_replaced(news):
    found = ask(news, "ایران روسیه مضاکرات رایزنی")
    assert found.applied is None
    assert found.response.total
    assert offered(found)[0] == "ایران روسیه مذاکرات رایزنی"


def test_fewer_words_are_asked_for_before_others_are_put_in_their_place(news):
    """Neither the question nor its correction finds all words together; as typed, one is found."""
    found = ask(news, "ترکیه مضاکرات")
    assert found.reading.interpretation.relaxed
    assert found.applied is None
    assert articles(found) == {"undated/one"}
    assert offered(found)[0] == "ترکیه مذاکرات"


@pytest.mark.parametrize(
    ("question", "better", "answered"),
    [
        # Neither word is there as typed; the corrected ones are found, but not together.
        ("تهریم هصته‌ای", "تحریم هسته‌ای", True),
        ("تهریم کوفته", "تحریم کوفته", False),
    ],
)
def test_a_correction_of_which_one_word_is_left_is_only_offered(news, question, better, *, answered):
    found = ask(news, question)
    if answered:
        assert (found.applied.query, found.reading.interpretation.relaxed) == (better, True)
        assert found.response.total
    else:
        assert (found.applied, found.response.total) == (None, 0)
        assert offered(found)[0] == better


def test_a_word_that_is_only_filtered_out_is_not_corrected(news):
    narrow = {"include": {"country": frozenset({"CN"})}}
    found = ask(news, "میزبان", **narrow)
    assert (found.response.total, found.applied) == (0, None)


def test_a_rare_word_beside_a_much_commoner_one_is_doubted_but_kept(serve):
    service = serve(*["تحریم تازه"] * 130, "تهریم تازه")
    found = ask(service, "تهریم")
    assert found.response.total == 1
    assert found.applied is None
    assert offered(found)[0] == "تحریم"
    narrow = ask(service, "تهریم", include={"source": frozenset({"نیست"})})
    assert (narrow.response.total, narrow.applied) == (0, None)


def test_a_correction_keeps_what_narrows(news):
    found = ask(news, "tahrim", include={"source": frozenset({"خبرگزاری شمال"})})
    assert articles(found) == {"moscow"}
