"""The pages about who and where: every state of them, and what they link to."""

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient

from indexer.settings import Settings
from searchapp.app import create_app
from searchapp.library import Library
from searchapp.numerals import persian_digits

LAVROV = "/entities/person/sergey-lavrov"
PAIR = "/entities/country/IR/with/country/RU"


@pytest.fixture(scope="module")
def client(who_settings: Settings, who_library: Library) -> Iterator[FlaskClient]:
    with create_app(who_settings, who_library).test_client() as client:
        yield client


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    response = client.get(quote(path, safe="/?&=%-"))
    assert response.status_code == status, path
    assert response.mimetype == "text/html"
    return response.get_data(as_text=True)


def text(markup: str) -> str:
    """What a reader sees of a page, its spaces single."""
    body = re.sub(r"</?(bdi|mark)\b[^>]*>", "", markup)
    body = re.sub(r"(?s)<head\b.*?</head>|<[^>]+>", " ", body)
    return " ".join(html.unescape(body).split())


def links(markup: str, containing: str = "") -> list[str]:
    found = (html.unescape(link) for link in re.findall(r'<a[^>]* href="([^"]+)"', markup))
    return [link for link in found if containing in link]


def test_a_person_s_page_says_who_it_is_and_where_to_read_on(client: FlaskClient) -> None:
    shown = page(client, LAVROV)
    seen = text(shown)
    assert "<h1><bdi>سرگئی لاوروف</bdi>" in shown
    for part in ("شخص", "Sergey Lavrov", "وزیر امور خارجه روسیه", "از ۲۰۰۴", "سرگی لاوروف", "۳ بند در ۲ خبر"):
        assert part in seen
    assert "از فروردین ۱۴۰۱ تا اردیبهشت ۱۴۰۱" in seen
    assert ("بندهایی که نام او را دارند" in seen, "نام آن" in seen) == (True, False)
    assert "/entities/country/RU" in links(shown)
    assert "/articles/iaea#p1" in links(shown)
    assert f"{LAVROV}/with/person/abbas-araghchi" in links(shown)
    assert '<input type="hidden" name="person" value="sergey-lavrov">' in shown


def test_the_chart_has_a_table_with_the_same_figures(client: FlaskClient) -> None:
    shown = page(client, LAVROV)
    bars = re.findall(r'<a href="([^"]+)" tabindex="-1" aria-label="([^"]+)">', shown)
    rows = re.findall(r'<th scope="row">([^<]+)</th><td><a href="([^"]+)">([^<]+)</a>', shown)
    assert [(label, url) for url, label in bars] == [
        (f"{month}: {count} بند", url) for month, url, count in rows
    ]
    assert [(month, count) for month, _, count in rows] == [("فروردین ۱۴۰۱", "۲"), ("اردیبهشت ۱۴۰۱", "۱")]
    for _, url, count in rows:
        assert f"{count} بند در ۱ خبر" in text(page(client, html.unescape(url)))


@pytest.mark.parametrize(("path", "articles"), [(LAVROV, 2), (PAIR, 1)])
def test_what_is_told_of_names_can_be_followed_as_a_feed(
    client: FlaskClient, path: str, articles: int
) -> None:
    feed = links(page(client, path), "/feed.atom?")[0]
    assert client.get(feed).get_data(as_text=True).count("<entry>") == articles


def test_one_month_alone_is_told_without_a_chart(client: FlaskClient) -> None:
    shown = page(client, "/entities/place/isfahan")
    assert "<figure" not in shown
    assert "همه در مرداد ۱۴۰۲" in text(shown)


def test_a_name_that_no_table_holds_says_so(client: FlaskClient) -> None:
    seen = text(page(client, "/entities/person/بهرام-کوهسار"))
    assert "بهرام کوهسار" in seen
    assert "این نام در جدول‌های رصد نیست" in seen
    assert "نام‌ها و املاهای دیگر" not in seen


def test_an_entity_without_a_mention_has_no_empty_lists(client: FlaskClient) -> None:
    shown = page(client, "/entities/country/NZ")
    assert "هنوز در خبرها نیامده است" in text(shown)
    assert "<figure" not in shown
    assert "<aside" not in shown
    assert "/facets/country" in links(shown)


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/entities/person/lavrof", LAVROV),
        ("/entities/country/russia", "/entities/country/RU"),
        ("/entities/person/کوهسار", quote("/entities/person/بهرام-کوهسار")),
        ("/entities/country/IR/with/person/lavrof", LAVROV),
        ("/entities/person/lavrof/with/country/IR", LAVROV),
    ],
)
def test_an_unknown_name_is_told_with_those_like_it(client: FlaskClient, path: str, near: str) -> None:
    shown = page(client, path, 404)
    assert "این نام شناخته نیست" in text(shown)
    assert near in links(shown)


@pytest.mark.parametrize("path", ["/entities/city/tehran", "/entities/person", "/facets/colour", "/facets"])
def test_what_is_no_page_is_not_found(client: FlaskClient, path: str) -> None:
    page(client, path, 404)


def test_a_pair_s_page_has_what_both_share_and_leads_to_a_search_for_both(client: FlaskClient) -> None:
    shown = page(client, PAIR)
    seen = text(shown)
    assert "ایران و روسیه" in seen
    assert "از ۴ بند ایران، ۲۵٪" in seen
    assert "از ۲ بند روسیه، ۵۰٪" in seen
    assert {"/entities/country/IR", "/entities/country/RU", "/entities/topic/sanctions"} <= set(links(shown))
    both = next(link for link in links(shown) if link.startswith("/?") and "sort" in link)
    assert "۱ بند در ۱ خبر" in text(page(client, both))


@pytest.mark.parametrize(
    ("path", "total"),
    [
        (PAIR, 1),
        ("/entities/person/sergey-lavrov/with/country/IR", 2),
        ("/entities/topic/sanctions/with/country/RU", 1),
    ],
)
def test_the_search_for_both_finds_as_many_as_the_pair_s_page_says(
    client: FlaskClient, path: str, total: int
) -> None:
    shown = page(client, path)
    both = next(link for link in links(shown) if link.startswith("/?") and "sort=newest" in link)
    found = client.get("/api/v1/search", query_string=urlsplit(both).query).get_json()
    assert found["total"] == total


def test_two_that_never_meet_are_told_apart(client: FlaskClient) -> None:
    shown = page(client, "/entities/country/RU/with/country/CN")
    assert "هیچ بندی نام هر دو را ندارد" in text(shown)
    assert {"/entities/country/RU", "/entities/country/CN"} <= set(links(shown))


def test_a_pair_with_itself_is_the_entity(client: FlaskClient) -> None:
    response = client.get("/entities/country/RU/with/country/RU")
    assert response.status_code == 302
    assert response.location == "/entities/country/RU"


def test_the_matrix_leads_from_every_cell_to_as_many_paragraphs(client: FlaskClient) -> None:
    shown = page(client, "/browse")
    cells = re.findall(r'<td class="shade-([0-5])"><a href="([^"]+)">([^<]+)</a>', shown)
    assert len(cells) == 6
    for shade, url, count in cells:
        assert shade != "0"
        query = parse_qs(urlsplit(html.unescape(url)).query)
        assert set(query) == {"country", "topic"}
        assert f"{count} بند" in text(page(client, html.unescape(url)))
    assert shown.count('<th scope="col">') == 4
    assert shown.count('<th scope="row">') == 5
    assert '<td class="shade-0"><span class="none">۰</span>' in shown


def test_a_facet_s_list_keeps_the_question_and_its_filters(client: FlaskClient) -> None:
    shown = page(client, "/facets/person?q=تحریم&country=RU&filter=lav")
    assert "سرگئی لاوروف" not in text(shown)
    shown = page(client, "/facets/person?q=تحریم&country=IR&filter=lav")
    assert "سرگئی لاوروف" in text(shown)
    assert LAVROV in links(shown)
    narrowed = next(link for link in links(shown, "person=") if link.startswith("/?"))
    assert parse_qs(urlsplit(narrowed).query) == {
        "q": ["تحریم"],
        "country": ["IR"],
        "person": ["sergey-lavrov"],
    }
    for field in ('name="q" value="تحریم"', 'name="country" value="IR"'):
        assert f'<input type="hidden" {field}>' in shown


def test_a_filter_that_keeps_nothing_leads_back_to_the_whole_list(client: FlaskClient) -> None:
    shown = page(client, "/facets/country?filter=قسطنطنیه")
    assert "/facets/country" in links(shown)
    assert "۰ از ۴" in text(shown)


def test_a_long_list_is_turned_page_by_page(client: FlaskClient) -> None:
    first = page(client, "/facets/country?size=3")
    assert "/facets/country?size=3&page=2" in links(first)
    second = page(client, "/facets/country?size=3&page=2")
    assert "/facets/country?size=3" in links(second)
    assert '<ol class="values" start="4">' in second


def test_a_date_that_is_none_is_left_out_of_a_facet_s_list(client: FlaskClient) -> None:
    assert "روسیه" in text(page(client, "/facets/country?from=دیروز"))


@pytest.mark.parametrize(
    ("question", "offered", "narrowing"),
    [
        ("لاوروف", LAVROV, {"person": ["sergey-lavrov"]}),
        ("Lavrov", LAVROV, {"person": ["sergey-lavrov"]}),
        ("تحریم روسیه", "/entities/country/RU", {"q": ["تحریم روسیه"], "country": ["RU"]}),
        ("بهرام کوهسار", quote("/entities/person/بهرام-کوهسار"), {"person": ["بهرام-کوهسار"]}),
    ],
)
def test_a_question_that_names_an_entity_offers_its_page_and_its_filter(
    client: FlaskClient, question: str, offered: str, narrowing: dict[str, list[str]]
) -> None:
    shown = page(client, f"/?q={question}")
    offers = re.search(r'(?s)<ul class="offers".*?</ul>', shown)
    assert offers is not None
    first, second = links(offers[0])[:2]
    assert first == offered
    assert parse_qs(urlsplit(second).query) == narrowing


def test_two_names_offer_their_page_together(client: FlaskClient) -> None:
    assert PAIR in links(page(client, "/?q=ایران روسیه"))
    assert "/entities/country/RU/with/country/IR" in links(page(client, "/?q=ایران&country=RU"))


@pytest.mark.parametrize("question", ["تحریم", "", "کشور:روسیه"])
def test_no_filter_is_offered_that_nothing_names_or_that_is_on_already(
    client: FlaskClient, question: str
) -> None:
    shown = page(client, f"/?q={question}&person=abbas-araghchi")
    offers = re.search(r'(?s)<ul class="offers".*?</ul>', shown)
    assert offers is not None
    assert "/entities/person/abbas-araghchi" in links(offers[0])
    assert not [link for link in links(offers[0]) if link.startswith("/?")]


def test_an_article_s_names_lead_to_their_pages_and_their_counts_to_searches(client: FlaskClient) -> None:
    shown = page(client, "/articles/visit")
    assert {LAVROV, "/entities/topic/sanctions"} <= set(links(shown))
    assert "/?person=sergey-lavrov" in links(shown)


def test_every_link_from_page_to_page_leads_somewhere(client: FlaskClient) -> None:
    seen: set[str] = set()
    waiting = ["/browse", "/?q=لاوروف"]
    while waiting and len(seen) < 250:
        path = waiting.pop()
        if path in seen or not path.startswith("/") or path.startswith(("/export", "/feed")):
            continue
        if "lang=" in path or "theme=" in path:
            continue
        seen.add(path)
        with client.get(path) as response:
            assert response.status_code in {200, 302}, path
            if response.mimetype == "text/html":
                waiting += [link.partition("#")[0] for link in links(response.get_data(as_text=True))]
    for kind in ("person", "country", "topic", "place", "organization"):
        assert any(path.startswith(f"/entities/{kind}/") for path in seen)


@pytest.mark.parametrize(
    "path",
    [
        "/entities/person/<script>alert(1)</script>",
        "/entities/country/IR/with/person/<script>alert(1)</script>",
        "/facets/person?filter=<script>alert(1)</script>&q=<script>alert(1)</script>",
        "/entities/place/strait-of-hormuz",
    ],
)
def test_no_markup_of_an_address_or_an_article_reaches_a_page(client: FlaskClient, path: str) -> None:
    shown = client.get(path).get_data(as_text=True)
    assert "<script>alert" not in shown
    assert "<b>" not in shown


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        (
            LAVROV,
            ["Sergey Lavrov", "سرگئی لاوروف", "In office: from 2004", "3 paragraphs in 2 articles"],
        ),
        (PAIR, ["Iran and Russia", "25% of the 4 paragraphs", "Sanctions"]),
        ("/browse", ["Countries and topics", "Iran", "Russia", "Sanctions"]),
        ("/facets/year?q=", ["All years", "1401"]),
        ("/entities/person/lavrof", ["Sergey Lavrov"]),
        ("/?q=لاوروف&country=NZ", ["Person: Sergey Lavrov", "New Zealand"]),
        ("/articles/visit", ["Sergey Lavrov", "Abbas Araghchi"]),
        ("/analyze?text=تحریم روسیه", ["Country Russia", "Topic Sanctions"]),
    ],
)
def test_names_are_english_where_the_interface_is(client: FlaskClient, path: str, parts: list[str]) -> None:
    status = 404 if "lavrof" in path else 200
    english = client.application.test_client(use_cookies=False)
    seen = text(page(english, path + ("&" if "?" in path else "?") + "lang=en", status))
    for part in parts:
        assert part in seen


@pytest.mark.parametrize(("path", "number"), [("/browse", 0), ("/entities/person/nobody", 404)])
@pytest.mark.parametrize("first", ["fa", "en"])
def test_a_number_that_stands_in_a_template_follows_the_reader_whoever_came_first(
    client: FlaskClient, path: str, number: int, first: str
) -> None:
    anyone = client.application.test_client(use_cookies=False)
    assert client.application.jinja_env.cache is not None
    client.application.jinja_env.cache.clear()
    for spoken in (first, "fa", "en"):
        seen = set(text(page(anyone, f"{path}?lang={spoken}", number or 200)).split())
        written = {"fa": persian_digits(number), "en": str(number)}
        assert written.pop(spoken) in seen
        assert not seen & set(written.values())


def test_a_value_that_the_index_lacks_has_its_name_nevertheless(client: FlaskClient) -> None:
    assert "نیوزیلند" in text(page(client, "/?q=لاوروف&country=NZ"))
