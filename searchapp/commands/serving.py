"""Runs the web server: a process for every processor, or one."""

import errno
import multiprocessing
import signal
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from types import FrameType

import click
import msgspec

from analyzers.errors import RasadError
from indexer.generations import Generations
from indexer.settings import Settings, WebSettings
from searchapp.commands.options import with_settings
from searchapp.serving.allocation import share_one_arena
from searchapp.serving.crowd import Crowd
from searchapp.serving.supervisor import Supervisor, process_count

_BACKLOG = 1024


class ServerError(RasadError):
    """A server that cannot start; the message says what to change."""


@click.command()
@click.option("--host", help="Address to listen on; [web] host by default.")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Port; [web] port by default, 0 for any free one."
)
@click.option("--watch", "watching", is_flag=True, help="Index again whenever the corpus changes.")
@with_settings
def serve(settings: Settings, *, host: str | None, port: int | None, watching: bool) -> None:
    """Serve the search pages and the API."""
    web = settings.web
    if host is not None:
        web = msgspec.structs.replace(web, host=host)
    if port is not None:
        web = msgspec.structs.replace(web, port=port)
    settings = msgspec.structs.replace(settings, web=web)
    share_one_arena()
    listener = _listener(web)
    if not watching:
        Generations(settings.index.path).existing()
    signal.signal(signal.SIGTERM, _stop)
    following = _followed(settings) if watching else nullcontext()
    with suppress(KeyboardInterrupt), listener, following:
        if (processes := process_count(web.processes)) > 1:
            with Supervisor(settings, listener, processes) as supervisor:
                supervisor.start(anyway=watching)
                _tell(listener, web)
                supervisor.run()
        else:
            _answer_alone(settings, listener, opened=not watching)


def _tell(listener: socket.socket, web: WebSettings) -> None:
    click.echo(f"Rasad is at http://{web.host}:{listener.getsockname()[1]} (Ctrl+C stops it)")


def _answer_alone(settings: Settings, listener: socket.socket, *, opened: bool) -> None:
    """Answer with this process, until a signal."""
    from searchapp.serving.server import Server  # noqa: PLC0415  (a supervisor is small without it)

    with closing(Server(settings, listener, Crowd(1), alone=True)) as server:
        if opened:
            server.open()
        _tell(listener, settings.web)
        worker = server.worker(0)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: worker.stop())
        worker.run()


def _listener(web: WebSettings) -> socket.socket:
    """Listen on the configured address. Raises :class:`ServerError`."""
    try:
        family, _, _, _, address = socket.getaddrinfo(
            web.host or None, web.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(address, family=family, backlog=_BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            advice = "stop the other server, or choose another with --port, [web] port or RASAD_WEB__PORT"
            raise ServerError(f"port {web.port} of {web.host} is in use; {advice}") from None
        raise ServerError(f"cannot listen on {web.host}:{web.port}: {error.strerror or error}") from None


@contextmanager
def _followed(settings: Settings) -> Iterator[None]:
    """Follow the corpus in a process of its own, so that indexing never keeps an answer waiting."""
    from searchapp.commands.watching import follow  # noqa: PLC0415  (who only serves need not load it)

    watcher = multiprocessing.get_context("spawn").Process(target=follow, args=(settings,), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        watcher.terminate()
        watcher.join()


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    """End on the signal a service manager sends just as on Ctrl+C."""
    raise KeyboardInterrupt
