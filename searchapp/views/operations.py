"""What an operator's monitor asks, so that a sick server is noticed before its readers notice."""

from flask import Blueprint, Response

from searchapp.library import Library
from searchapp.models import Health
from searchapp.views import api


def blueprint(library: Library) -> Blueprint:
    """Make the routes for monitors; without an index they answer 503 like every other."""
    routes = Blueprint("operations", __name__)

    @routes.get("/healthz")
    def healthz() -> Response:
        stats = library.service().engine.stats()
        return api.respond(Health("ok", library.generation, stats.articles, stats.paragraphs))

    return routes
