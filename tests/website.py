"""A web site of the test's own on this computer, which does what each test needs."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Reply(NamedTuple):
    """What the site answers with."""

    body: bytes
    status: int
    headers: dict[str, str]


class Request(NamedTuple):
    """What the site was asked; names of headers are in small letters."""

    path: str
    headers: dict[str, str]


class Site:
    """Pages by path, each a reply or a function that writes one; ``requests`` are all that came."""

    def __init__(self) -> None:
        self.pages: dict[str, Reply | Callable[[BaseHTTPRequestHandler], None]] = {}
        self.requests: list[Request] = []
        self.closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def reply(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """Answer with this at a path; ``Content_Type`` stands for the header with a hyphen."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Reply(body, status, named)

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                site.requests.append(Request(self.path, headers))
                page = site.pages.get(self.path, Reply(b"", 404, {}))
                if not isinstance(page, Reply):
                    page(self)
                    return
                self.send_response(page.status)
                for name, value in page.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(page.body)))
                self.end_headers()
                self.wfile.write(page.body)

            def log_message(self, *arguments: object) -> None:
                pass

        return Handler
