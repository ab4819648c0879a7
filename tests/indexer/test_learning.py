from contextlib import closing

import pytest

import indexer.learning
from analyzers import load_lexicon
from analyzers.learning import learn_layer
from indexer.learning import Learning
from indexer.workers import Workers

TEXTS = [
    f"{sentence} نشست {number}"
    for number in range(40)
    for sentence in (
        "شرکت هاپاگ‌لوید اعلام کرد کشتی‌هایش از تنگه می‌گذرند.",
        "حمیدرضا شاه‌بداغی در توییت‌های خود نوشت.",
        "وزیر خارجه تورنگ کوهساریان گفت",
        f"واژه‌ی‌نو{number % 7}",
    )
]


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("texts", [TEXTS, TEXTS[:1], []], ids=["many", "one", "none"])
def test_however_many_processes_learn_the_same(
    monkeypatch: pytest.MonkeyPatch, jobs: int, texts: list[str]
) -> None:
    monkeypatch.setattr(indexer.learning, "_BATCH", 500)
    with closing(Workers(jobs)) as workers:
        learning = Learning(workers)
        for text in texts:
            learning.take(text)
        layer = learning.layer()
    assert layer.encode() == learn_layer(texts, load_lexicon()).encode()
    assert bool(layer.people) == (len(texts) > 1)
