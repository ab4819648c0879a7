"""Fetches feeds and the articles they name, politely and safely, into the corpus's own files."""

from indexer.fetching.feeds import FetchedFeed, fetch_feeds

__all__ = ["FetchedFeed", "fetch_feeds"]
