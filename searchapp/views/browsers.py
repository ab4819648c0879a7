"""Tells browsers how to search here, so that Rasad can be one of their search engines."""

from xml.etree import ElementTree as ET

from flask import Blueprint, Response, request

from searchapp.translation import gettext, language

_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"


def blueprint() -> Blueprint:
    """Make the route of the OpenSearch description (https://github.com/dewitt/opensearch)."""
    routes = Blueprint("browsers", __name__)

    @routes.get("/opensearch.xml")
    def opensearch() -> Response:
        document = write(request.host_url.rstrip("/"))
        return Response(document, mimetype="application/opensearchdescription+xml")

    return routes


def write(base: str) -> bytes:
    """Write the description of a server at an address."""
    root = ET.Element("OpenSearchDescription", {"xmlns": _NAMESPACE})

    def add(name: str, text: str = "", **attributes: str) -> None:
        ET.SubElement(root, name, attributes).text = text or None

    add("ShortName", gettext("رصد"))
    add("Description", gettext("جست‌وجو در خبرهای دیپلماتیک فارسی"))
    add("InputEncoding", "UTF-8")
    add("Language", language())
    add("Image", f"{base}/static/icon.svg", type="image/svg+xml", width="16", height="16")
    add("Url", type="text/html", template=f"{base}/?q={{searchTerms}}")
    suggestions = f"{base}/api/v1/suggest?format=opensearch&q={{searchTerms}}"
    add("Url", type="application/x-suggestions+json", rel="suggestions", template=suggestions)
    add("Url", type="application/atom+xml", template=f"{base}/feed.atom?q={{searchTerms}}")
    add("Url", type="application/opensearchdescription+xml", rel="self", template=f"{base}/opensearch.xml")
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document
