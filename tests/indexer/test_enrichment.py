import datetime as dt
from pathlib import Path

import pytest
from msgspec import structs

from analyzers import CorpusLayer, load_lexicon
from analyzers.learning import learn_layer
from analyzers.topics import TopicsError
from indexer.article import Article
from indexer.enrichment import Enrichment, load_enrichment
from indexer.settings import AnalysisSettings

ARTICLE = Article(
    id="a1",
    title="سفر هیئت پاکستان",
    date=dt.date(2022, 6, 23),
    source="نمونه",
    text="سفر هیئت پاکستان\nهیئت دیپلماتیک صبح امروز برای گفت‌وگو با مقام‌های چین به پکن رفت و شب بازگشت.\n"
    "روابط با ترکیه\nدر دیداری وضعیت پناهجویان و همکاری‌های مرزی میان همسایگان بررسی شد و ادامه خواهد یافت.",
    path="a.txt",
)


@pytest.mark.parametrize(
    ("date", "years"),
    [
        (dt.date(2022, 3, 20), [("1400", "۱۴۰۰")]),
        (dt.date(2022, 3, 21), [("1401", "۱۴۰۱")]),
        (dt.date(2001, 9, 11), [("1380", "۱۳۸۰")]),
        (None, []),
    ],
)
def test_every_paragraph_has_the_jalali_year_of_its_article(
    enrichment: Enrichment, date: dt.date | None, years: list[tuple[str, str]]
) -> None:
    analyzed = enrichment.analyze(structs.replace(ARTICLE, date=date))
    assert len(analyzed.paragraphs) == 2
    assert all(list(paragraph.facets.get("year", ())) == years for paragraph in analyzed.paragraphs)


def test_offsets_slice_the_paragraphs_own_text(enrichment: Enrichment) -> None:
    for paragraph in enrichment.analyze(ARTICLE).paragraphs:
        assert paragraph.tokens
        for token in paragraph.tokens:
            assert paragraph.text[token.start : token.end].strip()
        for entity in paragraph.entities:
            assert paragraph.text[entity.start : entity.end].strip()


def test_a_title_that_the_text_repeats_is_not_a_paragraph_of_its_own(enrichment: Enrichment) -> None:
    analyzed = enrichment.analyze(ARTICLE)
    assert [(p.number, p.heading) for p in analyzed.paragraphs] == [(1, ""), (2, "روابط با ترکیه")]
    assert [token.term for token in analyzed.title_tokens][:1] == ["سفر"]


def test_an_article_that_is_nothing_but_its_title_keeps_it(enrichment: Enrichment) -> None:
    analyzed = enrichment.analyze(Article(id="b", title="سفر هیئت", text="سفر هیئت", path="b.txt"))
    assert [paragraph.text for paragraph in analyzed.paragraphs] == ["سفر هیئت"]


def test_the_titles_names_count_for_the_first_paragraph_and_a_headings_for_its_own(
    enrichment: Enrichment,
) -> None:
    first, second = enrichment.analyze(ARTICLE).paragraphs
    assert {value.id for value in first.facets["country"]} >= {"PK", "CN"}
    assert "PK" not in {entity.id for entity in first.entities}
    assert "TR" in {value.id for value in second.facets["country"]}
    assert "PK" not in {value.id for value in second.facets.get("country", ())}
    assert [value.label for value in first.facets["source"]] == ["نمونه"]


def test_every_facet_value_stands_once(enrichment: Enrichment) -> None:
    text = "روسیه و روسیه و باز روسیه درباره تحریم‌های روسیه سخن گفتند و تحریم‌ها ادامه یافت."
    (paragraph,) = enrichment.analyze(Article(id="c", text=text, path="c.txt")).paragraphs
    for values in paragraph.facets.values():
        assert len({value.id for value in values}) == len(values)


def test_the_fingerprint_tells_rules_apart() -> None:
    layer = learn_layer(["خطیب‌زاده " * 5], load_lexicon())
    usual = AnalysisSettings()
    prints = [
        load_enrichment(CorpusLayer(), usual).fingerprint,
        load_enrichment(CorpusLayer(), AnalysisSettings(paragraph_words=200)).fingerprint,
        load_enrichment(CorpusLayer(), AnalysisSettings(metonyms=False)).fingerprint,
        load_enrichment(layer, usual).fingerprint,
    ]
    assert len(set(prints)) == 4
    assert load_enrichment(CorpusLayer(), usual).fingerprint == prints[0]


def test_the_fingerprint_follows_a_file_of_topics_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "topics.toml"
    settings = AnalysisSettings(topics=str(file))
    file.write_text("[tea]\nfa = 'چای'\nen = 'Tea'\ndecisive = ['چای']\n", encoding="utf-8")
    first = load_enrichment(CorpusLayer(), settings)
    assert first.fingerprint != load_enrichment(CorpusLayer(), AnalysisSettings()).fingerprint
    (paragraph,) = first.analyze(Article(id="a", text="چای ایرانی", path="a.txt")).paragraphs
    assert [(value.id, value.label) for value in paragraph.facets["topic"]] == [("tea", "چای")]
    file.write_text("[tea]\nfa = 'چای'\nen = 'Tea'\ndecisive = ['قند']\n", encoding="utf-8")
    assert load_enrichment(CorpusLayer(), settings).fingerprint != first.fingerprint


def test_a_file_of_topics_that_is_not_there_is_named(tmp_path: Path) -> None:
    settings = AnalysisSettings(topics=str(tmp_path / "none.toml"))
    with pytest.raises(TopicsError, match=r"none\.toml"):
        load_enrichment(CorpusLayer(), settings)


def test_without_metonyms_a_capital_is_no_country() -> None:
    article = Article(id="a", text="کرملین هشدار داد", path="a.txt")
    for metonyms, countries in ((True, ["RU"]), (False, [])):
        enrichment = load_enrichment(CorpusLayer(), AnalysisSettings(metonyms=metonyms))
        (paragraph,) = enrichment.analyze(article).paragraphs
        assert [value.id for value in paragraph.facets.get("country", ())] == countries


def test_a_surname_that_nobody_was_given_with_is_no_facet_value(enrichment: Enrichment) -> None:
    text = "موسوی گفت که می‌آید. بهرام کوهسار پاسخ داد و کوهسار رفت."
    (paragraph,) = enrichment.analyze(Article(id="a", text=text, path="a.txt")).paragraphs
    assert [value.label for value in paragraph.facets["person"]] == ["بهرام کوهسار"]


def test_the_short_form_of_a_body_that_was_not_named_is_no_facet_value(enrichment: Enrichment) -> None:
    text = "سخنگوی وزارت خارجه از وزارت خارجه روسیه پاسخ خواست."
    (paragraph,) = enrichment.analyze(Article(id="a", text=text, path="a.txt")).paragraphs
    assert [value.id for value in paragraph.facets["organization"]] == ["russia-mfa"]


def test_a_longer_name_counts_for_the_country_and_the_person_in_it(enrichment: Enrichment) -> None:
    text = "نماینده دولت اوباما با وزیر خارجه روسیه در حلب سوریه دیدار کرد."
    (paragraph,) = enrichment.analyze(Article(id="a", text=text, path="a.txt")).paragraphs
    assert {value.id for value in paragraph.facets["country"]} == {"RU", "SY"}
    assert {value.id for value in paragraph.facets["person"]} == {"barack-obama"}


def test_a_formula_is_shown_but_not_searched(enrichment: Enrichment) -> None:
    body = "هیئت دیپلماتیک امروز به پکن رفت."
    (paragraph,) = enrichment.analyze(
        Article(id="c", text=f"{body}\n\nانتهای پیام/", path="c.txt")
    ).paragraphs
    assert paragraph.text == f"{body}\nانتهای پیام/"
    assert max(token.end for token in paragraph.tokens) <= len(body)
