import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from analyzers import PersianAnalyzer
from analyzers.entities import EntityFinder
from analyzers.relations import Relations
from indexer.settings import CorpusSettings, IndexSettings, Settings
from indexer.update import update
from searchapp.app import create_app
from searchapp.library import Library
from searchapp.names import FacetNames
from searchapp.query import QueryReader
from searchapp.search import SearchService
from searchapp.slots import Boosts

SEED = Path(__file__).parents[2] / "seeds" / "000_1519392f884bfc35.txt"

# Short articles of our own; dates stand in four Jalali months, one article has none.
ARTICLES = [
    {
        "id": "vienna",
        "title": "دور تازهٔ مذاکرات وین",
        "date": "1400-12-20",
        "source": "روزنامهٔ صبح",
        "url": "https://example.org/vienna",
        "text": "هیئت ایران برای مذاکرات هسته‌ای به وین رفت.\n\nنمایندهٔ روسیه از پیشرفت گفت‌وگوها خبر داد.",
    },
    {
        "id": "moscow",
        "title": "سفر به مسکو",
        "date": "1401-01-15",
        "source": "خبرگزاری شمال",
        "text": "وزیر امور خارجهٔ ایران به مسکو سفر کرد.\n\nروسیه و ایران دربارهٔ تحریم‌ها رایزنی کردند.",
    },
    {
        "id": "beijing",
        "title": "توافق با پکن",
        "date": "1401-02-10",
        "source": "خبرگزاری شمال",
        "text": "چین و ایران توافق تجاری بستند.\n\nسفیر چین از گسترش همکاری‌ها سخن گفت.",
    },
    {
        "id": "script",
        "title": "<script>alert('x')</script> & عنوان",
        "date": "1401-03-05",
        "source": "<b>منبع</b>",
        "url": "javascript:alert(1)",
        "text": "متن <img src=x onerror=alert(1)> با تحریم و & نشانه.",
    },
    {"id": "undated/one", "text": "این خبری کوتاه دربارهٔ تحریم است.\n\nترکیه میزبان نشست منطقه‌ای شد."},
]

# Articles that name people, organizations and places of the tables, and people that no table holds.
WHO_AND_WHERE = [
    {
        "id": "visit",
        "title": "دیدار در مسکو",
        "date": "1401-01-15",
        "source": "ایسنا",
        "text": "سرگئی لاوروف، وزیر امور خارجه روسیه، با عباس عراقچی دیدار کرد.\n\n"
        "لاوروف تحریم‌ها علیه ایران را محکوم کرد.",
    },
    {
        "id": "iaea",
        "title": "گزارش تازه",
        "date": "1401-02-10",
        "source": "ایرنا",
        "text": "سرگی لاوروف گزارش آژانس بین‌المللی انرژی اتمی دربارهٔ ایران را رد کرد.\n\n"
        "تحریم بانک‌های روسیه و ایران ادامه دارد.",
    },
    {
        "id": "tour",
        "title": "سفر به اصفهان",
        "date": "1402-05-01",
        "source": "ایسنا",
        "text": "بهرام کوهسار به اصفهان رفت و از <b>تنگه هرمز</b> گفت.\n\nچین و ایران توافق تجاری بستند.",
    },
    {"id": "undated", "text": "ترکیه میزبان نشست منطقه‌ای شد."},
]


def _settings(tmp: Path, *corpus: Path) -> Settings:
    return Settings(corpus=CorpusSettings(paths=corpus), index=IndexSettings(path=tmp / "index"), base=tmp)


def indexed(folder: Path, articles: Iterable[dict[str, str]]) -> Settings:
    """Index articles of a test's own in ``folder``; gives the settings to open the index with."""
    corpus = folder / "articles.jsonl"
    corpus.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in articles), encoding="utf-8")
    settings = _settings(folder, corpus)
    update(settings)
    return settings


@pytest.fixture(scope="session")
def seed_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose index holds the seed article alone."""
    settings = _settings(tmp_path_factory.mktemp("seed"), SEED)
    update(settings)
    return settings


@pytest.fixture(scope="session")
def seed(seed_settings: Settings) -> Iterator[SearchService]:
    with closing(Library(seed_settings)) as library:
        yield library.service()


@pytest.fixture(scope="session")
def news_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose index holds the articles above."""
    return indexed(tmp_path_factory.mktemp("news"), ARTICLES)


@pytest.fixture(scope="session")
def library(news_settings: Settings) -> Iterator[Library]:
    with closing(Library(news_settings)) as library:
        yield library


@pytest.fixture(scope="session")
def news(library: Library) -> SearchService:
    return library.service()


@pytest.fixture(scope="session")
def who_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose index holds the articles that name people and places."""
    return indexed(tmp_path_factory.mktemp("who"), WHO_AND_WHERE)


@pytest.fixture(scope="session")
def who_library(who_settings: Settings) -> Iterator[Library]:
    with closing(Library(who_settings)) as library:
        yield library


@pytest.fixture(scope="session")
def who(who_library: Library) -> SearchService:
    return who_library.service()


@pytest.fixture(scope="session")
def app(news_settings: Settings, library: Library) -> Flask:
    return create_app(news_settings, library)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


LABELS = {
    "country": [("RU", "روسیه"), ("KR", "کرهٔ جنوبی"), ("CN", "چین"), ("IR", "ایران")],
    "topic": [("sanctions", "تحریم")],
    "person": [
        ("kuhsar", "بهرام کوهسار"),
        ("dashti", "بهرام دشتبان"),
        ("other", "نسترن باغبان"),
        ("mousavi", "کیان موسوی"),
    ],
    "source": [("ایسنا", "ایسنا"), ("نمونه‌های رصد", "نمونه‌های رصد")],
    "year": [("1400", "۱۴۰۰"), ("1401", "۱۴۰۱")],
}


@pytest.fixture(scope="session")
def names(analyzer: PersianAnalyzer, finder: EntityFinder) -> FacetNames:
    return FacetNames(analyzer, finder, lambda facet: LABELS.get(facet, []))


@pytest.fixture(scope="session")
def relations(analyzer: PersianAnalyzer) -> Relations:
    return Relations(analyzer)


@pytest.fixture(scope="session")
def reader(analyzer: PersianAnalyzer, relations: Relations, names: FacetNames) -> QueryReader:
    """A reader whose trees show words and nothing of their forms and titles."""
    return QueryReader(
        analyzer,
        relations,
        names,
        minimum_match=0.4,
        boosts=Boosts(exact=0, title=0),
        counts=lambda terms: [len(term) for term in terms],
    )


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., SearchService]]:
    """Index articles of a test's own, each a text or a row with its keys, and answer from them."""
    with ExitStack() as stack:

        def answering(*articles: str | dict[str, str]) -> SearchService:
            rows = [{"text": each} if isinstance(each, str) else each for each in articles]
            settings = indexed(tmp_path, [{"id": f"a{at}", **row} for at, row in enumerate(rows, start=1)])
            return stack.enter_context(closing(Library(settings))).service()

        yield answering
