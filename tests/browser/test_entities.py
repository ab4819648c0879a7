"""What a reader does with names: from a chip to who it is, to two together, and back to a search."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import CONTRAST

pytestmark = pytest.mark.browser

LAVROV = "/entities/person/sergey-lavrov"
PATHS = [
    "/entities/country/RU",
    LAVROV,
    "/entities/country/NZ",
    "/entities/organization/unesco",
    "/entities/country/IR/with/country/RU",
    "/entities/country/RU/with/country/NZ",
    "/entities/person/lavrof",
    "/browse",
    "/facets/country",
    "/facets/country?q=تحریم&country=RU&country=-CU",
    "/?q=لاوروف",
]


def test_from_a_chip_to_who_it_is_to_two_together_to_a_search(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=تحریم")
    page.locator(".chips").first.get_by_role("link", name="روسیه", exact=True).click()
    offers = page.get_by_role("list", name="نام‌های این پرسش")
    offers.get_by_role("link", name="صفحهٔ روسیه").click()
    expect(page).to_have_url(re.compile(r"/entities/country/RU$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("روسیه")

    related = page.get_by_role("complementary", name="همراه با")
    related.get_by_role("link", name="ایران", exact=True).click()
    expect(page).to_have_url(re.compile(r"/entities/country/RU/with/country/IR$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("روسیه و ایران")
    shared = page.locator(".tally").inner_text()

    page.get_by_role("link", name="همهٔ این بندها در جست‌وجو").click()
    expect(page.get_by_role("status")).to_contain_text(shared.split(" در ")[0])


def test_a_name_in_a_question_leads_to_its_page_and_to_a_search_within(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=Lavrov")
    offers = page.get_by_role("list", name="نام‌های این پرسش")
    expect(offers).to_contain_text("شخص: سرگئی لاوروف")
    offers.get_by_role("link", name="صفحهٔ سرگئی لاوروف").click()
    expect(page).to_have_url(re.compile(LAVROV + "$"))
    expect(page.locator(".roles")).to_have_text("وزیر امور خارجه روسیه")

    page.get_by_text("نام‌ها و املاهای دیگر").click()
    expect(page.get_by_text("Sergei Lavrov")).to_be_visible()

    box = page.get_by_role("searchbox", name="جست‌وجو در همین بندها")
    box.fill("تحریم")
    box.press("Enter")
    expect(page).to_have_url(re.compile("person=sergey-lavrov"))
    expect(page.get_by_role("list", name="پالایش‌های برگزیده")).to_contain_text("سرگئی لاوروف")


def test_a_long_facet_is_opened_searched_and_chosen_from(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=")
    page.locator(".facet").filter(has_text="کشور").get_by_role("link", name="همهٔ کشورها").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("همهٔ کشورها")
    box = page.get_by_role("searchbox", name="جست‌وجو در این فهرست")
    box.fill("venez")
    box.press("Enter")
    expect(page.locator(".values li")).to_have_count(1)
    page.locator(".values").get_by_role("link", name="ونزوئلا", exact=True).click()
    expect(page.get_by_role("status")).to_have_text(re.compile("۱ بند در ۱ خبر"))
    expect(page.get_by_role("list", name="پالایش‌های برگزیده")).to_contain_text("ونزوئلا")


def test_the_matrix_is_browsed_to_the_paragraphs_of_a_cell(page: Page, address: str) -> None:
    page.goto(f"{address}/browse")
    cell = page.locator(".matrix td a").first
    count = cell.inner_text()
    cell.click()
    expect(page.get_by_role("status")).to_have_text(re.compile(f"{count} بند"))
    expect(page.locator(".active li")).to_have_count(3)


def test_an_article_s_names_lead_to_their_pages(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=تحریم")
    page.get_by_role("heading", level=2).get_by_role("link").first.click()
    page.locator(".named").get_by_role("link", name="سرگئی لاوروف", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("سرگئی لاوروف")


def test_an_unknown_name_offers_the_one_that_was_meant(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/entities/person/lavrof")
    page.get_by_role("link", name="سرگئی لاوروف").click()
    expect(page).to_have_url(re.compile(LAVROV + "$"))
    page.close()


def test_the_matrix_scrolls_within_its_box_and_keeps_its_headings(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{address}/browse")
    box = page.get_by_role("region", name="شمار بندها به کشور و موضوع")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    corner = page.locator(".matrix tbody th").first
    column = page.locator(".matrix thead th").first
    before, moving = corner.bounding_box(), column.bounding_box()
    box.evaluate("box => box.scrollBy(-120, 60)")
    after, moved = corner.bounding_box(), column.bounding_box()
    assert before is not None
    assert after is not None
    assert moving is not None
    assert moved is not None
    assert after["x"] == pytest.approx(before["x"], abs=1)
    assert moved["y"] == pytest.approx(moving["y"], abs=1)
    assert moved["x"] > moving["x"] + 60
    context.close()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_matrix_stands_whole_on_a_desk_and_its_headings_stay(
    browser: Browser, address: str, language: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 400}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/browse?lang={language}")
    cut = "box => box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth"
    assert not page.locator(".matrix-box").evaluate(cut)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.locator(".matrix tbody tr").last.scroll_into_view_if_needed()
    assert page.evaluate("scrollY") > 0
    expect(page.locator(".matrix thead th").first).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("path", PATHS)
def test_no_page_about_names_scrolls_sideways(browser: Browser, address: str, width: int, path: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 780})
    page = context.new_page()
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


@pytest.mark.parametrize("chosen", ["", "dark"])
def test_the_matrix_s_shades_follow_the_theme_that_was_chosen(
    browser: Browser, address: str, chosen: str
) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(f"{address}/browse?theme={chosen}")
    shade = page.locator(".shade-5").first.evaluate("cell => getComputedStyle(cell).backgroundColor")
    assert shade == ("rgb(20, 101, 108)" if chosen else "rgb(125, 184, 177)")
    assert page.evaluate(CONTRAST) == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_names_and_figures_stand_out_from_their_ground(
    browser: Browser, address: str, path: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(address + path)
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    assert page.evaluate(CONTRAST) == []
    context.close()
