import re

import pytest
from flask.testing import FlaskClient

from searchapp.translation import language

PATHS = ["/", "/?q=تحریم", "/?q=قسطنطنیه", "/articles/vienna?q=ایران", "/nowhere"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("code", "direction"), [("fa", "rtl"), ("en", "ltr")])
def test_a_page_says_its_language_and_leads_to_the_other(
    client: FlaskClient, path: str, code: str, direction: str
) -> None:
    response = client.get(path + ("&" if "?" in path else "?") + f"lang={code}")
    text = response.get_data(as_text=True)
    assert f'<html lang="{code}" dir="{direction}" ' in text
    assert response.headers["Content-Language"] == code
    other = {"fa": "en", "en": "fa"}[code]
    link = re.search(rf'href="([^"]+)" lang="{other}"', text)
    assert link is not None
    again = client.get(link[1].replace("&amp;", "&"))
    assert again.headers["Content-Language"] == other
    assert again.status_code == response.status_code


@pytest.mark.parametrize(
    ("query", "cookie", "accepted", "spoken"),
    [
        ("", None, None, "fa"),
        ("?lang=en", None, None, "en"),
        ("?lang=xx", None, None, "fa"),
        ("?lang=fa", "en", "en", "fa"),
        ("", "en", None, "en"),
        ("", "fa", "en,fa;q=0.5", "fa"),
        ("", "<script>", None, "fa"),
        ("", None, "en-GB,en;q=0.9,fa;q=0.5", "en"),
        ("", None, "fa-IR,fa;q=0.9,en;q=0.5", "fa"),
        ("", None, "en-US,en", "fa"),
        ("", None, "de,*;q=0.1", "fa"),
    ],
)
def test_the_address_then_the_choice_before_then_the_browser_decides(
    client: FlaskClient, query: str, cookie: str | None, accepted: str | None, spoken: str
) -> None:
    if cookie:
        client.set_cookie("lang", cookie)
    headers = {"Accept-Language": accepted} if accepted else {}
    response = client.get("/" + query, headers=headers)
    assert response.headers["Content-Language"] == spoken
    assert {"Accept-Language", "Cookie"} <= set(response.vary)
    assert language() == "fa"


def test_a_choice_is_remembered(client: FlaskClient) -> None:
    assert "Country" in client.get("/?lang=en").get_data(as_text=True)
    assert "Country" in client.get("/").get_data(as_text=True)
    assert "کشور" in client.get("/?lang=fa").get_data(as_text=True)
    assert "کشور" in client.get("/").get_data(as_text=True)


def test_english_pages_show_both_calendars_and_latin_digits(client: FlaskClient) -> None:
    text = client.get("/?q=تحریم&exact=1&lang=en").get_data(as_text=True)
    assert "15 Farvardin 1401" in text
    assert "4 April 2022" in text
    assert "3 paragraphs in 3 articles" in text
