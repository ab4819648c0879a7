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
