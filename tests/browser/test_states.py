"""Pages at their extremes: ten thousand hits and one, very long names and texts, only a text known."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import served

pytestmark = pytest.mark.browser

LONG_TITLE = "گزارشی بسیار بلند از نشست مشترک کارگروه‌های تخصصی " * 6
UNBROKEN = "سازمان‌همکاری‌های‌اقتصادی‌و‌فرهنگی‌و‌اجتماعی‌منطقه‌ای" * 3
ARTICLES = [
    *({"id": f"n{number}", "text": f"گزارش روزانهٔ شمارهٔ {number} از بندر."} for number in range(10_000)),
    {
        "id": "long-title",
        "title": LONG_TITLE + UNBROKEN,
        "source": UNBROKEN,
        "text": f"دریانوردی {UNBROKEN} گفت.",
    },
    {
        "id": "mixed",
        "title": "IAEA از بازرسی لنگرگاه گزارش داد",
        "source": "خبرگزاری شمال",
        "date": "1401/04/02",
        "text": "IAEA گزارش تازهٔ خود را دربارهٔ لنگرگاه منتشر کرد.",
    },
    {"id": "bare", "text": "یگانه متنی که عنوان و تاریخ و منبع ندارد."},
    {
        "id": "essay",
        "title": "جستار",
        "date": "1401/04/02",
        "text": "کشتی‌رانی " + "واژه‌ای دیگر در جستار بلند " * 400,
    },
    {"id": "latin", "title": "JCPOA & IAEA: <b>a test</b>", "text": "متن Latin و فارسی، ۱۲۳ and 456."},
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("states")
    corpus = folder / "articles.jsonl"
    corpus.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ARTICLES), encoding="utf-8")
    with served(folder, corpus) as address:
        yield address


def test_ten_thousand_hits_are_counted_and_paged(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=روزانه")
    expect(page.get_by_role("status")).to_have_text(re.compile("۱۰٬۰۰۰ بند"))
    pages = page.get_by_role("navigation", name="صفحه‌های نتایج")
    pages.get_by_role("link", name="صفحهٔ بعد").click()
    expect(pages.locator("[aria-current=page]")).to_have_text("۲")
    page.get_by_role("link", name="۵۰", exact=True).click()
    expect(page.locator(".hit")).to_have_count(50)


def test_one_hit_needs_no_pages_and_no_timeline(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=یگانه")
    expect(page.get_by_role("status")).to_have_text(re.compile("۱ بند در ۱ خبر"))
    expect(page.get_by_role("navigation", name="صفحه‌های نتایج")).to_have_count(0)
    expect(page.locator(".timeline")).to_have_count(0)


def test_an_article_of_which_only_the_text_is_known_can_be_read_and_cited(page: Page, address: str) -> None:
    page.goto(f"{address}/articles/latin")
    expect(page.get_by_role("heading", level=1)).to_have_text("JCPOA & IAEA: <b>a test</b>")
    expect(page.locator("time")).to_have_count(0)
    page.get_by_text("استناد به این خبر").click()
    expect(page.locator(".citation-text")).to_have_text("«JCPOA & IAEA: <b>a test</b>»، رصد")


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize(
    "path",
    [
        "/?q=روزانه&page=500",
        "/?q=دریانوردی",
        "/?q=یگانه",
        f"/?q={UNBROKEN}",
        "/articles/long-title?q=دریانوردی",
        "/articles/bare",
        "/articles/essay?q=کشتی‌رانی",
        "/articles/latin",
        f"/analyze?text={UNBROKEN}",
        "/help?lang=en",
        "/about",
    ],
)
def test_nothing_is_wider_than_the_screen(browser: Browser, address: str, width: int, path: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 780})
    page = context.new_page()
    page.goto(address + path)
    for details in page.locator("details").all():
        details.evaluate("element => element.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_hint_in_the_search_box_fits_a_phone(browser: Browser, address: str, language: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{address}/?lang={language}")
    hint, room = page.evaluate(
        """async () => {
            await document.fonts.ready;
            const box = document.querySelector("#q"), style = getComputedStyle(box);
            const pen = document.createElement("canvas").getContext("2d");
            pen.font = style.font;
            const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
            return [pen.measureText(box.placeholder).width, box.clientWidth - padding];
        }"""
    )
    page.close()
    assert 0 < hint <= room


# Where the lines of an article's own words begin, from the side that they are read from.
BEGINNINGS = """places => [...document.querySelectorAll(places)].map(place => {
    const line = document.createRange();
    line.selectNodeContents(place);
    const rightward = getComputedStyle(place).direction === "ltr", box = line.getClientRects();
    return rightward ? `left ${Math.min(...[...box].map(each => Math.round(each.left)))}`
                     : `right ${Math.max(...[...box].map(each => Math.round(each.right)))}`;
})"""


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize(
    ("path", "places"),
    [
        ("/?q=لنگرگاه", ".hit h2, .hit .meta, .hit .snippet"),
        ("/articles/mixed", ".article h1, .article .meta"),
    ],
)
def test_an_article_s_words_begin_at_one_edge_in_either_language(
    browser: Browser, address: str, language: str, path: str, places: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 780})
    page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={language}")
    found = page.evaluate(BEGINNINGS, places)
    page.close()
    assert len(found) > 1
    assert len(set(found)) == 1
    assert found[0].startswith("right")


def test_an_english_citation_of_a_persian_article_reads_in_order(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 780})
    page.goto(f"{address}/articles/mixed?lang=en")
    page.get_by_text("Cite this article").click()
    parts = page.locator(".citation-text bdi")
    expect(parts).to_have_text(
        [re.compile("لنگرگاه"), "خبرگزاری شمال", "2 Tir 1401 (23 June 2022)", re.compile("Rasad")]
    )
    boxes = parts.evaluate_all("parts => parts.map(part => part.getBoundingClientRect().left)")
    page.close()
    assert boxes == sorted(boxes)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_first_paragraph_is_shown_below_its_title(browser: Browser, address: str, language: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{address}/articles/essay?q=جستار&lang={language}#p1")
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    expect(page.locator("#p1")).to_be_in_viewport()
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_about_the_api_keeps_a_margin(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 780})
    page.goto(f"{address}/api/docs")
    box = page.get_by_role("heading", level=1).bounding_box()
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert box is not None
    assert box["x"] >= 16
    assert box["x"] + box["width"] <= width - 16
    assert wide <= width


def test_paper_gets_the_text_and_its_citation_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/articles/essay?q=کشتی‌رانی")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".text")).to_be_visible()
    expect(page.locator(".citation-text")).to_be_visible()
    for hidden in (".tools", ".masthead", ".colophon", ".named", ".walk"):
        expect(page.locator(hidden).locator("visible=true")).to_have_count(0)
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
