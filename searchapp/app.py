"""Puts the pages, the API and the operator's view together into one Flask application."""

import hashlib
from functools import cache
from http import HTTPStatus
from pathlib import Path

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from analyzers.errors import RasadError
from indexer.generations import NoIndexError
from indexer.settings import Settings
from searchapp.library import Library
from searchapp.views import (
    api,
    appearance,
    browsers,
    entities,
    exports,
    failures,
    feeds,
    filters,
    languages,
    metrics,
    operations,
    pages,
    publishing,
    reference,
)

# Everything a page needs comes from this server; nothing else may be loaded, framed or posted to.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PROGRAM_PATHS = ("/api/", "/healthz", "/metrics", "/export.", "/feed.atom", "/opensearch.xml")
STATIC_SECONDS = 86_400


def create_app(
    settings: Settings, library: Library | None = None, places: int = 1, counts: int | None = None
) -> Flask:
    """Make the application; the index itself is opened at the first request that needs it.

    It may be forked into processes that count their answers in so many ``places``; they add to those of other
    applications in the open file ``counts``.
    """
    app = Flask(__name__)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = STATIC_SECONDS
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["asset"] = _asset
    languages.install(app)
    appearance.install(app)
    filters.install(app)
    library = library or Library(settings)
    app.register_blueprint(pages.blueprint(library))
    app.register_blueprint(entities.blueprint(library))
    app.register_blueprint(api.blueprint(library))
    app.register_blueprint(exports.blueprint(library))
    app.register_blueprint(feeds.blueprint(library))
    app.register_blueprint(browsers.blueprint())
    app.register_blueprint(reference.blueprint())
    app.register_blueprint(publishing.blueprint(library))
    app.register_blueprint(operations.blueprint(library))
    app.extensions["rasad"] = metrics.install(app, library, places, counts)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(NoIndexError, _no_index)
    app.register_error_handler(Exception, _failed)
    app.after_request(_guarded)
    return app


@cache
def _asset(name: str) -> str:
    """Address a static file by its content, so that no browser shows a new page in an old dress."""
    content = (Path(__file__).parent / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.blake2b(content, digest_size=4).hexdigest()}"


def _guarded(response: Response) -> Response:
    """Send the same safety headers with everything."""
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _for_program() -> bool:
    return request.path.startswith(PROGRAM_PATHS)


def _refused(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    if _for_program():
        return api.error(status, status.name.lower(), _reason(error, status))
    return failures.error(status)


def _reason(error: HTTPException, status: HTTPStatus) -> str:
    """Say why in our words, or else shortly: Werkzeug's own advise a person at a browser."""
    if error.description and error.description != type(error).description:
        return error.description
    if status == HTTPStatus.NOT_FOUND:
        return f"nothing is at {request.path}; /api/docs names every address"
    return status.phrase.lower()


def _no_index(error: NoIndexError) -> Response:
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return api.error(status, "no_index", str(error)) if _for_program() else failures.error(status)


def _failed(error: Exception) -> Response:
    """Keep a defect's details in the log and out of the answer."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    if not isinstance(error, RasadError):
        current_app.logger.exception("request failed: %s", request.path, exc_info=error)
    if _for_program():
        return api.error(status, status.name.lower(), status.phrase)
    return failures.error(status)
