"""The about page: what Rasad is, what its corpus holds, and under which licences it stands."""

from flask import render_template

from indexer.engine import FACETS, SearchRequest
from searchapp.query import EVERY
from searchapp.retrieval import MOST_FACET_VALUES
from searchapp.search import SearchService


def show(service: SearchService) -> str:
    """Show the figures of the index that answers now."""
    request = SearchRequest(query=EVERY, limit=0, facets=FACETS, facet_size=MOST_FACET_VALUES)
    facets = service.engine.search(request).facets
    return render_template(
        "about.html",
        stats=service.engine.stats(),
        named={facet: len(values) for facet, values in facets.items() if values},
    )
