"""What an operator's monitor asks, so that a sick server is noticed before its readers notice."""

from flask import Blueprint, Response
from msgspec import Struct

from searchapp.library import Library
from searchapp.views import api


class Health(Struct, frozen=True):
    """That the server can answer, and from what."""

    status: str
    generation: int
    articles: int
    paragraphs: int


def blueprint(library: Library) -> Blueprint:
    """Make the routes for monitors; without an index they answer 503 like every other."""
    routes = Blueprint("operations", __name__)

    @routes.get("/healthz")
    def healthz() -> Response:
        stats = library.service().engine.stats()
        return api.respond(Health("ok", library.generation, stats.articles, stats.paragraphs))

    return routes
