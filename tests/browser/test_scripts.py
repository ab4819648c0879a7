"""What scripts add: completions, keys, the walk through hits, citations, themes; all by keyboard as well."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

# A key that no layout of this machine has is pressed as a browser would report it.
PRESS = "key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}))"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Only with JavaScript: without it there is nothing of this."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    yield context
    context.close()


def test_a_question_is_completed_by_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    box = page.get_by_role("combobox", name="پرسش")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("تحر")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    first = options.first.get_attribute("id")
    expect(box).to_have_attribute("aria-activedescendant", first or "")
    box.press("ArrowUp")
    expect(box).to_have_value("تحر")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("تحر")
    box.press("ArrowDown")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.locator(".hit").first).to_be_visible()


def test_an_entity_among_the_completions_says_its_kind_and_narrows(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("combobox", name="پرسش").press_sequentially("روس")
    country = page.get_by_role("option").filter(has_text="کشور").filter(has_text="روسیه")
    country.click()
    expect(page).to_have_url(re.compile(r"/\?country=RU$"))


def test_enter_without_a_choice_asks_what_was_typed(page: Page, address: str) -> None:
    page.goto(address)
    box = page.get_by_role("combobox", name="پرسش")
    box.press_sequentially("تحریم")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Enter")
    expect(page.get_by_role("status")).to_have_text(re.compile("۴ بند در ۱ خبر"))
    expect(box).to_have_value("تحریم")


@pytest.mark.parametrize(
    ("forth", "back", "ask"), [("j", "k", "?"), ("ت", "ن", "؟")], ids=["latin", "persian"]
)
def test_keys_walk_results_and_show_their_own_help(
    page: Page, address: str, forth: str, back: str, ask: str
) -> None:
    page.goto(f"{address}/?q=تحریم")
    page.evaluate(PRESS, forth)
    title = page.get_by_role("heading", level=2).get_by_role("link").first
    expect(title).to_be_focused()
    page.evaluate(PRESS, back)
    expect(title).to_be_focused()
    page.evaluate(PRESS, ask)
    sheet = page.get_by_role("dialog", name="میان‌برهای صفحه‌کلید")
    expect(sheet).to_be_visible()
    expect(sheet.locator("kbd")).to_have_text(["/", "j", "k", "Enter", "?"])
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="پرسش")).to_be_focused()
    page.keyboard.type("jk?")
    expect(sheet).to_be_hidden()


def test_enter_opens_the_chosen_result(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=تحریم")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/articles/"))


def test_hits_of_an_article_are_walked_by_buttons_and_keys(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=تحریم")
    page.get_by_role("heading", level=2).get_by_role("link").first.click()
    current = page.locator("mark.current")
    expect(page.locator(".text mark")).to_have_count(8)
    page.get_by_role("button", name="بعدی").click()
    expect(current).to_have_count(1)
    expect(page.locator(".walk output")).to_have_text("مورد ۱ از ۸")
    page.keyboard.press("j")
    expect(page.locator(".walk output")).to_have_text("مورد ۲ از ۸")
    expect(current).to_be_in_viewport()
    for _ in range(3):
        page.keyboard.press("k")
    expect(page.locator(".walk output")).to_have_text("مورد ۷ از ۸")


def test_a_citation_is_copied_with_the_paragraphs_link(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=تحریم")
    page.get_by_role("heading", level=2).get_by_role("link").first.click()
    page.locator("#p13").hover()
    page.locator("#p13").get_by_role("button").click()
    expect(page.locator(".cite [aria-live]")).to_have_text("رونوشت برداشته شد.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(rf"«.+».*، رصد {address}/articles/[^?#]+#p13", copied)
    page.get_by_text("استناد به این خبر").click()
    page.get_by_role("button", name="رونوشت", exact=True).click()
    page.wait_for_function("async () => !(await navigator.clipboard.readText()).includes('#')")


def test_a_theme_is_switched_at_once_and_kept(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="تیره").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 24)"
    page.goto(f"{address}/?q=تحریم")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 24)"


def test_escape_folds_the_filters_of_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}/?q=تحریم")
    page.locator(".facets summary").click()
    link = page.locator(".facet").get_by_role("link").first
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(page.locator(".facets summary")).to_be_focused()
