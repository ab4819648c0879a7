import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.engine import IndexProblemError
from indexer.writelock import writing

HOLD = """
import sys
from pathlib import Path
from indexer.writelock import writing
with writing(Path(sys.argv[1]), 0):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(folder: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(IndexProblemError, match=f"process {process.pid} on "), writing(tmp_path, 0.2):
            pass
        process.communicate("")
    with writing(tmp_path, 0):
        pass


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        with writing(tmp_path, 0):
            pass


def test_a_writer_waits_for_its_turn(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        assert process.stdin is not None
        process.stdin.close()
        with writing(tmp_path, 30):
            pass
        assert process.wait() == 0


def test_an_error_frees_the_lock(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(tmp_path, 0):
        raise ZeroDivisionError
    with writing(tmp_path / "deep" / "er", 0), writing(tmp_path, 0):
        pass
