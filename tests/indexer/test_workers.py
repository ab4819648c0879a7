import gc
import os
import signal
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from itertools import count

import pytest

from indexer.workers import Workers, processors, seldom_collecting

PATIENCE = 60


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


# Tasks are expressions for eval, as other processes do not find the modules of tests.
IMPORT = "__import__('os')"
END = f"{IMPORT}.kill({IMPORT}.getpid(), {signal.SIGKILL:d})"
# What a terminal sends to all processes of a run, and whether it passes by this one.
INTERRUPT = f"{IMPORT}.kill({IMPORT}.getpid(), {signal.SIGINT:d}) or __import__('signal').sigpending()"


def doubled(number: int) -> str:
    return f"(2 * {number}, {IMPORT}.getpid())"


def test_results_come_in_order_from_a_few_processes_that_stay() -> None:
    tasks = list(map(doubled, range(200)))
    with closing(Workers(2)) as workers:
        results = [*workers.in_order(eval, tasks), *workers.in_order(eval, tasks)]
    assert [number for number, _ in results] == [2 * number for number in range(200)] * 2
    assert 1 <= len({process for _, process in results} - {os.getpid()}) <= 2


def test_few_tasks_are_under_way_however_many_there_are() -> None:
    begun = []
    endless = (begun.append(number) or doubled(number) for number in count())
    with closing(Workers(1)) as workers, closing(workers.in_order(eval, endless)) as results:
        assert [next(results)[0] for _ in range(3)] == [0, 2, 4]
        assert len(begun) < 100


@pytest.mark.parametrize("size", [1, 10_000_000], ids=["small", "large"])
def test_a_process_that_is_killed_is_an_error_and_no_waiting(size: int) -> None:
    with closing(Workers(2)) as workers, pytest.raises(BrokenProcessPool):
        list(workers.in_order(eval, [END + " " * size] * 8))


def test_an_interrupt_is_left_to_the_process_that_began_the_others() -> None:
    with closing(Workers(1)) as workers:
        assert workers.submit(eval, INTERRUPT).result(PATIENCE) == {signal.SIGINT}


def test_no_process_begins_beyond_the_limit() -> None:
    with closing(Workers(8)) as workers:
        workers.limit(1)
        assert len({process for _, process in workers.in_order(eval, map(doubled, range(50)))}) == 1
