"""How the C library hands out memory to a server, where it can be told."""

import ctypes
import sys

# mallopt(3) of the GNU C library.
_M_ARENA_MAX = -8


def share_one_arena() -> None:
    """Keep every thread from having a heap of its own, which only spreads what is free.

    The threads of a process take turns, so they rarely wait for the one heap. Other C libraries have no such
    call.
    """
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)) is not None:
        mallopt(_M_ARENA_MAX, 1)
