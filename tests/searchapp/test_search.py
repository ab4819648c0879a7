import pytest

from searchapp.models import SearchAnswer, SearchParameters
from searchapp.retrieval import DateProblemError
from searchapp.search import SearchService


def found(answer: SearchAnswer) -> set[tuple[str, int]]:
    return {(result.article_id, result.paragraph) for result in answer.results}


def ask(service: SearchService, question: str, **parameters: object) -> SearchAnswer:
    return service.search(SearchParameters(q=question, group="paragraph", size=100, **parameters))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("تحریم", {("moscow", 2), ("script", 1), ("undated/one", 1)}),
        ("تحریم -روسیه", {("script", 1), ("undated/one", 1)}),
        ("کشور:چین", {("beijing", 1), ("beijing", 2)}),
        ("کشور:(چین یا ترکیه) -توافق", {("beijing", 2), ("undated/one", 2)}),
        ("منبع:(خبرگزاری شمال) روسیه", {("moscow", 2)}),
        ("تاریخ:۱۴۰۰ ایران", {("vienna", 1)}),
        ("تاریخ:1401/01..1401/02 ایران", {("moscow", 1), ("moscow", 2), ("beijing", 1)}),
        ("عنوان:مسکو", {("moscow", 1)}),
        ('"وزیر امور خارجه"', {("moscow", 1)}),
        ('"خارجه امور وزیر"', set()),
        ('"ایران تجاری"~3', {("beijing", 1)}),
        ("رایزن* یا میزبان*", {("moscow", 2), ("undated/one", 2)}),
    ],
)
def test_a_question_finds_these_paragraphs(
    news: SearchService, question: str, expected: set[tuple[str, int]]
) -> None:
    assert found(ask(news, question, exact=True)) == expected


def test_the_rule_relaxes_when_nothing_matches_and_says_so(news: SearchService) -> None:
    answer = ask(news, "سفیر میزبان", exact=True)
    assert found(answer) == {("beijing", 2), ("undated/one", 2)}
    assert answer.interpretation.relaxed
    assert not ask(news, "سفیر چین").interpretation.relaxed


def test_nothing_at_all_is_not_called_relaxed(news: SearchService) -> None:
    answer = ask(news, "قسطنطنیه بیزانس")
    assert answer.total == 0
    assert not answer.interpretation.relaxed


def test_values_of_one_facet_are_alternatives_and_facets_narrow_each_other(news: SearchService) -> None:
    both = ask(news, "", include={"country": frozenset({"CN", "TR"})})
    assert {"beijing", "undated/one"} == {article for article, _ in found(both)}
    narrowed = ask(news, "", include={"country": frozenset({"IR"}), "source": frozenset({"خبرگزاری شمال"})})
    assert {"moscow", "beijing"} == {article for article, _ in found(narrowed)}
    barred = ask(news, "ایران", exact=True, exclude={"country": frozenset({"RU", "CN"})})
    assert all(not text.startswith(("چین", "روسیه")) for text in (row.text for row in barred.results))


def test_a_facets_counts_leave_its_own_selection_out(news: SearchService) -> None:
    free = {value.id: value.count for value in ask(news, "").facets["country"]}
    answer = ask(news, "", include={"country": frozenset({"CN"})})
    narrowed = {value.id: value for value in answer.facets["country"]}
    assert {id_: value.count for id_, value in narrowed.items()} == free
    assert narrowed["CN"].selected
    assert answer.total == free["CN"]


def test_a_selected_value_without_hits_stays(news: SearchService) -> None:
    answer = ask(news, "ترکیه", include={"country": frozenset({"CN"})})
    assert answer.total == 0
    assert [(value.id, value.count) for value in answer.facets["country"] if value.selected] == [("CN", 0)]


def test_dates_narrow_in_either_calendar(news: SearchService) -> None:
    jalali = ask(news, "", date_from="۱۴۰۱/۰۱", date_to="۱۴۰۱/۰۲")
    gregorian = ask(news, "", date_from="2022-03-21", date_to="2022-05-21")
    assert found(jalali) == found(gregorian)
    assert {article for article, _ in found(jalali)} == {"moscow", "beijing"}


def test_a_date_that_is_none_is_refused(news: SearchService) -> None:
    with pytest.raises(DateProblemError, match="دیروز"):
        ask(news, "", date_from="دیروز")


def test_sorting_by_date(news: SearchService) -> None:
    newest = [result.date for result in ask(news, "ایران", sort="newest").results]
    assert newest == sorted(newest, reverse=True)
    oldest = [result.date for result in ask(news, "ایران", sort="oldest").results]
    assert oldest == sorted(oldest)


def test_the_timeline_counts_jalali_months(news: SearchService) -> None:
    timeline = {bucket.key: (bucket.label, bucket.count) for bucket in ask(news, "").timeline}
    assert timeline["1400-12"] == ("اسفند ۱۴۰۰", 2)
    assert timeline["1401-01"] == ("فروردین ۱۴۰۱", 2)


def test_pages_follow_each_other(news: SearchService) -> None:
    pages = [news.search(SearchParameters(sort="newest", size=2, page=page)) for page in (1, 2, 3, 4)]
    ids = [result.article_id for page in pages for result in page.results]
    assert len(ids) == len(set(ids)) == 5
    assert ids[:4] == ["script", "beijing", "moscow", "vienna"]
    assert pages[3].results == []
    assert pages[3].total_articles == 5


def test_a_result_knows_its_dates(news: SearchService) -> None:
    [result] = news.search(SearchParameters(q="عنوان:مسکو")).results
    assert (result.date, result.date_jalali) == ("2022-04-04", "1401-01-15")


def test_an_article_by_its_id(news: SearchService) -> None:
    article = news.article("undated/one", "میزبان")
    assert article is not None
    assert [paragraph.paragraph for paragraph in article.paragraphs] == [1, 2]
    assert article.date is None
    assert "<mark>میزبان</mark>" in article.paragraphs[1].html
    assert news.article("nowhere") is None
