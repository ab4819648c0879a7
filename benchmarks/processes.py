"""What processes use of processor and memory, read from Linux's /proc."""

import os
import threading
from pathlib import Path


def family(pid: int) -> list[int]:
    """A process and those it started."""
    try:
        tasks = [task / "children" for task in Path(f"/proc/{pid}/task").iterdir()]
        children = [int(child) for file in tasks for child in file.read_text(encoding="ascii").split()]
    except OSError:
        return []
    return [pid, *(each for child in children for each in family(child))]


def processor(pid: int) -> float:
    """Seconds of processor time that a process and those it started have used."""
    return sum(map(processor_alone, family(pid)))


def processor_alone(pid: int) -> float:
    """Seconds of processor time that a process itself has used, none when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> int:
    """Megabytes that a process and those it started hold, what they share counted once."""
    kilobytes = 0
    for each in family(pid):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes // 1024


class Peak(threading.Thread):
    """Watches the memory of a process and those it starts until it is stopped; ``megabytes`` is the most."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._stopped = threading.Event()
        self.megabytes = 0

    def run(self) -> None:
        while not self._stopped.wait(0.5):
            self.megabytes = max(self.megabytes, resident(self._pid))

    def stop(self) -> int:
        self._stopped.set()
        self.join()
        return self.megabytes
