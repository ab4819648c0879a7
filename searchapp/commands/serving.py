"""Runs the web server: Flask's application behind waitress."""

import errno
import logging
import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from types import FrameType

import click
import msgspec
from waitress import create_server

from analyzers.errors import RasadError
from indexer.settings import Settings
from searchapp.app import create_app
from searchapp.commands.options import with_settings
from searchapp.library import Library


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
    library = Library(settings, prepared=True)
    if not watching:
        library.service()
    app = create_app(settings, library)
    try:
        server = create_server(
            app,
            host=web.host,
            port=web.port,
            threads=web.threads,
            ident="rasad",
            # The application refuses what is too large with a reason; this bounds what is received at all.
            max_request_body_size=2 * web.largest_post,
            trusted_proxy=web.proxy or None,
            trusted_proxy_headers={"x-forwarded-proto", "x-forwarded-host"} if web.proxy else set(),
            clear_untrusted_proxy_headers=True,
        )
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            advice = "stop the other server or choose another with --port"
            raise ServerError(f"port {web.port} of {web.host} is in use; {advice}") from None
        raise ServerError(f"cannot listen on {web.host}:{web.port}: {error.strerror or error}") from None
    # A request that waits for a thread is no event; waitress warns of each.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    signal.signal(signal.SIGTERM, _stop)
    click.echo(f"Rasad is at http://{web.host}:{server.effective_port} (Ctrl+C stops it)")
    try:
        with _followed(settings) if watching else nullcontext():
            server.run()
    except KeyboardInterrupt:
        server.close()
    finally:
        library.close()


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
