"""axe-core's judgement of every page, in both languages and both themes, and of what scripts put on them."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/?q=تحریم",
    "/?q=تحریم&country=RU&country=-CU&from=1401-01",
    "/?q=jpvdl",
    "/?q=قسطنطنیه «تحریم بیزانس»",
    "/?q=ایران&explain=1",
    "ARTICLE",
    "/entities/country/RU",
    "/entities/country/RU/with/country/IR",
    "/entities/person/nobody",
    "/facets/country",
    "/browse",
    "/analyze",
    "/help",
    "/about",
    "/api/docs",
    "/nowhere",
]


@pytest.fixture(scope="session")
def article(browser: Browser, address: str) -> str:
    """The path of the seed's article as a result for «تحریم» opens it."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/?q=تحریم")
    path = page.locator(".hit h2 a").first.get_attribute("href")
    context.close()
    assert path is not None
    return path


LOOKS = [(lang, theme) for lang in ("fa", "en") for theme in ("light", "dark")]


@pytest.fixture(scope="module", params=LOOKS, ids="-".join)
def context(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A reader who has chosen a language and a theme."""
    context = browser.new_context(
        locale="en-GB", viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    for name, value in zip(("lang", "theme"), request.param, strict=True):
        context.add_cookies([{"name": name, "value": value, "url": address}])
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    chosen = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
    page = context.new_page()
    yield page
    assert page.locator("html").get_attribute("lang") == chosen["lang"]
    assert page.locator("html").get_attribute("data-theme") == chosen["theme"]
    page.close()


def barriers(page: Page) -> list[str]:
    """What axe-core finds wrong, each with the first element that it is wrong with."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_barriers(page: Page, address: str, article: str, path: str) -> None:
    page.goto(address + (article if path == "ARTICLE" else path))
    for details in page.locator("details").all():
        details.evaluate("element => element.open = true")
    assert barriers(page) == []


def test_completions_and_the_sheet_of_keys_have_none(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#q").fill("ایر")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert barriers(page) == []
    page.goto(f"{address}/?q=تحریم")
    page.locator("main").press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert barriers(page) == []


def test_a_phone_has_none(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}/?q=تحریم")
    page.locator(".facets summary").click()
    assert barriers(page) == []
