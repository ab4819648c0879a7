import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from flask.testing import FlaskClient

PAGES = [
    "/",
    "/?q=",
    "/?q=تحریم",
    "/?q=ایران&country=IR&country=-RU&from=1401-01&to=1401-03&sort=newest&exact=1",
    "/?q=ایران&page=99",
    '/?q=ایران+"امور+خارجه"+تحری*&explain=1&recency=0.5',
    "/?q=قسطنطنیه&country=XX",
    "/?q=سفیر+میزبان",
    "/?q=<script>alert(1)</script>",
    '/?q="><img src=x onerror=alert(1)>&country="><b>&source=<b>منبع</b>',
    "/?q=تحریم&from=دیروز&page=x&size=9999",
    "/?q=تحریم&fold=0",
    "/?similar_to=vienna",
    "/?q=ایران&similar_to=<b>",
    "/articles/vienna",
    "/articles/script?q=تحریم",
    "/articles/undated/one?q=<b>",
    "/articles/nowhere",
    "/analyze",
    "/analyze?text=<script>alert(1)</script>",
    "/help",
    "/about",
    "/nowhere",
]
VOID = {"meta", "link", "input", "rect", "br", "img"}


class Persian(HTMLParser):
    """Keeps Persian text that nothing marks as content: no bdi, no own direction, no language of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.marked: list[bool] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        if tag not in VOID and tag != "html":
            self.marked.append(tag == "bdi" or own.get("dir") == "auto" or own.get("lang") == "fa")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag != "html":
            self.marked.pop()

    def handle_data(self, data: str) -> None:
        if re.search("[\u0621-\u06cc]", data) and not any(self.marked):
            self.found.append(data.strip())


class Tags(HTMLParser):
    """Checks that tags nest, and keeps what a page holds."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(client: FlaskClient, path: str) -> tuple[str, Tags]:
    response = client.get(path)
    assert response.mimetype == "text/html"
    text = response.get_data(as_text=True)
    tags = Tags()
    tags.feed(text)
    assert tags.open == []
    return text, tags


def fetched(client: FlaskClient, path: str) -> bytes:
    with client.get(path) as response:
        assert response.status_code == 200
        return response.data


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_safe_and_self_contained(client: FlaskClient, path: str) -> None:
    text, tags = page(client, path)
    names = {name for name, _ in tags.seen}
    assert not names & {"style", "img", "b", "iframe"}
    assert all(attributes.get("src") for name, attributes in tags.seen if name == "script")
    ids = [attributes["id"] for _, attributes in tags.seen if "id" in attributes]
    assert len(ids) == len(set(ids))
    for name, attributes in tags.seen:
        assert not [key for key in attributes if key.startswith("on") or key == "style"]
        for key in ("href", "src", "action"):
            address = attributes.get(key) or "/"
            external = attributes.get("rel") == "noopener noreferrer external"
            assert address.startswith(("/", "#")) or (name == "a" and external)
    assert re.search(r'<html lang="fa" dir="rtl" data-theme="auto">', text)


# Only a sentence about a date that cannot be read quotes what was typed.
@pytest.mark.parametrize("path", [path for path in PAGES if "alert" not in path and "دیروز" not in path])
def test_an_english_page_has_persian_only_as_content(client: FlaskClient, path: str) -> None:
    client.set_cookie("lang", "en")
    body = re.sub("<title>.*?</title>", "", client.get(path).get_data(as_text=True), count=1)
    persian = Persian()
    persian.feed(body)
    assert persian.found == []


@pytest.mark.parametrize(
    "path", ["/", "/?q=a", "/nowhere", "/static/rasad.css", "/api/v1/search?q=a", "/healthz"]
)
def test_everything_carries_the_safety_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_first_page_says_what_the_corpus_holds(client: FlaskClient) -> None:
    text, _ = page(client, "/")
    assert "۵ خبر، ۹ بند" in text
    assert "از ۲۰ اسفند ۱۴۰۰ تا ۵ خرداد ۱۴۰۱" in text
    assert "دور تازهٔ مذاکرات وین" in text
    assert 'href="/?country=IR"' in text


def test_results_mark_whole_words_and_show_both_dates(client: FlaskClient) -> None:
    text, _ = page(client, "/?q=تحریم&exact=1")
    assert "<mark>تحریم‌ها</mark>" in text
    assert "۱۵ فروردین ۱۴۰۱" in text
    assert "۴ آوریل ۲۰۲۲" in text
    assert "۳ بند در ۳ خبر" in text


def test_a_facet_links_to_the_narrowed_results_and_back(client: FlaskClient) -> None:
    text, _ = page(client, "/?q=تحریم")
    narrow = "/?q=" + quote("تحریم") + "&amp;country=RU"
    assert f'href="{narrow}"' in text
    text, _ = page(client, "/?q=تحریم&country=RU")
    assert 'class="active"' in text
    assert 'aria-current="true"><bdi>روسیه</bdi>' in text


def test_a_result_leads_to_its_paragraph_and_keeps_the_question(client: FlaskClient) -> None:
    text, _ = page(client, "/?q=تحریم&country=RU&exact=1")
    assert f'href="/articles/moscow?q={quote("تحریم")}&amp;country=RU&amp;exact=1#p2"' in text
    article, tags = page(client, "/articles/moscow?q=تحریم")
    assert {attributes.get("id") for name, attributes in tags.seen if name == "p"} >= {"p1", "p2"}
    assert "<mark>تحریم‌ها</mark>" in article


@pytest.mark.parametrize(
    "state",
    [
        "q=ایران",
        "country=IR",
        "sort=newest",
        "q=ایران&country=IR&country=-CN&from=1400&to=1401&sort=oldest&size=1&exact=1&page=2",
    ],
)
def test_an_article_leads_back_to_the_very_results_it_was_opened_from(
    client: FlaskClient, state: str
) -> None:
    _, results = page(client, f"/?{state}")
    opened = next(
        href
        for tag, attributes in results.seen
        if tag == "a" and (href := attributes.get("href") or "").startswith("/articles/")
    )
    text, _ = page(client, opened.partition("#")[0])
    back = re.search(r'<p class="back"><a href="(.*?)"', text)
    assert back
    assert parse_qsl(urlsplit(unescape(back[1])).query) == parse_qsl(state)


@pytest.mark.parametrize(
    ("path", "home"), [("/", True), ("/?lang=en", True), ("/?q=", False), ("/?sort=newest", False)]
)
def test_all_that_is_indexed_can_be_read_in_any_order(client: FlaskClient, path: str, home: bool) -> None:
    text, tags = page(client, path)
    assert ('class="home"' in text) is home
    assert home is not any(attributes.get("class") == "hits" for _, attributes in tags.seen)


def test_an_article_has_one_address_whatever_led_to_it(client: FlaskClient) -> None:
    for path in ("/articles/undated/one", "/articles/undated/one?q=تحریم&country=-RU&page=2"):
        _, tags = page(client, path)
        assert ("link", {"rel": "canonical", "href": "/articles/undated/one"}) in tags.seen


def test_an_article_that_nobody_asked_for_leads_back_to_nothing(client: FlaskClient) -> None:
    assert 'class="back"' not in page(client, "/articles/moscow")[0]


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/?q=سفیر+میزبان", "هیچ بندی همهٔ این واژه‌ها را با هم ندارد"),
        ("/?q=ایران+روسیه+چین", "با همه یا بخش مهمی از واژه‌های پرسش"),
        ("/?q=سفیر+میزبان+مذاکرات&source=خبرگزاری+شمال&exact=1", "با همه یا بخش مهمی از واژه‌های پرسش"),
        (
            "/?q=ایران+مذاکرات+هیئت+نماینده+پیشرفت&source=خبرگزاری+شمال&exact=1",
            "به اندازهٔ کافی از واژه‌های این پرسش",
        ),
        ("/?q=آیا+وزیر+به+وین+یا+مسکو+خواهد+رفت", "پرسش یک جمله خوانده شد"),
        ("/?q=ایران", "صورت‌های مرتبط هم جست‌وجو شد"),
        ("/?q=ایران&exact=1", "صورت‌های مرتبط جست‌وجو نشد"),
        ("/?q=(تحریم", "پرانتزها جفت نیستند"),
        ("/?q=تحریم&from=دیروز", "تاریخ نیست"),
        ("/?q=قسطنطنیه", "چیزی پیدا نشد"),
        ("/?q=قسطنطنیه&country=IR", "بدون پالایش"),
        ('/?q="قسطنطنیه+تحریم"', "بدون گیومه"),
        ("/?q=ایران&page=50", "این صفحه نتیجه‌ای ندارد"),
        ("/articles/undated/one?q=قسطنطنیه", "چیزی برای نشانه‌گذاری نبود"),
        ("/nowhere", "این صفحه پیدا نشد"),
    ],
)
def test_the_page_says_what_happened(client: FlaskClient, path: str, says: str) -> None:
    assert says in page(client, path)[0]


@pytest.mark.parametrize(("path", "offered"), [("/?q=ایران", True), ("/?q=قسطنطنیه", False)])
def test_filters_are_offered_where_there_is_something_to_filter(
    client: FlaskClient, path: str, offered: bool
) -> None:
    assert ("<summary>پالایش نتایج" in page(client, path)[0]) == offered


def test_dates_can_be_typed_and_keep_everything_else_that_was_asked(client: FlaskClient) -> None:
    text, tags = page(client, "/?q=ایران&country=-RU&from=1400-01&sort=newest&page=2")
    form = text.partition('<form class="facet dates"')[2].partition("</form>")[0]
    carried = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
    assert carried == [("q", "ایران"), ("country", "-RU"), ("sort", "newest")]
    typed = {
        attrs["name"]: attrs["value"] for tag, attrs in tags.seen if tag == "input" and "maxlength" in attrs
    }
    assert typed == {"from": "۱۴۰۰/۰۱", "to": ""}


def test_a_date_that_cannot_be_read_stays_to_be_mended(client: FlaskClient) -> None:
    assert 'name="from" value="دیروز"' in page(client, "/?q=تحریم&from=دیروز")[0]


def test_of_two_dates_the_one_that_can_be_read_counts(client: FlaskClient) -> None:
    text, _ = page(client, "/?q=ایران&exact=1&from=دیروز&to=1300")
    assert "«دیروز» تاریخ نیست" in text
    assert "چیزی پیدا نشد" in text
    assert "صورت‌های مرتبط جست‌وجو نشد" in page(client, "/?q=ایران&exact=1&from=دیروز")[0]
    both, _ = page(client, "/?q=ایران&from=دیروز&to=فردا")
    assert "«دیروز» تاریخ نیست" in both
    assert "«فردا» تاریخ نیست" in both


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ("from=1402&to=1400", True),
        ("from=1400&to=1400", False),
        ("from=1400&to=2100", False),
        ("to=1400", False),
    ],
)
def test_a_period_that_ends_before_it_begins_is_said(client: FlaskClient, dates: str, said: bool) -> None:
    assert ("این بازه پیش از آغازش پایان می‌یابد" in page(client, f"/?q=ایران&{dates}")[0]) == said


@pytest.mark.parametrize(
    "path", ["/?q=ایران", "/?q=ایران+روسیه", "/?q=سفیر+میزبان", "/?q=قسطنطنیه+بیزانس+روم"]
)
def test_nothing_is_said_of_weight_where_all_words_were_asked_for(client: FlaskClient, path: str) -> None:
    assert "بخش مهمی از واژه‌ها" not in page(client, path)[0]


def test_a_word_is_offered_alone_only_where_it_was_not_tried_alone(client: FlaskClient) -> None:
    assert "تنها «" not in page(client, "/?q=قسطنطنیه+بیزانس")[0]
    assert "تنها «ایران»" in page(client, '/?q=قسطنطنیه+"بیزانس+ایران"')[0]


def test_only_web_addresses_of_articles_become_links(client: FlaskClient) -> None:
    assert 'href="https://example.org/vienna"' in page(client, "/articles/vienna")[0]
    assert "javascript:" not in page(client, "/articles/script")[0]


def test_the_first_page_is_light(client: FlaskClient) -> None:
    text, tags = page(client, "/")
    loaded = [
        attributes["href"] for _, attributes in tags.seen if attributes.get("rel") in {"stylesheet", "icon"}
    ]
    loaded += [attributes["src"] for name, attributes in tags.seen if name == "script"]
    assert len(loaded) == 5
    weight = len(text.encode()) + sum(len(fetched(client, address)) for address in loaded if address)
    assert weight < 150_000


def test_the_typeface_is_served_with_its_licence_beside_it(client: FlaskClient) -> None:
    assert fetched(client, "/static/fonts/Vazirmatn-variable.woff2").startswith(b"wOF2")
    assert b"SIL OPEN FONT LICENSE" in fetched(client, "/static/fonts/Vazirmatn-OFL.txt")


def test_a_page_says_that_it_answers_what_was_meant_and_leads_to_what_was_typed(client: FlaskClient) -> None:
    text, tags = page(client, "/?q=jpvdl")
    assert "چیدمان دیگر صفحه‌کلید" in text
    assert '<input id="q" name="q" type="search" value="jpvdl"' in text
    hrefs = [attrs.get("href") or "" for tag, attrs in tags.seen if tag == "a"]
    assert "/?q=jpvdl&literal=1" in hrefs
    assert any(href.startswith("/articles/moscow?q=" + quote("تحریم")) for href in hrefs)


def test_the_literal_page_finds_nothing_and_offers_what_was_meant(client: FlaskClient) -> None:
    text, tags = page(client, "/?q=jpvdl&literal=1")
    assert "چیزی پیدا نشد" in text
    assert ("a", {"href": "/?q=" + quote("تحریم")}) in tags.seen
    assert not [attrs for tag, attrs in tags.seen if tag == "input" and attrs.get("name") == "literal"]


def test_a_page_explains_its_scores_when_asked(client: FlaskClient) -> None:
    text, _ = page(client, "/?q=ایران روسیه&explain=1")
    assert "این امتیاز از کجاست" in text
    assert "«ایران» در متن (بسامد ۱" in text
    assert "این امتیاز از کجاست" not in page(client, "/?q=ایران روسیه")[0]
