"""Writes the document that clients and tools read."""

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from inspect import cleandoc
from typing import Any

import msgspec

from searchapp.models import ErrorAnswer
from searchapp.openapi.operations import JSON, JSON_LINES, OPERATIONS, Operation

_TEMPLATE = "#/components/schemas/{name}"
# An article as it is sent, which readers of files take in the same way: `null` is the same as absent.
_TEXT_OR_NOTHING = {"type": ["string", "null"]}
_ARTICLE: Mapping[str, Any] = {
    "type": "object",
    "description": "An article; keys that are not named here are kept as metadata.",
    "required": ["text"],
    "properties": {
        **dict.fromkeys(("id", "title", "date", "source", "url", "category"), _TEXT_OR_NOTHING),
        "text": {"type": "string", "minLength": 1},
    },
}


@cache
def document() -> bytes:
    """Write the OpenAPI document, as JSON."""
    models: list[type[msgspec.Struct]] = [operation.answer for operation in OPERATIONS if operation.answer]
    references, schemas = msgspec.json.schema_components([*models, ErrorAnswer], ref_template=_TEMPLATE)
    by_model: dict[type[msgspec.Struct], Mapping[str, str]] = dict(
        zip([*models, ErrorAnswer], references, strict=True)
    )
    for schema in schemas.values():
        if "description" in schema:
            schema["description"] = cleandoc(schema["description"])
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _described(operation, by_model)
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "Rasad",
                "version": version("rasad"),
                "description": "Search in Persian diplomatic news. Everything that the pages show, as JSON.",
            },
            "paths": paths,
            "components": {
                "schemas": {**schemas, "Article": _ARTICLE},
                "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            },
        }
    )


def _described(
    operation: Operation, by_model: Mapping[type[msgspec.Struct], Mapping[str, str]]
) -> dict[str, Any]:
    schema = (
        by_model[operation.answer]
        if operation.answer
        else {}
        if operation.media == JSON
        else {"type": "string"}
    )
    content: dict[str, Any] = {operation.media: {"schema": schema}}
    content |= {media: {} for media in operation.other_media}
    answers: dict[str, Any] = {"200": {"description": "The answer.", "content": content}}
    refusal = {JSON: {"schema": by_model[ErrorAnswer]}}
    for status in operation.refusals:
        answers[str(int(status))] = {"description": status.phrase}
        if status != HTTPStatus.NOT_MODIFIED:
            answers[str(int(status))]["content"] = refusal
    described: dict[str, Any] = {
        "summary": operation.summary,
        "parameters": [parameter.described() for parameter in operation.parameters],
        "responses": answers,
    }
    if operation.token:
        described["security"] = [{"token": []}]
    if operation.method == "post":
        article = {"$ref": _TEMPLATE.format(name="Article")}
        one_or_more = {"anyOf": [article, {"type": "array", "items": article, "minItems": 1}]}
        body = {JSON: {"schema": one_or_more}, JSON_LINES: {"schema": {"type": "string"}}}
        described["requestBody"] = {"required": True, "content": body}
    return described
