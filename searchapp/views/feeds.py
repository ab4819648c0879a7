"""Any question as an Atom feed (RFC 4287), so that a search can be subscribed to."""

import re
import uuid
from http import HTTPStatus
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import msgspec
from flask import Blueprint, Response, request

from searchapp.library import Library
from searchapp.models import Result, SearchParameters
from searchapp.retrieval import DateProblemError
from searchapp.translation import gettext, language
from searchapp.views import api, parameters
from searchapp.views.filters import article_url

ENTRIES = 30

_ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold, however it is written.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# When an article without a date is from; Atom wants every entry to have one.
_UNKNOWN = "1970-01-01T00:00:00Z"

ET.register_namespace("", _ATOM)


def blueprint(library: Library) -> Blueprint:
    """Make the feed's route."""
    routes = Blueprint("feeds", __name__)

    @routes.get("/feed.atom")
    def feed() -> Response:
        try:
            asked = parameters.read(request.args, ENTRIES)
            asked = msgspec.structs.replace(asked, sort="newest", group="article", page=1)
            found = library.service().search(asked)
        except (parameters.ParameterError, DateProblemError) as problem:
            return api.error(HTTPStatus.BAD_REQUEST, "invalid_parameter", str(problem))
        document = write(asked, found.results, request.host_url.rstrip("/"))
        answer = Response(document, mimetype="application/atom+xml")
        answer.add_etag()
        answer.make_conditional(request)
        return answer

    return routes


def write(asked: SearchParameters, results: list[Result], base: str) -> bytes:
    """Write a feed of the articles that answer a question, each with its best paragraph."""
    query = urlencode(parameters.pairs(asked, ENTRIES))
    feed = ET.Element(f"{{{_ATOM}}}feed", {"xml:lang": language()})
    title = (
        gettext("رصد: %(question)s", question=asked.q) if asked.q.strip() else gettext("رصد: تازه‌ترین خبرها")
    )
    _add(feed, "title", title)
    _add(feed, "id", _name(f"feed?{query}"))
    _add(feed, "updated", max((_moment(result) for result in results), default=_UNKNOWN))
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{base}/feed.atom?{query}")
    page = urlencode(parameters.pairs(msgspec.structs.replace(asked, size=ENTRIES), ENTRIES))
    _add(feed, "link", rel="alternate", type="text/html", href=f"{base}/?{page}")
    _add(feed, "generator", "Rasad")
    for result in results:
        entry = _add(feed, "entry")
        _add(entry, "title", result.title or gettext("خبر بی‌عنوان"))
        # An article keeps its name whatever paragraph of it answers best, so that readers see it once.
        _add(entry, "id", _name(f"articles/{result.article_id}"))
        _add(entry, "updated", _moment(result))
        href = base + article_url(result.article_id, result.paragraph, page)
        _add(entry, "link", rel="alternate", type="text/html", href=href)
        author = _add(entry, "author")
        _add(author, "name", result.source or gettext("منبع نامعلوم"))
        _add(entry, "summary", result.snippet, type="html")
        for topic in result.topics:
            _add(entry, "category", term=topic.id, label=topic.label)
    document: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return document


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    clean = {key: _FORBIDDEN.sub("\ufffd", value) for key, value in attributes.items()}
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}", clean)
    element.text = _FORBIDDEN.sub("\ufffd", text) or None
    return element


def _moment(result: Result) -> str:
    return f"{result.date}T00:00:00+03:30" if result.date else _UNKNOWN


def _name(path: str) -> str:
    """Name something for ever, whatever address the server has (RFC 4122)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"rasad:{path}").urn
