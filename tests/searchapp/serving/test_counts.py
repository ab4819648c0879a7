import os
import sys

import pytest

from searchapp.serving.counts import SharedCounts


# numpy's own threads, which hold nothing of ours.
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_what_forked_processes_count_is_summed() -> None:
    counts = SharedCounts(3, 2)
    counts.add((0, 1.0), (1, 0.5))
    for place in (1, 2):
        child = os.fork()
        if child == 0:
            counts.place = place
            counts.add((0, 1.0), (1, 0.25))
            counts.add((0, 1.0))
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
    assert counts.totals() == [5.0, 1.0]


def test_a_place_that_is_taken_again_goes_on_counting() -> None:
    counts = SharedCounts(2, 1)
    for _ in range(3):
        counts.place = 1
        counts.add((0, 2.0))
    assert counts.totals() == [6.0]


@pytest.mark.skipif(sys.platform != "linux", reason="files in memory are Linux's")
def test_those_that_share_a_file_count_together() -> None:
    file = os.memfd_create("counts")
    first, second = SharedCounts(2, 3, file), SharedCounts(2, 3, file)
    second.place = 1
    first.add((2, 1.0))
    second.add((2, 2.0), (0, 5.0))
    os.close(file)
    assert first.totals() == second.totals() == [5.0, 0.0, 3.0]
