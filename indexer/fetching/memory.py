"""What is remembered of a feed from one run to the next, so that a site is asked for nothing twice."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from indexer.fetching.client import Fetched
from indexer.sealed import replace

# Many times what any feed holds: what left a feed that long ago will not come back.
_MOST_ENTRIES = 5_000


class Validators(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a site called the version of a resource that was fetched, in its own words."""

    etag: str = ""
    modified: str = ""

    @classmethod
    def of(cls, found: Fetched) -> "Validators":
        """Keep what an answer says of its version."""
        return cls(found.headers.get("etag", ""), found.headers.get("last-modified", ""))

    @property
    def headers(self) -> Mapping[str, str]:
        """Request headers that ask for the resource only if it is another by now."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in named.items() if value}


class KnownEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """An entry that is done with: when it says it was changed last, and the version of its page."""

    changed: str = ""
    page: Validators = Validators()


class FeedMemory(msgspec.Struct, omit_defaults=True):
    """One feed: its version, and its entries by address."""

    url: str
    version: Validators = Validators()
    entries: dict[str, KnownEntry] = {}

    @classmethod
    def load(cls, folder: Path, url: str) -> "FeedMemory":
        """Read what is remembered; a file that cannot be read is the same as none."""
        try:
            return msgspec.json.decode(_file(folder, url).read_bytes(), type=cls)
        except (OSError, msgspec.MsgspecError):
            return cls(url)

    def remember(self, url: str, entry: KnownEntry) -> None:
        """Take an entry for done with; those that were met longest ago are forgotten at last."""
        self.entries.pop(url, None)
        self.entries[url] = entry
        if len(self.entries) > _MOST_ENTRIES:
            del self.entries[next(iter(self.entries))]

    def save(self, folder: Path) -> None:
        """Remember it."""
        folder.mkdir(exist_ok=True)
        replace(_file(folder, self.url), msgspec.json.encode(self))


def _file(folder: Path, url: str) -> Path:
    return folder / f"{hashlib.blake2b(url.encode(), digest_size=16).hexdigest()}.json"
