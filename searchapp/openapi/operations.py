"""What can be asked of the API: each route with its parameters, answers and refusals."""

from http import HTTPStatus
from typing import Literal

from msgspec import Struct

from searchapp.models import (
    ArticleAnswer,
    CompletionAnswer,
    DeletedAnswer,
    EntityAnswer,
    FacetAnswer,
    Health,
    MatrixAnswer,
    PairAnswer,
    PublishedAnswer,
    SearchAnswer,
)
from searchapp.openapi import parameters as p
from searchapp.openapi.parameters import Parameter

JSON = "application/json"
JSON_LINES = "application/x-ndjson"

_BAD = HTTPStatus.BAD_REQUEST
_LACKING = HTTPStatus.NOT_FOUND
_UNREADY = HTTPStatus.SERVICE_UNAVAILABLE


class Operation(Struct, frozen=True, kw_only=True):
    """One thing that can be asked.

    ``path`` is written as OpenAPI does. ``answer`` is the model of a JSON answer, None for other ``media``;
    ``other_media`` are what a parameter may ask for in its place.
    ``refusals`` are the statuses, beyond those of a broken request, that the answer may have.
    """

    method: Literal["get", "post", "delete"] = "get"
    path: str
    summary: str
    parameters: tuple[Parameter, ...] = ()
    answer: type[Struct] | None = None
    media: str = JSON
    other_media: tuple[str, ...] = ()
    refusals: tuple[HTTPStatus, ...] = (_UNREADY,)
    token: bool = False


_WRITING = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT, _UNREADY)

OPERATIONS = (
    Operation(
        path="/api/v1/search",
        summary="Search: ranked paragraphs under their articles, counts of every facet, a timeline.",
        parameters=p.SEARCH,
        answer=SearchAnswer,
        refusals=(_BAD, _UNREADY),
    ),
    Operation(
        path="/api/v1/suggest",
        summary="What a question that is being typed may become.",
        parameters=(p.Q, p.FORMAT),
        answer=CompletionAnswer,
        other_media=("application/x-suggestions+json",),
    ),
    Operation(
        path="/api/v1/articles/{article_id}",
        summary="A whole article, the words that answer q marked.",
        parameters=(p.ARTICLE_ID, p.Q),
        answer=ArticleAnswer,
        refusals=(_LACKING, _UNREADY),
    ),
    Operation(
        method="post",
        path="/api/v1/articles",
        summary="Add or change articles: a JSON object, an array of them, or one a line. All or none.",
        answer=PublishedAnswer,
        refusals=(_BAD, *_WRITING, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        token=True,
    ),
    Operation(
        method="delete",
        path="/api/v1/articles/{article_id}",
        summary="Remove an article that was posted or fetched.",
        parameters=(p.ARTICLE_ID,),
        answer=DeletedAnswer,
        refusals=(_LACKING, *_WRITING),
        token=True,
    ),
    Operation(
        path="/api/v1/entities/{kind}/{id_}",
        summary="What is known of an entity, how often it is named and beside whom.",
        parameters=(p.KIND, p.ENTITY_ID),
        answer=EntityAnswer,
        refusals=(_LACKING, _UNREADY),
    ),
    Operation(
        path="/api/v1/entities/{kind}/{id_}/with/{other_kind}/{other_id}",
        summary="Two entities together.",
        parameters=(p.KIND, p.ENTITY_ID, p.OTHER_KIND, p.OTHER_ID),
        answer=PairAnswer,
        refusals=(_LACKING, _UNREADY),
    ),
    Operation(
        path="/api/v1/browse", summary="Countries by topic, in counts of paragraphs.", answer=MatrixAnswer
    ),
    Operation(
        path="/api/v1/facets/{name}",
        summary="All values of a facet, for a question or for everything.",
        parameters=(p.FACET_NAME, p.FILTER, *p.SEARCH),
        answer=FacetAnswer,
        refusals=(_BAD, _LACKING, _UNREADY),
    ),
    Operation(
        path="/export.csv",
        summary="Every matching paragraph, as a table.",
        parameters=p.SEARCH,
        media="text/csv",
        refusals=(_BAD, _UNREADY),
    ),
    Operation(
        path="/export.jsonl",
        summary="Every matching paragraph, a JSON object a line.",
        parameters=p.SEARCH,
        media=JSON_LINES,
        refusals=(_BAD, _UNREADY),
    ),
    Operation(
        path="/feed.atom",
        summary="The newest articles that answer, as an Atom feed.",
        parameters=p.SEARCH,
        media="application/atom+xml",
        refusals=(HTTPStatus.NOT_MODIFIED, _BAD, _UNREADY),
    ),
    Operation(path="/healthz", summary="Whether the server can answer, and from what.", answer=Health),
    Operation(
        path="/metrics",
        summary="Figures for Prometheus.",
        media="text/plain",
        refusals=(),
    ),
    Operation(
        path="/opensearch.xml",
        summary="How browsers search here.",
        media="application/opensearchdescription+xml",
        refusals=(),
    ),
    Operation(path="/api/openapi.json", summary="This document.", refusals=()),
)
