"""What a reader does: search, narrow, open an article; with JavaScript and without, in light and in dark."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import CONTRAST

pytestmark = pytest.mark.browser


def search(page: Page, address: str, question: str) -> None:
    page.goto(address)
    box = page.get_by_label("پرسش", exact=True)
    box.fill(question)
    box.press("Enter")


def test_search_narrow_and_read(page: Page, address: str) -> None:
    search(page, address, "تحریم")
    expect(page.get_by_role("status")).to_have_text(re.compile("۴ بند در ۱ خبر"))
    expect(page.locator(".hit mark").first).to_have_text(re.compile("تحریم"))

    page.locator(".facet").filter(has_text="کشور").get_by_role("link", name="ونزوئلا", exact=True).click()
    expect(page.get_by_role("status")).to_have_text(re.compile("۱ بند در ۱ خبر"))
    chips = page.get_by_role("list", name="پالایش‌های برگزیده")
    expect(chips).to_contain_text("ونزوئلا")
    expect(page.get_by_label("پرسش", exact=True)).to_have_value("تحریم")

    page.get_by_role("heading", level=2).get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/articles/[^?]+\?q=.*#p13$"))
    expect(page.locator("#p13 mark")).to_have_count(3)
    expect(page.locator(".text p mark")).to_have_count(8)
    expect(page.locator(".text p")).to_have_count(13)
    expect(page.locator("#p13")).to_be_in_viewport()

    page.get_by_role("link", name=re.compile("بازگشت به نتایج")).click()
    expect(page.get_by_role("status")).to_have_text(re.compile("۴ بند"))


def test_a_filter_is_taken_out_again_and_a_value_excluded(page: Page, address: str) -> None:
    search(page, address, "تحریم")
    countries = page.locator(".facet").filter(has_text="کشور")
    countries.get_by_role("link", name="ونزوئلا", exact=True).click()
    page.get_by_role("list", name="پالایش‌های برگزیده").get_by_role("link").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("۴ بند"))
    countries.get_by_role("link", name="کنار گذاشتن ونزوئلا").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("۳ بند"))
    expect(page.locator(".active .excluded")).to_contain_text("ونزوئلا")


def test_other_paragraphs_of_the_article_fold_and_unfold(page: Page, address: str) -> None:
    search(page, address, "تحریم")
    more = page.locator("details.more")
    expect(more.locator("p")).to_have_count(3)
    expect(more.locator("p").first).to_be_visible()
    more.locator("summary").click()
    expect(more.locator("p").first).to_be_hidden()
    more.locator("summary").click()
    more.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"#p\d+$"))


def test_nothing_found_offers_ways_out(page: Page, address: str) -> None:
    search(page, address, "قسطنطنیه «تحریم بیزانس»")
    expect(page.get_by_role("heading", level=1)).to_have_text("چیزی پیدا نشد")
    page.get_by_role("link", name="تنها «تحریم»").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("۴ بند"))


def test_the_keyboard_reaches_everything(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=تحریم")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="پرش به محتوا")).to_be_focused()
    expect(page.get_by_role("link", name="پرش به محتوا")).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("path", ["/", "/?q=تحریم", "/?q=قسطنطنیه", "/nowhere"])
def test_no_page_scrolls_sideways(browser: Browser, address: str, width: int, path: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 780})
    page = context.new_page()
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_facets_fold_into_a_sheet_on_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/?q=تحریم")
    country = page.locator(".facet").filter(has_text="کشور").get_by_role("link", name="ونزوئلا", exact=True)
    expect(country).to_be_hidden()
    page.get_by_text("پالایش نتایج").click()
    country.click()
    expect(page.get_by_role("status")).to_have_text(re.compile("۱ بند"))
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/?q=تحریم&country=RU&country=-CU", "/?q=(قسطنطنیه", "/nowhere"])
def test_text_stands_out_from_its_ground(browser: Browser, address: str, path: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(address + path)
    assert page.evaluate(CONTRAST) == []
    context.close()
