"""Copies of an article unfold where they are folded, and all of them are one click away."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import served

pytestmark = pytest.mark.browser

STORY = (
    "وزیر خارجهٔ عمان پیش از ظهر امروز در نشستی خبری گفت که دور تازهٔ رایزنی‌ها بر سر آزادی زندانیان در مسقط "
    "برگزار می‌شود و هیئت‌های هر دو کشور آمادگی خود را برای حضور در آن اعلام کرده‌اند."
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("reprints")
    rows = [
        {"id": name, "title": f"رایزنی در مسقط، {name}", "source": name, "date": "1401-04-02", "text": STORY}
        for name in ("شمال", "جنوب", "شرق")
    ]
    corpus = folder / "corpus.jsonl"
    corpus.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    with served(folder, corpus) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["javascript", "no javascript"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 360, "height": 780})
    yield context.new_page()
    context.close()


def test_copies_unfold_and_are_listed_one_by_one(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=عمان")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"۳ خبر\s*\(۱ بی‌تکرار"))
    expect(page.locator("article.hit")).to_have_count(1)
    copies = page.locator(".similar-list")
    expect(copies).to_be_hidden()
    page.get_by_text("و ۲ خبر مشابه").click()
    expect(copies.locator(".source")).to_have_count(2)
    expect(copies.locator("time").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    copies.get_by_role("link", name="همهٔ ۳ خبر، یکی‌یکی").click()
    expect(page.locator("article.hit")).to_have_count(3)
    page.get_by_role("list", name="پالایش‌های برگزیده").get_by_role("link").click()
    expect(page.locator("article.hit")).to_have_count(1)

    page.get_by_role("link", name="همه جدا").click()
    expect(page.locator("article.hit")).to_have_count(3)
    page.get_by_role("link", name="تکراری‌ها یک‌جا").click()
    expect(page.locator("article.hit")).to_have_count(1)


def test_an_article_leads_to_its_copies(page: Page, address: str) -> None:
    page.goto(f"{address}/articles/شمال")
    page.get_by_text("۲ بار دیگر هم منتشر کرده‌اند").click()
    page.get_by_role("link", name="رایزنی در مسقط، جنوب").click()
    expect(page).to_have_url(re.compile("/articles/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("رایزنی در مسقط، جنوب")
