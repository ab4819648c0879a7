"""Whoosh's query trees evaluated over whole posting arrays, a segment at a time."""

from .evaluator import Found, find, find_part
from .sequences import POSITION_BITS, occurrences

__all__ = ["POSITION_BITS", "Found", "find", "find_part", "occurrences"]
