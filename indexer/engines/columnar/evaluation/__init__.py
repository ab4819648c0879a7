"""Whoosh's query trees evaluated over whole posting arrays, a segment at a time."""

from .evaluator import Found, find

__all__ = ["Found", "find"]
