import urllib.request
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from indexer.settings import Settings

from ...server import serving

NAMESPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.mark.parametrize("host", ["localhost", "news.example:8080"])
def test_browsers_learn_how_to_search_here(client: FlaskClient, host: str) -> None:
    response = client.get("/opensearch.xml", headers={"Host": host})
    assert response.mimetype == "application/opensearchdescription+xml"
    root = ET.fromstring(response.get_data())  # noqa: S314
    assert root.tag == f"{NAMESPACE}OpenSearchDescription"
    assert root.findtext(f"{NAMESPACE}ShortName") == "رصد"
    urls = {url.get("type"): url.get("template") or "" for url in root.iter(f"{NAMESPACE}Url")}
    assert all(url.startswith(f"http://{host}/") for url in urls.values())
    for kind in ("text/html", "application/x-suggestions+json", "application/atom+xml"):
        path = urls[kind].removeprefix(f"http://{host}").replace("{searchTerms}", "%D8%B1%D9%88%D8%B3")
        assert client.get(path).mimetype == kind


@pytest.mark.parametrize("path", ["/", "/?q=ایران", "/articles/moscow", "/nowhere"])
def test_every_page_leads_to_the_description(client: FlaskClient, path: str) -> None:
    assert '<link rel="search" href="/opensearch.xml"' in client.get(path).get_data(as_text=True)


@pytest.mark.parametrize(
    ("proxy", "base"), [("127.0.0.1", "https://news.example/"), ("", "http://127.0.0.1:")]
)
def test_a_proxy_is_believed_where_the_settings_name_it(
    news_settings: Settings, tmp_path: Path, proxy: str, base: str
) -> None:
    (tmp_path / "config.toml").write_text(
        f"[index]\npath = '{news_settings.index.path}'\n[web]\nproxy = '{proxy}'\n", encoding="utf-8"
    )
    with serving(tmp_path) as (_, address):
        forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "news.example"}
        request = urllib.request.Request(f"{address}/opensearch.xml", headers=forwarded)  # noqa: S310
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            description = answer.read().decode()
    assert f'template="{base}' in description
