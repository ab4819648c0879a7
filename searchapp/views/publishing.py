"""Adding and removing articles over HTTP, for programs that hold the configured token."""

import hmac
import math
from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from flask import Blueprint, Response, request

from indexer.writelock import BusyError
from searchapp.library import Library
from searchapp.publishing import (
    AbsentArticleError,
    ArticleProblemError,
    ForeignArticleError,
    Publisher,
    UnindexedError,
)
from searchapp.views import api


def blueprint(library: Library) -> Blueprint:
    """Make the routes that write; without a token in the settings they refuse everybody."""
    settings = library.settings
    publisher = Publisher(settings)
    routes = Blueprint("publishing", __name__, url_prefix="/api/v1")

    @routes.before_request
    def admit() -> Response | None:
        request.max_content_length = settings.web.largest_post
        if not settings.web.token:
            message = "writing over HTTP is off; [web] token switches it on"
            return api.error(HTTPStatus.FORBIDDEN, "writing_off", message)
        scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
        # In the same time whatever is shown, so that a token cannot be guessed letter by letter.
        right = hmac.compare_digest(shown.strip().encode("latin-1"), settings.web.token.encode("utf-8"))
        if scheme.lower() != "bearer" or not right:
            message = "show the token: Authorization: Bearer …"
            refusal = api.error(HTTPStatus.UNAUTHORIZED, "unauthorized", message)
            refusal.headers["WWW-Authenticate"] = 'Bearer realm="rasad"'
            return refusal
        return None

    @routes.post("/articles")
    def publish() -> Response:
        items = parsed(request.get_data())
        return api.respond(publisher.publish(items, library.service().engine))

    @routes.delete("/articles/<path:article_id>")
    def delete(article_id: str) -> Response:
        return api.respond(publisher.delete(article_id, library.service().engine))

    @routes.errorhandler(BusyError)
    def busy(error: BusyError) -> Response:
        refusal = api.error(HTTPStatus.SERVICE_UNAVAILABLE, "busy", str(error))
        refusal.headers["Retry-After"] = str(max(1, math.ceil(settings.index.lock_wait)))
        return refusal

    def refusing(status: HTTPStatus, code: str, kind: type[Exception]) -> None:
        routes.register_error_handler(kind, lambda error: api.error(status, code, str(error)))

    refusing(HTTPStatus.BAD_REQUEST, "invalid_article", ArticleProblemError)
    refusing(HTTPStatus.CONFLICT, "not_published", ForeignArticleError)
    refusing(HTTPStatus.NOT_FOUND, "not_found", AbsentArticleError)
    refusing(HTTPStatus.INTERNAL_SERVER_ERROR, "not_indexed", UnindexedError)
    return routes


def parsed(body: bytes) -> list[Mapping[str, object]]:
    """Read an article as a JSON object, an array of them, or a line for each.

    Raises :class:`searchapp.publishing.ArticleProblemError`.

    >>> parsed('{"text": "یک"}\\n{"text": "دو"}'.encode())
    [{'text': 'یک'}, {'text': 'دو'}]
    """
    try:
        content = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        content = _lines(body) if b"\n" in body.strip() else None
        if content is None:
            raise ArticleProblemError(f"the body is neither JSON nor JSON lines: {error}") from None
    items = content if isinstance(content, list) else [content]
    if not items:
        raise ArticleProblemError("there is no article")
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict):
            raise ArticleProblemError(f"article {number}: it must be a JSON object, {{…}}")
    return items


def _lines(body: bytes) -> list[object]:
    items: list[object] = []
    for number, line in enumerate(body.split(b"\n"), 1):
        if line.strip():
            try:
                items.append(msgspec.json.decode(line))
            except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
                raise ArticleProblemError(f"line {number}: {error}") from None
    return items
