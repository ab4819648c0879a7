"""The parameters of requests, and what each accepts."""

from collections.abc import Mapping
from typing import Any, Literal, get_args

from msgspec import Struct, field

from indexer.engine import FACETS
from searchapp.entities import TYPES
from searchapp.models import Grouping, Sort
from searchapp.views.parameters import LARGEST_SIZE, LAST_PAGE

Schema = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
SWITCH: Schema = {"type": "string", "enum": ["1", "true", "0", "false"]}


class Parameter(Struct, frozen=True):
    """One parameter; ``repeated`` ones may be given several times."""

    name: str
    description: str
    schema: Schema = field(default_factory=lambda: TEXT)
    place: Literal["query", "path"] = "query"
    repeated: bool = False

    def described(self) -> dict[str, Any]:
        """Describe it as OpenAPI's Parameter Object."""
        schema = {"type": "array", "items": self.schema} if self.repeated else self.schema
        found = {"name": self.name, "in": self.place, "description": self.description, "schema": schema}
        return {**found, "required": True} if self.place == "path" else found


def _whole(largest: int) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": largest}


Q = Parameter("q", "The question, in the query language of the search page; any text at all is one.")
FACET_PARAMETERS = tuple(
    Parameter(
        name, f"Only what has this {name}, by id; -ID leaves it out. Several are alternatives.", repeated=True
    )
    for name in FACETS
)
SEARCH = (
    Q,
    *FACET_PARAMETERS,
    Parameter("from", "First day, month or year: 2022-06-23 or, Jalali, 1401/04/02, 1401-04, 1401."),
    Parameter("to", "Last day, month or year, written in the same ways."),
    Parameter("sort", "The order of the results.", {"type": "string", "enum": [*get_args(Sort)]}),
    Parameter("page", "The page of results, counted from 1.", _whole(LAST_PAGE)),
    Parameter("size", "Results a page.", _whole(LARGEST_SIZE)),
    Parameter(
        "group",
        "Whether a result is an article with its best paragraph, or any paragraph by itself.",
        {"type": "string", "enum": [*get_args(Grouping)]},
    ),
    Parameter("exact", "Leaves related forms out.", SWITCH),
    Parameter("literal", "Answers what was typed and never what was probably meant.", SWITCH),
    Parameter("explain", "Says of each result where its score comes from.", SWITCH),
    Parameter(
        "recency",
        "What newness adds to a score; the setting by default.",
        {"type": "number", "minimum": 0, "maximum": 1},
    ),
    Parameter("fold", "0 shows copies of an article as results of their own.", SWITCH),
    Parameter("similar_to", "Only copies of the article of this id."),
)
ARTICLE_ID = Parameter("article_id", "An article's id; slashes in it stay as they are.", place="path")
KINDS: Schema = {"type": "string", "enum": [*TYPES]}
KIND = Parameter("kind", "The entity's type.", KINDS, "path")
ENTITY_ID = Parameter("id_", "The entity's id, as facets give it.", place="path")
OTHER_KIND = Parameter("other_kind", "The other entity's type.", KINDS, "path")
OTHER_ID = Parameter("other_id", "The other entity's id.", place="path")
FACET_NAME = Parameter("name", "The facet.", {"type": "string", "enum": [*FACETS]}, "path")
FILTER = Parameter("filter", "Only values whose label holds this text.")
FORMAT = Parameter(
    "format",
    "opensearch answers as browsers want it: [typed, [words]].",
    {"type": "string", "enum": ["opensearch"]},
)
