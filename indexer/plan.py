"""Tells what an index lacks of its corpus, by content hashes alone, before anything is analysed."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from indexer.article import Article
from indexer.engine import ManifestEntry
from indexer.readers import ReadProblem


class Plan(NamedTuple):
    """What must be done, as sets of article ids.

    ``moved`` maps the id under which a moved article is indexed to the one it has now: the same where the
    article names its id, another where that comes from its place. ``dropped`` are the ids to delete: what is
    gone, and what moved to another id. ``files`` counts those that an article was read from.
    """

    new: frozenset[str]
    changed: frozenset[str]
    moved: Mapping[str, str]
    gone: frozenset[str]
    unchanged: int
    problems: tuple[ReadProblem, ...]
    files: int

    @property
    def written(self) -> frozenset[str]:
        """The ids that must be analysed and written."""
        return self.new | self.changed | frozenset(self.moved.values())

    @property
    def dropped(self) -> frozenset[str]:
        """The ids that must be deleted."""
        return self.gone | frozenset(old for old, new in self.moved.items() if old != new)


def plan(
    found: Iterable[Article | ReadProblem],
    manifest: Mapping[str, ManifestEntry],
    covers: Callable[[str], bool],
    progress: Callable[[int], None],
) -> Plan:
    """Compare a corpus with what is indexed of it.

    Only an article whose file ``covers`` accepts can be gone, and none whose file or folder could not be
    read: what is unreadable today stays searchable as it was. ``progress`` is told how many were read.
    Where nothing is indexed nothing can have moved, and no article is hashed.
    """
    new: dict[str, str] = {}
    changed, seen, unreadable = set(), set(), set()
    moved: dict[str, str] = {}
    problems, files = [], set()
    for each in found:
        if isinstance(each, ReadProblem):
            problems.append(each)
            if each.kind == "failed":
                unreadable.add(each.path)
            continue
        seen.add(each.id)
        files.add(each.path)
        progress(len(seen))
        known = manifest.get(each.id)
        if known is None:
            new[each.id] = each.content_hash if manifest else ""
        elif known.content_hash != each.content_hash:
            changed.add(each.id)
        elif known.path != each.path:
            moved[each.id] = each.id
    gone = {
        id_: entry.content_hash
        for id_, entry in manifest.items()
        if id_ not in seen
        and covers(entry.path)
        and unreadable.isdisjoint([entry.path, *map(str, Path(entry.path).parents)])
    }
    arrived = {content_hash: id_ for id_, content_hash in new.items()}
    for old, content_hash in gone.items():
        if content_hash in arrived:
            moved[old] = arrived.pop(content_hash)
    return Plan(
        new=frozenset(new.keys() - moved.values()),
        changed=frozenset(changed),
        moved=moved,
        gone=frozenset(gone.keys() - moved.keys()),
        unchanged=len(seen) - len(new) - len(changed) - sum(old == now for old, now in moved.items()),
        problems=tuple(problems),
        files=len(files),
    )
