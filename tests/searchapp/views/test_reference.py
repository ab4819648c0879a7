import re
from html.parser import HTMLParser

from flask.testing import FlaskClient

from searchapp.openapi import OPERATIONS


def test_the_api_can_be_read_about(client: FlaskClient) -> None:
    page = client.get("/api/docs").get_data(as_text=True)
    for operation in OPERATIONS:
        assert f"{operation.method.upper()} {operation.path}" in page
        for parameter in operation.parameters:
            assert f"<code>{parameter.name}</code>" in page
    assert set(re.findall(r"<script[^>]* src=\"(/[^/]*/)", page)) <= {"/static/"}


def test_every_model_that_is_named_is_on_the_page(client: FlaskClient) -> None:
    page = client.get("/api/docs").get_data(as_text=True)
    ids = set(re.findall(r'id="(\w+)"', page))
    targets = set(re.findall(r'href="#(\w+)"', page)) - {"content"}
    assert len(targets) > 20
    assert targets <= ids
    HTMLParser().feed(page)
