import gc

import pytest

from indexer.workers import processors, seldom_collecting


def interrupted(before: tuple[int, int, int]) -> None:
    with seldom_collecting():
        assert gc.get_threshold() > before
        raise KeyboardInterrupt


def test_the_garbage_collector_is_left_as_it_was() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyboardInterrupt):
        interrupted(before)
    assert gc.get_threshold() == before


def test_there_is_a_processor() -> None:
    assert processors() >= 1
