"""What a reader does: search, narrow, open an article; with JavaScript and without, in light and in dark."""

import re
from pathlib import Path

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
    expect(page.get_by_role("status")).to_have_text(re.compile("۱ بند"))
    expect(chips).to_contain_text("ونزوئلا")


def test_a_filter_is_taken_out_again_and_a_value_excluded(page: Page, address: str) -> None:
    search(page, address, "تحریم")
    countries = page.locator(".facet").filter(has_text="کشور")
    countries.get_by_role("link", name="ونزوئلا", exact=True).click()
    page.get_by_role("list", name="پالایش‌های برگزیده").get_by_role("link").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("۴ بند"))
    countries.get_by_role("link", name="کنار گذاشتن ونزوئلا").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("۳ بند"))
    expect(page.locator(".active .excluded")).to_contain_text("ونزوئلا")


def test_results_are_narrowed_to_dates_that_are_typed(page: Page, address: str) -> None:
    search(page, address, "تحریم")
    dates = page.get_by_role("form", name="تاریخ")
    dates.get_by_label("از").fill("فروردین ۱۴۰۱")
    dates.get_by_label("تا").fill("2100")
    dates.get_by_label("تا").press("Enter")
    expect(page.get_by_role("list", name="پالایش‌های برگزیده")).to_contain_text("از فروردین ۱۴۰۱")
    expect(dates.get_by_label("از")).to_have_value("فروردین ۱۴۰۱")
    expect(page.get_by_label("پرسش", exact=True)).to_have_value("تحریم")


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


def test_an_entity_narrows_another_is_excluded_and_back_undoes_both(page: Page, address: str) -> None:
    search(page, address, "تحریم")
    people = page.locator(".facet").filter(has=page.get_by_role("heading", name="شخص", exact=True))
    countries = page.locator(".facet").filter(has=page.get_by_role("heading", name="کشور", exact=True))
    total = page.get_by_role("status").inner_text()
    person = people.get_by_role("link").first.inner_text()
    countries.get_by_role("link", name="ایران", exact=True).click()
    expect(page.get_by_role("list", name="پالایش‌های برگزیده")).to_contain_text("ایران")
    narrowed = page.get_by_role("status").inner_text()
    people.get_by_role("link", name=f"کنار گذاشتن {person}").click()
    expect(page.locator(".active .excluded bdi")).to_have_css("text-decoration-line", "line-through")
    page.go_back()
    expect(page.locator(".active .excluded")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text(narrowed)
    page.go_back()
    expect(page.get_by_role("status")).to_have_text(total)
    expect(page.locator(".active")).to_have_count(0)


def test_the_timeline_narrows_to_a_month(page: Page, newsroom: str) -> None:
    search(page, newsroom, "رایزنی")
    bars = page.get_by_role("figure", name="شمار بندها در گذر زمان").get_by_role("link")
    expect(bars).to_have_count(2)
    bars.filter(has_text="تیر ۱۴۰۱").click()
    expect(page).to_have_url(re.compile(r"from=1401-04&to=1401-04"))
    expect(page.get_by_role("status")).to_have_text(re.compile("۱ بند در ۱ خبر"))
    expect(page.get_by_role("list", name="پالایش‌های برگزیده")).to_contain_text("تیر ۱۴۰۱")


def test_an_article_that_is_put_into_the_folder_is_found(page: Page, newsroom: str, desk: Path) -> None:
    search(page, newsroom, "سرقبیله")
    expect(page.get_by_role("heading", level=1)).to_have_text("چیزی پیدا نشد")
    text = "دیدار با سرقبیله\n\nسرقبیلهٔ منطقه با سفیر ایران در مسکو رایزنی تازه‌ای کرد.\n"
    (desk / "new.txt").write_text(text, encoding="utf-8")
    for _ in range(100):
        page.reload()
        if page.locator(".hit").count():
            break
        page.wait_for_timeout(100)
    page.get_by_role("heading", level=2).get_by_role("link", name="دیدار با سرقبیله").click()
    expect(page.locator(".text")).to_contain_text("سرقبیلهٔ منطقه")
    (desk / "new.txt").unlink()


@pytest.mark.parametrize(
    ("link", "heading"),
    [
        ("مرور", "کشورها و موضوع‌ها"),
        ("تحلیلگر", "تحلیلگر"),
        ("راهنما", "چگونه جست‌وجو کنیم"),
        ("درباره", "دربارهٔ رصد"),
    ],
)
def test_the_tools_above_every_page_lead_to_theirs(page: Page, address: str, link: str, heading: str) -> None:
    page.goto(address)
    page.get_by_role("navigation", name="رصد").get_by_role("link", name=link).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_a_text_is_analysed_step_by_step(page: Page, address: str) -> None:
    page.goto(f"{address}/analyze")
    page.get_by_label("متن", exact=True).fill("تحریمهای روسیه")
    page.get_by_role("button", name="تحلیل کن").click()
    expect(page.locator(".steps > li")).to_have_count(5)
    expect(page.locator(".steps > li").last.locator(".pieces li")).to_have_text(["تحریم", "روسیه"])
    expect(page.locator(".found-names")).to_contain_text("روسیه")


def test_an_example_of_the_help_page_is_asked(page: Page, address: str) -> None:
    page.goto(f"{address}/help")
    page.get_by_role("link", name="کشور:روسیه").click()
    expect(page.locator(".hit").first).to_be_visible()


def test_the_language_is_switched_on_the_page_and_stays(page: Page, address: str) -> None:
    search(page, address, "تحریم")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.get_by_role("status")).to_have_text(re.compile("4 paragraphs in 1 article"))
    expect(page.locator(".hit .snippet").first).to_have_css("direction", "rtl")
    page.get_by_role("heading", level=2).get_by_role("link").first.click()
    expect(page.get_by_role("link", name="Back to the results")).to_be_visible()
    expect(page.locator("#p1")).to_have_css("direction", "rtl")
    page.get_by_role("link", name="فارسی").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def test_a_theme_is_chosen_by_a_link(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=تحریم")
    page.get_by_role("link", name="تیره").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(20, 23, 24)")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
