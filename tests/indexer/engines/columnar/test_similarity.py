"""Pairs that are carried on from state to state are those that would be found afresh."""

import random
from pathlib import Path

import pytest
from whoosh import query as q
from whoosh.filedb.filestore import FileStorage

from indexer.engine import SearchRequest
from indexer.engines.columnar.contents import SegmentContents
from indexer.engines.columnar.engine import ColumnarEngine
from indexer.engines.columnar.format import CorruptFileError
from indexer.engines.columnar.schema import add_articles, builder
from indexer.engines.columnar.segment import ColumnarSegment
from indexer.engines.columnar.similarity import SimilarPairs
from indexer.preparation import prepare
from indexer.settings import SearchSettings
from indexer.signatures import SIGNATURE_BYTES

from ..conftest import built

ASKED = SearchRequest(query=q.Every(), fold=True)


def test_pairs_carried_on_are_those_found_afresh(tmp_path: Path) -> None:
    engine = ColumnarEngine.create(tmp_path, SearchSettings())
    chance = random.Random(3)  # noqa: S311 - repeatable, not secret
    carried = 0
    for turn in range(24):
        with engine.batch() as batch:
            for number in chance.sample(range(80), chance.choice([1, 1, 8])):
                text = " ".join(f"{word}{chance.randint(1, 12)}" for word in ["نفت"] * 2 + ["گاز"] * 2)
                batch.add(built(f"a{number}", text))
        with engine.batch() as batch:
            batch.delete(f"a{chance.randrange(80)}")
        before = engine.snapshot().known_pairs
        # Some states are never asked, and the next one carries on from the last that was.
        if turn % 3:
            engine.search(ASKED)
            snapshot = engine.snapshot()
            assert snapshot.known_pairs is not None
            afresh = SimilarPairs.of(snapshot.segments, None)
            assert snapshot.known_pairs.segments == afresh.segments
            assert sorted(snapshot.known_pairs.pairs.tolist()) == afresh.pairs.tolist()
            carried += before is not None and bool(set(before.segments) & set(afresh.segments))
    assert carried > 5
    assert list(engine.verify()) == []
    engine.close()


def test_a_signature_that_is_missing_is_damage(tmp_path: Path) -> None:
    storage = FileStorage(str(tmp_path))
    segment = ColumnarSegment("MAIN")
    started = builder()
    for name in "ab":
        add_articles(started, prepare([built(name, "نفت")]))
    parts = started.parts()
    parts._replace(signatures=parts.signatures[SIGNATURE_BYTES:]).write(storage, segment)
    contents = SegmentContents(storage, segment.segment_id(), segment.doc_count_all())
    with pytest.raises(CorruptFileError, match="other signatures than articles"):
        contents.signatures  # noqa: B018
