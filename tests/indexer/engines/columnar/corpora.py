"""Small made-up corpora that both codecs can index through Whoosh's own writer."""

import random
from collections.abc import Iterator
from typing import Any

from whoosh import fields
from whoosh.analysis import SpaceSeparatedTokenizer

WORDS = [f"واژه{number}" for number in range(60)]
TAGS = ["ایران", "روسیه", "چین", "قطر"]


def schema() -> fields.Schema:
    words = SpaceSeparatedTokenizer()
    return fields.Schema(
        id=fields.ID(unique=True, stored=True),
        text=fields.TEXT(analyzer=words, stored=True),
        title=fields.TEXT(analyzer=words),
        tags=fields.KEYWORD(),
        day=fields.NUMERIC(sortable=True),
    )


def documents(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Documents of very different lengths; one in 37 is longer than a byte can count positions."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    weights = [1 / (rank + 1) for rank in range(len(WORDS))]
    for number in range(count):
        length = chance.randint(1, 600 if number % 37 == 0 else 40)
        yield {
            "id": str(number),
            "text": " ".join(chance.choices(WORDS, weights, k=length)),
            "title": " ".join(chance.choices(WORDS, k=chance.randint(1, 5))),
            "tags": " ".join(chance.sample(TAGS, chance.randint(0, 3))),
            "day": chance.randint(0, 1000),
        }
