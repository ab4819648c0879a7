"""Tells whether two requests or queries ask the same, so that what was found can be given twice.

Whoosh's queries compare by some of their attributes only (a sequence does not look at its slop), so a
query is known by every attribute of every node.
"""

from collections.abc import Hashable, Mapping
from typing import Any

import msgspec
from whoosh.query.qcore import Query

from indexer.engine import SearchRequest

# What most of a query is made of, told apart first because asking for abstract types is slow.
_PLAIN = frozenset({str, int, float, bool, bytes, type(None)})


def request_key(request: SearchRequest) -> Hashable:
    """Name a request by all that it says."""
    return tuple(_key(getattr(request, name)) for name in request.__struct_fields__)


class QueryKeys:
    """Names the nodes of one question's tree by all that they say, each once however many ask."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Query, Hashable]] = {}

    def __call__(self, query: Query) -> Hashable:
        """Name a node."""
        if (known := self._known.get(id(query))) is None:
            # The node is kept as well, so that no other gets its id.
            known = self._known[id(query)] = (query, _key(query))
        return known[1]


def _key(value: Any) -> Hashable:
    return value if type(value) in _PLAIN else _key_of_parts(value)


def _key_of_parts(value: Any) -> Hashable:
    if isinstance(value, Query):
        said = vars(value)
        return (type(value), *said, *[each if type(each) in _PLAIN else _key(each) for each in said.values()])
    if isinstance(value, msgspec.Struct):
        return tuple(_key(getattr(value, name)) for name in value.__struct_fields__)
    if isinstance(value, Mapping):
        return tuple(sorted((name, _key(each)) for name, each in value.items()))
    if isinstance(value, list | tuple):
        return tuple(map(_key, value))
    if isinstance(value, set | frozenset):
        return frozenset(map(_key, value))
    key: Hashable = value
    return key
