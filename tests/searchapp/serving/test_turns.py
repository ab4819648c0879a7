import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from searchapp.serving.turns import Turns

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PATIENCE = 60.0


class Site:
    """An application that says which requests it has begun, and answers when it may."""

    def __init__(self) -> None:
        self.begun = {path: threading.Event() for path in ("/first", "/second")}
        self.may_end = threading.Event()

    def __call__(self, environ: "WSGIEnvironment", _start: "StartResponse") -> Iterable[bytes]:
        self.begun[environ["PATH_INFO"]].set()
        if environ["PATH_INFO"] == "/first":
            assert self.may_end.wait(PATIENCE)
        return [b"done"]


def ask(turns: Turns, path: str, method: str = "GET") -> threading.Thread:
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path}
    thread = threading.Thread(target=turns, args=(environ, None))
    thread.start()
    return thread


def test_a_request_waits_until_the_one_before_is_answered() -> None:
    site = Site()
    turns = Turns(site, patience=PATIENCE)
    first = ask(turns, "/first")
    assert site.begun["/first"].wait(PATIENCE)
    second = ask(turns, "/second")
    assert not site.begun["/second"].wait(0.05)
    site.may_end.set()
    assert site.begun["/second"].wait(PATIENCE)
    first.join()
    second.join()


def test_nobody_waits_for_a_slow_answer_beyond_a_moment() -> None:
    site = Site()
    turns = Turns(site, patience=0.01)
    first = ask(turns, "/first")
    assert site.begun["/first"].wait(PATIENCE)
    ask(turns, "/second").join(PATIENCE)
    assert site.begun["/second"].is_set()
    site.may_end.set()
    first.join()


def test_what_writes_takes_no_turn() -> None:
    site = Site()
    turns = Turns(site, patience=PATIENCE)
    first = ask(turns, "/first", "POST")
    assert site.begun["/first"].wait(PATIENCE)
    ask(turns, "/second").join(PATIENCE)
    assert site.begun["/second"].is_set()
    site.may_end.set()
    first.join()


def test_an_answer_that_fails_leaves_the_turn_to_the_next() -> None:
    def failing(_environ: "WSGIEnvironment", _start: "StartResponse") -> Iterable[bytes]:
        raise OSError

    turns = Turns(failing, patience=PATIENCE)
    for _ in range(2):
        try:
            turns({"REQUEST_METHOD": "GET"}, None)  # type: ignore[arg-type]
        except OSError:
            continue
        raise AssertionError


def test_turns_go_by_who_came_first() -> None:
    order: list[str] = []
    holding, may_end = threading.Event(), threading.Event()

    def answer(environ: "WSGIEnvironment", _start: "StartResponse") -> Iterable[bytes]:
        order.append(environ["PATH_INFO"])
        if environ["PATH_INFO"] == "/0":
            holding.set()
            assert may_end.wait(PATIENCE)
        return []

    turns = Turns(answer, patience=PATIENCE)
    threads = [ask(turns, "/0")]
    assert holding.wait(PATIENCE)
    for place in range(1, 5):
        threads.append(ask(turns, f"/{place}"))
        ends = time.monotonic() + PATIENCE
        while len(turns._line._waiting) < place:
            assert time.monotonic() < ends
            time.sleep(0.001)  # one that begins to wait is no event to others
    may_end.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert order == ["/0", "/1", "/2", "/3", "/4"]
