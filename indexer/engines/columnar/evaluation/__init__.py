"""Whoosh's query trees evaluated over whole posting arrays, a segment at a time."""

from .evaluator import Found, find
from .sequences import occurrences

__all__ = ["Found", "find", "occurrences"]
