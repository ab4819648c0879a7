"""The embedded engine: a Whoosh index of paragraphs, in a folder of its own."""

from indexer.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
