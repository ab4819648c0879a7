"""The JSON door, so that programs get exactly what the pages show."""

from http import HTTPStatus

import msgspec
from flask import Blueprint, Response, abort, request

from indexer.engine import FACETS
from searchapp.entities import TYPES, EntityKey
from searchapp.facet_values import list_values
from searchapp.library import Library
from searchapp.models import CompletionAnswer, ErrorAnswer, ErrorDetail
from searchapp.retrieval import DateProblemError
from searchapp.views import parameters


def respond(answer: msgspec.Struct, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """Send a typed answer as UTF-8 JSON."""
    return Response(msgspec.json.encode(answer), status=status, mimetype="application/json")


def error(status: HTTPStatus, code: str, message: str) -> Response:
    """Refuse in the contract's one shape."""
    return respond(ErrorAnswer(ErrorDetail(code, message)), status)


def blueprint(library: Library) -> Blueprint:
    """Make the routes under ``/api/v1``."""
    routes = Blueprint("api", __name__, url_prefix="/api/v1")

    @routes.get("/search")
    def search() -> Response:
        service = library.service()
        try:
            asked = parameters.read(request.args, library.settings.search.page_size)
            return respond(service.search(asked))
        except (parameters.ParameterError, DateProblemError) as problem:
            return error(HTTPStatus.BAD_REQUEST, "invalid_parameter", str(problem))

    @routes.get("/suggest")
    def suggest() -> Response:
        typed = request.args.get("q", "")
        completions = library.service().completer.complete(typed)
        if request.args.get("format") == "opensearch":
            # https://github.com/dewitt/opensearch: the words, then what may stand in their place.
            row = [typed, [each.text for each in completions]]
            return Response(msgspec.json.encode(row), mimetype="application/x-suggestions+json")
        return respond(CompletionAnswer(typed, completions))

    @routes.get("/articles/<path:article_id>")
    def article(article_id: str) -> Response:
        answer = library.service().article(article_id, request.args.get("q", ""))
        if answer is None:
            abort(HTTPStatus.NOT_FOUND, f"no article has the id {article_id}")
        return respond(answer)

    @routes.get("/entities/<kind>/<id_>")
    def entity(kind: str, id_: str) -> Response:
        answer = library.service().entities.entity(_entity_key(kind, id_))
        return respond(answer) if answer else abort(HTTPStatus.NOT_FOUND, f"no {kind} has the id {id_}")

    @routes.get("/entities/<kind>/<id_>/with/<other_kind>/<other_id>")
    def pair(kind: str, id_: str, other_kind: str, other_id: str) -> Response:
        keys = _entity_key(kind, id_), _entity_key(other_kind, other_id)
        answer = library.service().entities.pair(*keys)
        return respond(answer) if answer else abort(HTTPStatus.NOT_FOUND, "one of the two is not known")

    @routes.get("/browse")
    def browse() -> Response:
        return respond(library.service().entities.matrix())

    @routes.get("/facets/<name>")
    def facet(name: str) -> Response:
        if name not in FACETS:
            abort(HTTPStatus.NOT_FOUND, f"no facet is named {name}; there are {', '.join(FACETS)}")
        try:
            asked = parameters.read(request.args, parameters.LARGEST_SIZE)
            return respond(list_values(library.service(), asked, name, request.args.get("filter", "")))
        except (parameters.ParameterError, DateProblemError) as problem:
            return error(HTTPStatus.BAD_REQUEST, "invalid_parameter", str(problem))

    return routes


def _entity_key(kind: str, id_: str) -> EntityKey:
    if kind not in TYPES:
        abort(HTTPStatus.NOT_FOUND, f"no entity is a {kind}; there are {', '.join(TYPES)}")
    return EntityKey(kind, id_)
