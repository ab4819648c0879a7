import datetime as dt
from pathlib import Path

import pytest

from .conftest import Taken, taken_from

RSS = """<?xml version="1.0" encoding="{codec}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>خبرگزاري نمونه</title><link>https://example.org/</link><description>سياست</description>
<item><title>سفر به مسکو</title><link>https://example.org/1</link><category>سياست خارجي</category>
<pubDate>Thu, 23 Jun 2022 10:20:30 +0430</pubDate><author>مريم رضايي</author>
<description><![CDATA[<p>چکيده خبر</p>]]></description>
<content:encoded><![CDATA[<p>وزير خارجه به <b>مسکو</b> رفت.</p>
<p>او فردا برمي&zwnj;گردد.</p><script>x()</script>]]></content:encoded>
</item>
<item><title>نشست ژنو</title><link>https://example.org/2</link><pubDate>۳ تير ۱۴۰۱</pubDate>
<description>نشست ژنو پايان يافت.</description></item>
<item><title>تنها عنوان</title></item>
</channel></rss>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>نمونه</title><id>tag:example.org,2022:1</id>
<updated>2022-06-24T00:00:00Z</updated>
<entry><title>سفر به مسکو</title><id>tag:example.org,2022:2</id><link href="https://example.org/1"/>
<updated>2022-06-23T06:50:00Z</updated><author><name>مریم رضایی</name></author>
<content type="html">&lt;p&gt;وزیر خارجه رفت.&lt;/p&gt;
&lt;p&gt;او فردا برمی‌گردد.&lt;/p&gt;</content></entry></feed>"""


def taken(folder: Path, content: str | bytes, name: str) -> Taken:
    return taken_from(folder / name, content)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "windows-1256"])
@pytest.mark.parametrize("name", ["news.rss", "news.xml"])
def test_the_entries_of_a_feed_are_articles(tmp_path: Path, codec: str, name: str) -> None:
    content = RSS.format(codec=codec)
    raw = content.replace("۳ تير ۱۴۰۱", "3 تير 1401").encode(codec)
    (first, second, third), problems = taken(tmp_path, raw, name)
    assert problems == []
    assert first.text == "وزير خارجه به مسکو رفت.\nاو فردا برمي\u200cگردد."
    assert (first.title, first.date, first.url) == (
        "سفر به مسکو",
        dt.date(2022, 6, 23),
        "https://example.org/1",
    )
    assert (first.source, first.category) == ("خبرگزاري نمونه", "سياست خارجي")
    assert first.metadata == {"author": "مريم رضايي"}
    assert (second.text, second.date) == ("نشست ژنو پايان يافت.", dt.date(2022, 6, 24))
    assert (third.text, third.date) == ("تنها عنوان", None)


def test_atom_is_read(tmp_path: Path) -> None:
    (article,), problems = taken(tmp_path, ATOM, "news.atom")
    assert problems == []
    assert article.text == "وزیر خارجه رفت.\nاو فردا برمی‌گردد."
    assert (article.source, article.date) == ("نمونه", dt.date(2022, 6, 23))


def test_an_entry_is_known_by_its_address(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    first = taken(tmp_path, RSS.format(codec="utf-8"), "a.rss")[0][0]
    again = taken(tmp_path / "b", RSS.format(codec="utf-8").replace("چکيده", "خلاصه"), "b.rss")[0][0]
    assert first.id == again.id


@pytest.mark.parametrize("content", ["", "<note><to>کسی</to></note>", "متن"])
def test_other_xml_is_skipped(tmp_path: Path, content: str) -> None:
    articles, (problem,) = taken(tmp_path, content, "other.xml")
    assert (articles, problem.kind) == ([], "skipped")


def test_a_feed_without_entries_is_a_problem(tmp_path: Path) -> None:
    articles, (problem,) = taken(
        tmp_path, '<rss version="2.0"><channel><title>x</title></channel></rss>', "a.rss"
    )
    assert (articles, problem.message) == ([], "the feed has no entries")
