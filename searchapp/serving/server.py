"""The application over the newest state of an index, which is forked into the workers that answer with it."""

import socket

from indexer.generations import NoIndexError
from indexer.settings import Settings
from searchapp.app import create_app
from searchapp.library import Library
from searchapp.serving.crowd import Crowd
from searchapp.serving.worker import Worker


class Server:
    """Makes workers for one listening socket; those in its forks share what is open by then.

    ``crowd`` and ``counts`` are what they have in common with other groups
    (:class:`searchapp.serving.counts.SharedCounts`). A server that is ``alone`` reads ahead aside, once it
    answers.
    """

    def __init__(
        self,
        settings: Settings,
        listener: socket.socket,
        crowd: Crowd,
        counts: int | None = None,
        *,
        alone: bool = False,
    ) -> None:
        self._web = settings.web
        self._listener = listener
        self._crowd = crowd
        self._library = Library(settings, prepared=alone)
        self._app = create_app(settings, self._library, crowd.places, counts)

    def open(self) -> tuple[int, int] | None:
        """Open the index and name its state, a generation and a revision of it; None when there is no index.

        Raises :class:`indexer.engine.IndexProblemError`.
        """
        try:
            return self._library.generation, self._library.service().engine.revision()
        except NoIndexError:
            return None

    def prepare(self) -> None:
        """Read ahead what questions will need, and compile the pages. Raises what opening raises."""
        templates = self._app.jinja_env
        for name in templates.list_templates():
            templates.get_template(name)
        self._library.prepare()

    def worker(self, place: int) -> Worker:
        """Make a worker for this process, at a place that no other living one has."""
        self._app.extensions["rasad"].place = place
        return Worker(self._app, self._listener, self._web, self._crowd, place)

    def close(self) -> None:
        """Let go of the index."""
        self._library.close()
