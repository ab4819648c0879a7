"""Whoosh's query trees evaluated over whole posting arrays, a segment at a time."""

from .evaluator import Found, find, find_part
from .sequences import occurrences

__all__ = ["Found", "find", "find_part", "occurrences"]
