import re

import pytest
from flask.testing import FlaskClient


def theme(client: FlaskClient, path: str = "/") -> str:
    return client.get(path).get_data(as_text=True).partition('data-theme="')[2].partition('"')[0]


def test_a_theme_is_chosen_by_a_link_and_remembered(client: FlaskClient) -> None:
    assert theme(client) == "auto"
    response = client.get("/?q=تحریم&theme=dark")
    assert response.status_code == 302
    assert client.get(response.headers["Location"]).status_code == 200
    assert "theme" not in response.headers["Location"]
    assert "q=" in response.headers["Location"]
    assert theme(client) == "dark"
    client.get("/?theme=auto")
    assert theme(client) == "auto"


@pytest.mark.parametrize("path", ["/?theme=purple", "/?theme=", "/?theme=<script>"])
def test_an_unknown_theme_changes_nothing(client: FlaskClient, path: str) -> None:
    assert theme(client, path) == "auto"


def test_an_unknown_theme_in_a_cookie_counts_as_none(client: FlaskClient) -> None:
    client.set_cookie("theme", '"><script>')
    assert theme(client) == "auto"


@pytest.mark.parametrize("name", ["rasad.css", "entities.css"])
def test_styles_know_start_and_end_and_neither_left_nor_right(client: FlaskClient, name: str) -> None:
    with client.get(f"/static/{name}") as response:
        style = re.sub(r"/\*.*?\*/", "", response.get_data(as_text=True), flags=re.DOTALL)
    declared = set(re.findall(r"[{;\s]([a-z-]+)\s*:(?!:)", style))
    physical = {"width", "height", "left", "right", "top", "bottom", "float"}
    sided = re.compile(r"(margin|padding|border|inset)-(left|right|top|bottom)")
    assert [name for name in declared if name in physical or sided.match(name)] == []
    assert not re.search(r"text-align:\s*(left|right)", style)
