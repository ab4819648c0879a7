import json
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from flask.testing import FlaskClient


def feed(client: FlaskClient, **query: object) -> Any:
    response = client.get("/feed.atom", query_string=query)
    assert (response.status_code, response.mimetype) == (200, "application/atom+xml")
    found = feedparser.parse(response.get_data())
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_the_newest_articles_are_entries(client: FlaskClient) -> None:
    found = feed(client, q="ایران", exact="1")
    assert [entry.title for entry in found.entries] == ["توافق با پکن", "سفر به مسکو", "دور تازهٔ مذاکرات وین"]
    first = found.entries[0]
    assert first.link.startswith("http://localhost/articles/beijing?q=")
    assert first.link.endswith("#p1")
    assert (first.updated, first.author) == ("2022-04-30T00:00:00+03:30", "خبرگزاری شمال")
    assert first.summary == "چین و ایران توافق تجاری بستند."
    raw = client.get("/feed.atom", query_string={"q": "ایران"}).get_data(as_text=True)
    assert "&lt;mark&gt;ایران&lt;/mark&gt;" in raw
    assert found.feed.updated == first.updated
    assert found.feed.title == "رصد: ایران"
    links = {link.rel: link.href for link in found.feed.links}
    assert links["self"].startswith("http://localhost/feed.atom?q=")
    assert links["alternate"].startswith("http://localhost/?q=")


def test_filters_narrow_a_feed(client: FlaskClient) -> None:
    assert [entry.title for entry in feed(client, q="ایران", country="CN").entries] == ["توافق با پکن"]
    assert len(feed(client, size="2").entries) == 2
    assert feed(client, q="ناموجود", literal="1").entries == []


def test_everything_has_a_name_for_ever(client: FlaskClient) -> None:
    one, other = feed(client, q="ایران"), feed(client, q="روسیه")
    ids = [entry.id for entry in one.entries]
    assert len(set(ids)) == len(ids)
    assert one.feed.id != other.feed.id
    by_title = {entry.title: entry.id for entry in one.entries}
    assert {e.title: e.id for e in other.entries}["سفر به مسکو"] == by_title["سفر به مسکو"]
    elsewhere = client.get("/feed.atom?q=ایران", headers={"Host": "news.example:8080"})
    assert [entry.id for entry in feedparser.parse(elsewhere.data).entries] == ids
    assert b"http://news.example:8080/articles/moscow" in elsewhere.data


def test_markup_in_an_article_stays_text(client: FlaskClient) -> None:
    (entry,) = [entry for entry in feed(client).entries if "&" in entry.title]
    root = ET.fromstring(client.get("/feed.atom").get_data())  # noqa: S314
    summaries = [e.text or "" for e in root.iter("{http://www.w3.org/2005/Atom}summary")]
    assert any("&lt;img src=x" in summary for summary in summaries)
    assert not any("<img" in summary for summary in summaries)
    titles = [e.text for e in root.iter("{http://www.w3.org/2005/Atom}title")]
    assert "<script>alert('x')</script> & عنوان" in titles
    assert entry.updated == "2022-05-26T00:00:00+03:30"


def test_a_question_that_xml_cannot_hold_is_answered(client: FlaskClient) -> None:
    for question in ("\x00\x1f\ufffe", "</title>", "]]>", "\ud83d"[:0] + "🏳"):
        feed(client, q=question)


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    etag = client.get("/feed.atom?q=ایران").headers["ETag"]
    again = client.get("/feed.atom?q=ایران", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/feed.atom?q=روسیه", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("query", [{"sort": "x"}, {"from": "دیروز"}])
def test_a_wrong_parameter_is_refused(client: FlaskClient, query: dict[str, str]) -> None:
    response = client.get("/feed.atom", query_string=query)
    assert response.status_code == 400
    assert json.loads(response.data)["error"]["code"] == "invalid_parameter"


def test_results_lead_to_their_feed_and_files(client: FlaskClient) -> None:
    page = client.get("/", query_string={"q": "ایران", "country": "CN", "page": "1"}).get_data(as_text=True)
    query = "q=%D8%A7%DB%8C%D8%B1%D8%A7%D9%86&amp;country=CN"
    assert f'<link rel="alternate" href="/feed.atom?{query}" type="application/atom+xml"' in page
    for path in ("/export.csv", "/export.jsonl", "/feed.atom"):
        assert f'href="{path}?{query}"' in page
