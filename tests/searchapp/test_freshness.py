import threading

import pytest

from indexer.engine import IndexProblemError
from searchapp.freshness import Fresh


class Index:
    """What changes when told so, and is read by a thread that can be waited for."""

    def __init__(self) -> None:
        self.revision = 1
        self.reading = threading.Event()
        self.go_on = threading.Event()
        self.go_on.set()
        self.closed = False

    def read(self) -> int:
        self.reading.set()
        self.go_on.wait()
        if self.closed:
            raise IndexProblemError("closed")
        return self.revision


def settle() -> None:
    for thread in threading.enumerate():
        if thread.name == "freshness":
            thread.join()


@pytest.fixture
def index() -> Index:
    return Index()


def test_the_first_that_asks_gets_the_value_of_now(index):
    assert Fresh(index.read, lambda: index.revision)() == 1


def test_the_old_value_answers_until_the_new_one_is_made(index):
    fresh = Fresh(index.read, lambda: index.revision, seconds=0)
    fresh()
    index.revision = 2
    index.go_on.clear()
    index.reading.clear()
    assert fresh() == 1
    assert index.reading.wait(timeout=10)
    assert fresh() == 1
    index.go_on.set()
    settle()
    assert fresh() == 2


def test_an_index_that_stays_the_same_is_read_once(index):
    fresh = Fresh(index.read, lambda: index.revision, seconds=0)
    fresh()
    index.reading.clear()
    assert fresh() == 1
    settle()
    assert not index.reading.is_set()


def test_a_changed_index_is_not_looked_at_before_its_time(index):
    fresh = Fresh(index.read, lambda: index.revision, seconds=1000)
    fresh()
    index.revision = 2
    fresh()
    settle()
    assert fresh() == 1


def test_an_index_that_was_closed_meanwhile_keeps_the_value(index):
    fresh = Fresh(index.read, lambda: index.revision, seconds=0)
    fresh()
    index.revision, index.closed = 2, True
    fresh()
    settle()
    assert fresh() == 1


def test_a_failure_the_first_time_is_told(index):
    index.closed = True
    with pytest.raises(IndexProblemError):
        Fresh(index.read, lambda: index.revision)()
