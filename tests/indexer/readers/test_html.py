import datetime as dt
from pathlib import Path

import pytest

from .conftest import Taken, taken_from

FIRST = (
    "وزیر خارجه شنبه برای گفت&zwnj;وگو درباره همکاری\u200cهای دو کشور به مسکو رفت و با همتای خود دیدار کرد."
)
SECOND = (
    "او در این سفر با رئیس مجلس روسیه نیز درباره راه&#8204;آهن رشت به آستارا گفت‌وگو می&#x200C;کند و فردا "
    "برمی‌گردد؛ این سفر دو روز طول می‌کشد."
)
PAGE = """<!doctype html>
<html lang="fa" dir="rtl"><head><meta charset="{codec}"><title>سفر به مسکو - خبرگزاری نمونه</title>
<meta name="author" content="مریم رضایی"><meta property="og:site_name" content="خبرگزاری نمونه">
<link rel="canonical" href="https://example.org/news/1">{head}</head>
<body><nav><a href="/">خانه</a> <a href="/politics">سیاست</a></nav>
<article><h1>سفر به مسکو</h1>{date}<p>{first}</p><h2>دیدارهای دیگر</h2><p>{second}</p></article>
<aside><ul><li><a href="/x">خبرهای بیشتر از این دست</a></li></ul></aside>
<footer>همه حقوق محفوظ است.</footer></body></html>"""


def page(head: str = "", date: str = "", codec: str = "utf-8") -> str:
    return PAGE.format(head=head, date=date, codec=codec, first=FIRST, second=SECOND)


def taken(folder: Path, content: str | bytes, name: str = "page.html") -> Taken:
    return taken_from(folder / name, content)


def test_the_article_is_taken_out_of_the_page(tmp_path: Path) -> None:
    (article,), problems = taken(
        tmp_path, page(head='<meta property="article:published_time" content="2022-06-23">')
    )
    assert problems == []
    assert (article.title, article.date) == ("سفر به مسکو", dt.date(2022, 6, 23))
    assert (article.source, article.url) == ("خبرگزاری نمونه", "https://example.org/news/1")
    assert article.metadata == {"author": "مریم رضایی"}
    assert "خانه" not in article.text
    assert "خبرهای بیشتر" not in article.text
    assert "محفوظ" not in article.text


def test_zero_width_non_joiners_are_kept_however_they_are_written(tmp_path: Path) -> None:
    (article,), _ = taken(tmp_path, page())
    for word in ("گفت\u200cوگو", "همکاری\u200cهای", "راه\u200cآهن", "می\u200cکند", "برمی\u200cگردد"):
        assert word in article.text
    assert "\u2e2f" not in article.text


def test_paragraphs_stay_apart(tmp_path: Path) -> None:
    (article,), _ = taken(tmp_path, page())
    lines = article.text.splitlines()
    assert [line.split()[0] for line in lines[-3:]] == ["وزیر", "دیدارهای", "او"]


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="2022-06-23T10:20:00+04:30">', ""),
        ('<meta property="article:published_time" content="1401-04-02T10:20">', ""),
        ('<meta name="date" content="۱۴۰۱/۰۴/۰۲">', ""),
        (
            '<script type="application/ld+json">{"@type":"Article","datePublished":"2022-06-23"}</script>',
            "",
        ),
        ("", '<time datetime="2022-06-23T10:20">چند ساعت پیش</time>'),
        ("", "<time>۲ تیر ۱۴۰۱</time>"),
        ("", '<span itemprop="datePublished">پنجشنبه ۲ تیر ۱۴۰۱ - ۱۰:۲۰</span>'),
        ("", '<div class="item-date">تاریخ انتشار: ۲ تیر ۱۴۰۱</div>'),
        ("", '<div id="news-date"><b>۱۴۰۱/۰۴/۰۲</b> ۱۰:۲۰</div>'),
    ],
)
def test_the_day_is_found_wherever_a_page_says_it(tmp_path: Path, head: str, date: str) -> None:
    (article,), problems = taken(tmp_path, page(head, date))
    assert (article.date, problems) == (dt.date(2022, 6, 23), [])


def test_a_page_without_a_day_has_none(tmp_path: Path) -> None:
    (article,), problems = taken(tmp_path, page())
    assert (article.date, problems) == (None, [])


@pytest.mark.parametrize("codec", ["windows-1256", "utf-16", "utf-8-sig"])
def test_old_encodings_are_read(tmp_path: Path, codec: str) -> None:
    content = page(codec=codec).replace("ی", "ي")
    (article,), problems = taken(tmp_path, content.encode(codec), "old.htm")
    assert "دربا" in article.text
    assert "همكاري" in article.text.replace("ک", "ك")
    assert [problem.kind for problem in problems] == (["noticed"] if codec != "utf-8-sig" else [])


@pytest.mark.parametrize("content", ["", " \n", "<html><body></body></html>"])
def test_a_page_without_an_article_is_a_problem(tmp_path: Path, content: str) -> None:
    articles, (problem,) = taken(tmp_path, content)
    assert articles == []
    assert (problem.kind, problem.message) == ("failed", "no article can be made out in the page")


def test_the_same_page_is_the_same_article(tmp_path: Path) -> None:
    first, _ = taken(tmp_path, page())
    again, _ = taken(tmp_path, page())
    assert first == again
