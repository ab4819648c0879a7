"""The addresses of the pages that a reader sees; each page has a module of its own."""

from http import HTTPStatus

from flask import Blueprint, abort, request

from searchapp.library import Library
from searchapp.views import about, analyze, article, guide, home, parameters, results


def blueprint(library: Library) -> Blueprint:
    """Make the HTML routes."""
    routes = Blueprint("pages", __name__)

    @routes.get("/")
    def search() -> str:
        size = library.settings.search.page_size
        asked = parameters.read_leniently(request.args, size)
        service = library.service()
        if "q" not in request.args and not parameters.pairs(asked, size):
            return home.show(service, size)
        return results.show(service, asked, size)

    @routes.get("/articles/<path:article_id>")
    def read(article_id: str) -> str:
        size = library.settings.search.page_size
        asked = parameters.read_leniently(request.args, size)
        service = library.service()
        answer = service.article(article_id, asked.q)
        if answer is None:
            abort(HTTPStatus.NOT_FOUND)
        return article.show(service, answer, asked, size, request.url_root)

    @routes.get("/analyze")
    def analysis() -> str:
        return analyze.show(library.service(), request.args.get("text", ""))

    @routes.get("/help")
    def query_language() -> str:
        return guide.show(library.settings.search.page_size)

    @routes.get("/about")
    def corpus() -> str:
        return about.show(library.service())

    return routes
