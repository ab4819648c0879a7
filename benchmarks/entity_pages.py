"""Times what is asked about entities: their pages, pairs, the matrix, lists, and names in questions.

    python benchmarks/entity_pages.py [--config FILE] [--each 50]

The index is the configured one. Of every type the most named entities are asked for, each once, so that no
answer is kept from before; pairs are drawn from them. Pages go through Flask without a network between. A
table of milliseconds comes out.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from flask.testing import FlaskClient

from indexer.engine import SearchRequest
from indexer.settings import load_settings
from searchapp.app import create_app
from searchapp.entities import EVERY, TYPES, EntityKey
from searchapp.library import Library
from searchapp.search import SearchService
from searchapp.views.entities import entity_url

QUESTIONS = [
    "لاوروف",
    "Lavrov",
    "IAEA تحریم",
    "Russia",
    "کشور:روسیه تحریم",
    "وزیر خارجه روسیه",
    "تحریم نفت",
    "سفر وزیر خارجه به مسکو و دیدار با پوتین",
    "مذاکرات ایران و آمریکا در عمان دربارهٔ پروندهٔ هسته‌ای",
]
REPEATS = 20

Call = Callable[[], object]


def _line(name: str, calls: Iterable[Call]) -> str:
    took = []
    for call in calls:
        began = time.perf_counter()
        call()
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    figures = (statistics.median(took), took[int(0.95 * len(took))], took[-1])
    return f"| {name} | {len(took)} | " + " | ".join(f"{figure:.2f}" for figure in figures) + " |"


def _page(client: FlaskClient, path: str) -> Call:
    return lambda: client.get(path)


def _named(service: SearchService, question: str) -> Call:
    clauses = service.reader.read(question).interpretation.clauses
    return lambda: service.query_entities.named(clauses)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--config", type=Path, default=Path("config.toml"))
    parser.add_argument("--each", type=int, default=50, help="entities of every type")
    options = parser.parse_args()
    settings = load_settings(options.config)
    with closing(Library(settings)) as library:
        service = library.service()
        service.prepare()
        request = SearchRequest(query=EVERY, limit=0, facets=TYPES, facet_size=options.each)
        response = service.engine.search(request)
        keys = [EntityKey(kind, value.id) for kind in TYPES for value in response.facets[kind]]
        chance = random.Random(1)  # noqa: S311 - repeatable, not secret
        chance.shuffle(keys)
        half = len(keys) // 2
        client = create_app(settings, library).test_client()
        client.get("/browse")
        urls = [entity_url(*key) for key in keys]
        pairs = [f"{url}/with/{key.type}/{quote(key.id)}" for url, key in zip(urls, keys[1:], strict=False)]
        print(f"{response.total:,} paragraphs\n")
        print("| what | calls | p50 ms | p95 ms | max ms |\n|---|---|---|---|---|")
        print(_line("entity page", (_page(client, url) for url in urls[:half])))
        print(_line("entity as JSON", (_page(client, f"/api/v1{url}") for url in urls[half:])))
        print(_line("pair page", (_page(client, url) for url in pairs)))
        print(_line("matrix page", (_page(client, "/browse") for _ in range(REPEATS))))
        lists = [f"/facets/{kind}?filter={typed}" for kind in TYPES for typed in ("", "ru", "مح")]
        print(_line("list of a facet", (_page(client, url) for url in lists)))
        calls = [_named(service, question) for question in QUESTIONS]
        print(_line("entities in a question", calls * REPEATS))


if __name__ == "__main__":
    main()
