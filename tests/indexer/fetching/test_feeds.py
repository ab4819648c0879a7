import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from indexer.article import Article
from indexer.corpus import Corpus
from indexer.fetching import FetchedFeed, fetch_feeds
from indexer.settings import CorpusSettings, FetchSettings, IndexSettings, Settings
from indexer.update import update
from indexer.writelock import BusyError, writing

FIRST = (
    "وزیر امور خارجه در سفر به مسکو با همتای روس خود دیدار و دربارهٔ گفت‌وگوهای هسته‌ای رایزنی کرد. دو طرف بر "
    "ادامهٔ همکاری‌های اقتصادی و اجرای قرارداد راه‌آهن تأکید کردند و از نشست بعدی در تهران خبر دادند."
)
SECOND = (
    "در پایان این دیدار بیانیهٔ مشترکی منتشر شد که در آن از همهٔ طرف‌ها خواسته شده است به گفت‌وگو بازگردند و از "
    "هر گامی که به تنش در منطقه دامن بزند بپرهیزند. نشست بعدی در ماه آینده برگزار می‌شود."
)
HTML = {"Content_Type": "text/html; charset=utf-8"}


def page(first: str = FIRST, second: str = SECOND) -> bytes:
    return (
        f"<html><head><title>عنوان صفحه</title><meta name='author' content='مریم رضایی'></head><body>"
        f"<nav><a href='/'>خانه</a></nav><article><h1>سفر به مسکو</h1><p>{first}</p><p>{second}</p></article>"
        f"<footer>همه حقوق محفوظ است.</footer></body></html>"
    ).encode()


def entry(link: str, title: str = "سفر به مسکو", date: str = "Thu, 23 Jun 2022 10:20:00 +0430") -> str:
    return (
        f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>"
        f"<category>سیاست</category><description>خلاصهٔ خبر</description></item>"
    )


def feed(*entries: str) -> bytes:
    items = "".join(entries)
    return (
        f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>خبرگزاری نمونه</title>"
        f"<link>http://example.org/</link><description>x</description>{items}</channel></rss>"
    ).encode()


@pytest.fixture
def config(tmp_path: Path, site: Any, fetching: FetchSettings) -> Settings:
    return Settings(
        corpus=CorpusSettings(paths=(), feeds=(f"{site.address}/feed",), spool=Path("spool")),
        fetch=fetching,
        index=IndexSettings(path=tmp_path / "index", lock_wait=0),
        base=tmp_path,
    )


def fetched(config: Settings) -> FetchedFeed:
    (feed,) = fetch_feeds(config)
    return feed


def articles(config: Settings) -> list[Article]:
    found = list(Corpus(config.roots, config.corpus.exclude, config.base).read())
    assert all(isinstance(each, Article) for each in found), found
    return [each for each in found if isinstance(each, Article)]


def messages(feed: FetchedFeed) -> list[str]:
    return [problem.message for problem in feed.problems]


def test_the_articles_of_a_feed_become_files_of_the_corpus(site: Any, config: Settings) -> None:
    site.reply("/feed", feed(entry(f"{site.address}/1"), entry(f"{site.address}/2", "خبر دوم")))
    site.reply("/1", page(), **HTML)
    site.reply("/2", page(second="نمایندگان دو کشور فردا نیز دیدار می‌کنند. " * 4), **HTML)
    assert fetched(config) == FetchedFeed(f"{site.address}/feed", 2, [])
    first = next(article for article in articles(config) if article.url.endswith("/1"))
    assert (first.title, first.date, first.source) == ("سفر به مسکو", dt.date(2022, 6, 23), "خبرگزاری نمونه")
    assert (first.category, first.metadata["author"]) == ("سیاست", "مریم رضایی")
    assert first.metadata["feed"] == f"{site.address}/feed"
    assert "گفت‌وگوهای هسته‌ای" in first.text
    assert "خانه" not in first.text
    assert "محفوظ" not in first.text


def test_they_are_indexed_like_any_other(site: Any, config: Settings) -> None:
    site.reply("/feed", feed(entry(f"{site.address}/1")))
    site.reply("/1", page(), **HTML)
    fetched(config)
    assert update(config).new == 1
    assert (update(config, rebuild=True).new, site.closing.is_set()) == (1, False)
    assert len(site.asked("/1")) == 1


def test_what_has_not_changed_is_not_sent_again(site: Any, config: Settings) -> None:
    site.reply("/feed", feed(entry(f"{site.address}/1")), ETag='"v1"', Last_Modified="Thu, 23 Jun 2022")
    site.reply("/1", page(), **HTML)
    fetched(config)
    site.reply("/feed", b"", 304)
    assert fetched(config) == FetchedFeed(f"{site.address}/feed", 0, [])
    again = site.asked("/feed")[-1].headers
    assert again["if-none-match"] == '"v1"'
    assert again["if-modified-since"] == "Thu, 23 Jun 2022"
    assert len(site.asked("/1")) == 1


def test_an_entry_that_changed_is_asked_for_with_its_version(site: Any, config: Settings) -> None:
    link = f"{site.address}/1"
    site.reply("/feed", feed(entry(link)))
    site.reply("/1", page(), ETag='"p1"', **HTML)
    fetched(config)
    site.reply("/feed", feed(entry(link, date="Thu, 23 Jun 2022 12:00:00 +0430")))
    site.reply("/1", b"", 304)
    assert fetched(config).written == 0
    assert site.asked("/1")[-1].headers["if-none-match"] == '"p1"'
    site.reply("/feed", feed(entry(link, date="Fri, 24 Jun 2022 12:00:00 +0430")))
    site.reply("/1", page(second="بیانیه پس از چند ساعت اصلاح و دوباره منتشر شد. " * 4), **HTML)
    assert fetched(config).written == 1
    (article,) = articles(config)
    assert "اصلاح" in article.text
    assert article.date == dt.date(2022, 6, 24)


def test_an_article_that_left_the_feed_stays(site: Any, config: Settings) -> None:
    for number in (1, 2):
        site.reply("/feed", feed(entry(f"{site.address}/{number}")))
        site.reply(f"/{number}", page(), **HTML)
        fetched(config)
    assert {article.url[-1] for article in articles(config)} == {"1", "2"}


def test_an_article_whose_file_was_deleted_does_not_come_back(site: Any, config: Settings) -> None:
    site.reply("/feed", feed(entry(f"{site.address}/1")))
    site.reply("/1", page(), **HTML)
    fetched(config)
    (article,) = articles(config)
    Path(article.path).unlink()
    fetched(config)
    assert articles(config) == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"status": 404}, "status 404"),
        ({"body": b"%PDF-1.4", "Content_Type": "application/pdf"}, "no page but application/pdf"),
        ({"body": bytes(300_000), **HTML}, "larger than"),
        ({"body": b"<html><body></body></html>", **HTML}, "no article can be made out"),
        ({"body": b"\x81\x8d\x00\xff\xfd" * 40, **HTML}, "encoding is not known"),
        ({"status": 302, "Location": "ftp://example.org/x"}, "not an http or https address"),
    ],
)
def test_what_a_page_does_not_give_the_feed_gives(
    site: Any, config: Settings, answer: dict[str, Any], said: str
) -> None:
    site.reply("/feed", feed(entry(f"{site.address}/1")), ETag='"v1"')
    site.reply("/1", **answer)
    found = fetched(config)
    assert [problem.kind for problem in found.problems] == ["noticed"]
    assert said in messages(found)[0]
    (article,) = articles(config)
    assert article.text == "خلاصهٔ خبر"
    fetched(config)
    assert len(site.asked("/1")) == 1
    assert site.asked("/feed")[-1].headers["if-none-match"] == '"v1"'


def test_what_robots_may_not_read_is_not_read(site: Any, config: Settings) -> None:
    site.reply("/robots.txt", b"User-agent: *\nDisallow: /1\n")
    site.reply("/feed", feed(entry(f"{site.address}/1")))
    assert "robots.txt" in messages(fetched(config))[0]
    assert site.asked("/1") == []


def test_a_site_that_is_down_is_asked_again_next_time(site: Any, config: Settings) -> None:
    links = [entry(f"{site.address}/{number}") for number in (1, 2)]
    site.reply("/feed", feed(*links), ETag='"v1"')
    site.reply("/1", b"", 503)
    site.reply("/2", page(), **HTML)
    found = fetched(config)
    assert (found.written, [problem.kind for problem in found.problems]) == (1, ["failed"])
    site.reply("/1", page(), **HTML)
    assert fetched(config).written == 1
    assert "if-none-match" not in site.asked("/feed")[-1].headers
    assert len(site.asked("/2")) == 1


def test_a_site_that_stays_down_is_left_alone(site: Any, config: Settings) -> None:
    site.reply("/feed", feed(*(entry(f"{site.address}/{number}") for number in range(9))))
    for number in range(9):
        site.reply(f"/{number}", b"", 503)
    assert messages(fetched(config))[-1] == "the rest is left for the next time"
    assert sum(len(site.asked(f"/{number}")) for number in range(9)) == 3


@pytest.mark.parametrize(
    ("content", "charset", "noticed"),
    [
        (page().decode().replace("ی", "ي").replace("‌", " ").encode("windows-1256", "ignore"), "utf-8", True),
        (page(), "windows-1256", False),
        (page().decode().encode("utf-16"), "utf-8", True),
        (page().decode().replace("<p>", "<p>Café ").encode("utf-8"), "iso-8859-1", False),
    ],
)
def test_a_page_in_another_encoding_than_the_site_says_is_read(
    site: Any, config: Settings, content: bytes, charset: str, *, noticed: bool
) -> None:
    site.reply("/feed", feed(entry(f"{site.address}/1")))
    site.reply("/1", content, Content_Type=f"text/html; charset={charset}")
    found = fetched(config)
    assert ["read as" in message for message in messages(found)] == [True] * noticed
    (article,) = articles(config)
    assert "امور خارجه" in article.text


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"status": 404}, "status 404"),
        ({"body": b"<html></html>"}, "neither an RSS nor an Atom feed"),
        ({"body": b""}, "neither an RSS nor an Atom feed"),
        ({"body": bytes(300_000)}, "larger than"),
    ],
)
def test_what_is_no_feed_is_said_and_stops_no_other(
    site: Any, config: Settings, answer: dict[str, Any], said: str
) -> None:
    site.reply("/broken", **answer)
    site.reply("/feed", feed(entry(f"{site.address}/1")))
    site.reply("/1", page(), **HTML)
    feeds = (f"{site.address}/broken", "file:///etc/passwd", f"{site.address}/feed")
    broken, no_address, good = fetch_feeds(
        replace(config, corpus=replace(config.corpus, feeds=feeds)),
    )
    assert said in messages(broken)[0]
    assert "not an http or https address" in messages(no_address)[0]
    assert (good.written, good.problems) == (1, [])


def test_an_atom_feed_that_carries_whole_articles_needs_no_page(site: Any, config: Settings) -> None:
    long = f"<p>{FIRST}</p><p>{SECOND}</p>" * 3
    content = long.replace("<", "&lt;")
    site.reply(
        "/feed",
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>منبع</title><id>urn:f</id><entry><title>خبر</title>"
        f"<id>urn:1</id><updated>2022-06-23T10:00:00Z</updated><content type='html'>{content}</content>"
        f"</entry></feed>".encode(),
    )
    assert fetched(config).problems == []
    (article,) = articles(config)
    assert (article.title, article.date, article.url) == ("خبر", dt.date(2022, 6, 23), "")
    assert article.text.count("مسکو") == 3
    assert fetched(config).written == 0


def test_relative_links_start_at_the_feed(site: Any, config: Settings) -> None:
    site.reply("/feed", feed(entry("/1")))
    site.reply("/1", page(), **HTML)
    fetched(config)
    assert len(site.asked("/1")) == 1


def test_two_processes_do_not_fetch_at_once(site: Any, config: Settings) -> None:
    with writing(config.spool / ".feeds", wait=0), pytest.raises(BusyError, match=r"\.feeds"):
        fetched(config)


def test_a_memory_that_was_damaged_is_begun_anew(site: Any, config: Settings) -> None:
    site.reply("/feed", feed(entry(f"{site.address}/1")))
    site.reply("/1", page(), **HTML)
    fetched(config)
    (memory,) = (config.spool / ".feeds").glob("*.json")
    assert f"{site.address}/1" in json.loads(memory.read_bytes())["entries"]
    memory.write_bytes(b"{")
    assert fetched(config) == FetchedFeed(f"{site.address}/feed", 0, [])
