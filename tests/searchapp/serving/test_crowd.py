"""How many connections the processes of a server hold."""

import pytest

from searchapp.serving.crowd import Crowd


@pytest.mark.parametrize(
    ("held", "surplus"),
    [
        ({}, [0, 0, 0]),
        ({0: 0}, [0, 0, 0]),
        ({0: 7}, [0, 0, 0]),
        ({0: 3, 1: 3}, [0, 0, 0]),
        ({0: 3, 1: 5, 2: 4}, [0, 2, 1]),
        ({1: 8, 2: 0}, [0, 8, 0]),
    ],
)
def test_who_holds_more_than_another_process_knows_by_how_many(
    held: dict[int, int], surplus: list[int]
) -> None:
    crowd = Crowd(3)
    for place, connections in held.items():
        crowd.hold(place, connections)
    assert [crowd.surplus(place) for place in range(3)] == surplus


def test_who_has_left_keeps_nobody_waiting() -> None:
    crowd = Crowd(2)
    crowd.hold(0, 4)
    crowd.hold(1, 1)
    crowd.leave(1)
    assert crowd.surplus(0) == 0
