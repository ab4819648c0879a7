"""Keeps articles that came over the network as files, so that a rebuild needs nothing but the disk.

An article is one ``.json`` file in the shape that :mod:`indexer.readers.json` reads, named after its id. The
folder is part of the corpus like any other; what is written here is indexed by the ordinary update.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from indexer.sealed import replace

_SHARD = 2


class Spool:
    """The articles below one folder, which is made when missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, article_id: str) -> Path:
        """Name the file that holds, or would hold, an article."""
        name = hashlib.blake2b(article_id.encode(), digest_size=16).hexdigest()
        return self.folder / name[:_SHARD] / f"{name}.json"

    def put(self, article_id: str, values: Mapping[str, object]) -> bool:
        """Keep an article, whole or not at all; tell whether its file changed."""
        path = self.path(article_id)
        content = msgspec.json.format(msgspec.json.encode({**values, "id": article_id}))
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(exist_ok=True)
        replace(path, content)
        return True

    def remove(self, article_id: str) -> bool:
        """Take an article's file away; tell whether there was one."""
        try:
            self.path(article_id).unlink()
        except FileNotFoundError:
            return False
        return True
