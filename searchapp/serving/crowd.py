"""Tells the processes of a server how many connections each holds, so that new ones go where fewest are.

Connections are kept open and asked again and again. Whichever process is awake first takes a new one, and
without this a single one may end up with all of them while the others have nothing to do.
"""

import mmap
from struct import calcsize

_NOBODY = -1


class Crowd:
    """A number for each of some places, shared by the processes that are forked once it is made.

    Each process writes at its own place alone, so none waits for another.
    """

    def __init__(self, places: int) -> None:
        self._connections = memoryview(mmap.mmap(-1, places * calcsize("i"))).cast("i")
        for place in range(places):
            self.leave(place)

    @property
    def places(self) -> int:
        """How many places there are."""
        return len(self._connections)

    def hold(self, place: int, connections: int) -> None:
        """Say how many connections the process at a place holds; it takes new ones from now on."""
        self._connections[place] = connections

    def leave(self, place: int) -> None:
        """Say that whoever was at a place takes no new connections."""
        self._connections[place] = _NOBODY

    def surplus(self, place: int) -> int:
        """Count the connections that a process holds beyond the process with the fewest; 0 where it is it.

        >>> crowd = Crowd(3)
        >>> crowd.hold(0, 5)
        >>> crowd.surplus(0)
        0
        >>> crowd.hold(2, 1)
        >>> crowd.surplus(0), crowd.surplus(2)
        (4, 0)
        """
        own = self._connections[place]
        return max(0, own - min((each for each in self._connections if each != _NOBODY), default=own))
