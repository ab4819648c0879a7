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


def query_key(query: Query) -> Hashable:
    """Name a query by all that it says."""
    return _key(query)


def _key(value: Any) -> Hashable:
    return value if type(value) in _PLAIN else _key_of_parts(value)


def _key_of_parts(value: Any) -> Hashable:
    if isinstance(value, Query):
        return (type(value), *((name, _key(each)) for name, each in sorted(vars(value).items())))
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
