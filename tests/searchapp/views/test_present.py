import pytest
from flask import Flask

from searchapp.views.present import present_address


@pytest.mark.parametrize(
    ("sent", "changes", "address"),
    [
        ("/", {"lang": "en"}, "/?lang=en"),
        ("/", {"lang": None}, "/"),
        ("/?q=a+b", {"lang": "en"}, "/?q=a+b&lang=en"),
        ("/?lang=fa&q=%D8%A7&lang=en", {"lang": "en"}, "/?q=%D8%A7&lang=en"),
        ("/?l%61ng=fa&q=1", {"lang": None}, "/?q=1"),
        ("/?q=1&theme=dark&country=-RU", {"theme": None}, "/?q=1&country=-RU"),
        ("/?&&q=1&x", {"theme": "dark"}, "/?q=1&x&theme=dark"),
        ("/articles/a%20b?q=1", {"theme": "dark"}, "/articles/a%20b?q=1&theme=dark"),
    ],
)
def test_one_parameter_changes_and_all_else_stays_as_sent(
    sent: str, changes: dict[str, str | None], address: str
) -> None:
    path, _, query = sent.partition("?")
    with Flask(__name__).test_request_context(path.replace("%20", " "), query_string=query):
        assert present_address(**changes) == address


def test_bytes_that_no_address_holds_are_encoded() -> None:
    raw = {"QUERY_STRING": "q=\xd8\xa7 <\x01", "PATH_INFO": "/", "REQUEST_METHOD": "GET"}
    with Flask(__name__).test_request_context(environ_overrides=raw):
        assert present_address(lang="en") == "/?q=%D8%A7%20<%01&lang=en"
