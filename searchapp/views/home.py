"""The first page: the search box, what the corpus holds, its latest articles and its commonest names."""

from flask import render_template

from searchapp.models import SearchParameters
from searchapp.search import SearchService
from searchapp.views.links import Links

LATEST_ARTICLES = 6
MOST_VALUES = 8
EXAMPLES = ("تحریم", "«وزیر امور خارجه»", "ایران یا روسیه", "سفر -تهران", "مذاکر*")


def show(service: SearchService, size: int) -> str:
    """Show what there is to search, before anything is asked."""
    latest = service.search(SearchParameters(sort="newest", size=LATEST_ARTICLES))
    return render_template(
        "home.html",
        q="",
        examples=EXAMPLES,
        stats=service.engine.stats(),
        latest=latest.results,
        facets={name: values[:MOST_VALUES] for name, values in latest.facets.items()},
        links=Links(SearchParameters(size=size), size),
    )
