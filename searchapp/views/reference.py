"""The API's description: a document for tools, and the same for people to read."""

import msgspec
from flask import Blueprint, Response, render_template

from searchapp.openapi import OPERATIONS, document


def blueprint() -> Blueprint:
    """Make the routes of the description."""
    routes = Blueprint("reference", __name__, url_prefix="/api")

    @routes.get("/openapi.json")
    def openapi() -> Response:
        return Response(document(), mimetype="application/json")

    @routes.get("/docs")
    def docs() -> str:
        schemas = msgspec.json.decode(document())["components"]["schemas"]
        return render_template("reference.html", operations=OPERATIONS, schemas=schemas)

    return routes
