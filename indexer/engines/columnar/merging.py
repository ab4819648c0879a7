"""Makes one segment of several by joining their arrays, and says when that is worth it.

Segments are merged in tiers of size, as log-structured stores do: six neighbours of a tier become one of
the next. A document is rewritten about once a tier, so one added article costs little and the number of
segments stays near the logarithm of the corpus. No merge makes a segment of more than 65,536 documents,
which keeps document numbers at 16 bits and the memory of a merge bounded.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from .building import SegmentParts
from .contents import SegmentContents
from .format import AnyArray
from .inversion import merge_inverted
from .segment import ColumnarSegment
from .stored import StoredRecords, StoredWriter

LARGEST = 65_536
_FACTOR = 6
_SMALLEST_TIER = 256
# A segment of which more than a quarter is deleted is written anew.
_DELETED_SHARE = 4

Deleted = npt.NDArray[np.bool_] | None


def plan_merges(segments: Sequence[ColumnarSegment]) -> list[tuple[int, int]]:
    """Choose which neighbouring segments to merge: [first, last) ranges that do not overlap, in order.

    The smallest tier with enough segments comes first; larger ones follow when it has been merged.
    """
    sizes = [segment.doc_count() for segment in segments]
    tiers = [_tier(size) for size in sizes]
    for tier in range(max(tiers, default=-1) + 1):
        if merges := [run for run in _runs(sizes, tiers, tier) if _worthwhile(sizes, run)]:
            return merges
    wasteful = [s.deleted_count() * _DELETED_SHARE > s.doc_count_all() for s in segments]
    return [(at, at + 1) for at, waste in enumerate(wasteful) if waste]


def plan_settling(segments: Sequence[ColumnarSegment]) -> list[tuple[int, int]]:
    """Choose which neighbours to merge, as :func:`plan_merges` does, so that as few are left as can be."""
    sizes = [segment.doc_count() for segment in segments]
    return [(first, last) for first, last in _runs(sizes, [0] * len(sizes), 0) if last - first > 1]


def merge(sources: Sequence[tuple[SegmentContents, Deleted]], column_names: Sequence[str]) -> SegmentParts:
    """Join segments in their order, leaving deleted documents out.

    Streams of stored records have one record a document; the stream "articles" and the signatures have one
    for every document whose column "number" is 1, and a fact is kept when any segment has it.
    """
    renumbered, count = _renumber(sources)
    names = sorted({name for contents, _ in sources for name in contents.field_names})
    fields = {}
    for name in names:
        held = [(contents.field(name), new) for (contents, _), new in zip(sources, renumbered, strict=True)]
        known = [(field, new) for field, new in held if field is not None]
        positional = any(field.has_positions for field, _ in known)
        inverted = [field.inverted() for field, _ in known]
        fields[name] = merge_inverted(inverted, [new for _, new in known], positional=positional)
    with_lengths = [name for name in names if any(contents.has_lengths(name) for contents, _ in sources)]
    return SegmentParts(
        document_count=count,
        fields=fields,
        lengths={name: _joined(sources, lambda c, name=name: c.lengths(name)) for name in with_lengths},
        columns={name: _joined(sources, lambda c, name=name: c.column(name)) for name in column_names},
        signatures=_merge_signatures(sources),
        stored={"stored": _merge_stored(sources), "articles": _merge_articles(sources)},
        facts=_merge_facts(sources),
    )


def _tier(size: int) -> int:
    tier, bound = 0, _SMALLEST_TIER
    while size >= bound:
        tier, bound = tier + 1, bound * _FACTOR
    return tier


def _runs(sizes: Sequence[int], tiers: Sequence[int], highest: int) -> Iterator[tuple[int, int]]:
    """Yield the longest ranges of neighbours up to a tier that together make one segment."""
    first = 0
    while first < len(sizes):
        last, total = first, 0
        while last < len(sizes) and tiers[last] <= highest and total + sizes[last] <= LARGEST:
            total += sizes[last]
            last += 1
        if last > first:
            yield first, last
        first = max(last, first + 1)


def _worthwhile(sizes: Sequence[int], run: tuple[int, int]) -> bool:
    """Whether a range has enough segments for a merge, or can grow no more and nearly fills one."""
    first, last = run
    total = sum(sizes[first:last])
    full = last < len(sizes) and total + sizes[last] > LARGEST and total * 4 >= LARGEST * 3
    return last - first >= _FACTOR or (last - first > 1 and full)


def _renumber(
    sources: Sequence[tuple[SegmentContents, Deleted]],
) -> tuple[list[npt.NDArray[np.int64]], int]:
    renumbered, base = [], 0
    for contents, deleted in sources:
        live = np.ones(contents.document_count, np.bool_) if deleted is None else ~deleted
        renumbered.append(np.where(live, np.cumsum(live) - 1 + base, -1))
        base += int(np.count_nonzero(live))
    return renumbered, base


def _joined(sources: Sequence[tuple[SegmentContents, Deleted]], read: Any) -> AnyArray:
    arrays = [
        read(contents) if deleted is None else read(contents)[~deleted] for contents, deleted in sources
    ]
    return np.concatenate(arrays)


def _merge_stored(sources: Sequence[tuple[SegmentContents, Deleted]]) -> StoredWriter:
    writer = StoredWriter()
    for contents, deleted in sources:
        _copy(contents.stored, None if deleted is None else ~deleted, writer)
    return writer


def _merge_articles(sources: Sequence[tuple[SegmentContents, Deleted]]) -> StoredWriter:
    writer = StoredWriter()
    for contents, deleted in sources:
        _copy(contents.articles, _kept_articles(contents, deleted), writer)
    return writer


def _merge_signatures(sources: Sequence[tuple[SegmentContents, Deleted]]) -> AnyArray:
    rows = []
    for contents, deleted in sources:
        kept = _kept_articles(contents, deleted)
        rows.append(contents.signatures if kept is None else contents.signatures[kept])
    return np.concatenate(rows).reshape(-1)


def _kept_articles(contents: SegmentContents, deleted: Deleted) -> npt.NDArray[np.bool_] | None:
    """Which articles are not deleted, ``None`` when none is."""
    return None if deleted is None else ~deleted[contents.column("number") == 1]


def _copy(records: StoredRecords, kept: npt.NDArray[np.bool_] | None, writer: StoredWriter) -> None:
    """Copy records; whole blocks as they are, unless a block is small or has lost records."""
    firsts = records.first_records.tolist()
    for block in range(records.block_count):
        keeping = None if kept is None else kept[firsts[block] : firsts[block + 1]]
        if (keeping is None or keeping.all()) and records.is_full(block):
            writer.add_block(*records.block(block))
        else:
            for at, line in enumerate(records.block_lines(block)):
                if keeping is None or keeping[at]:
                    writer.add_line(line)


def _merge_facts(sources: Sequence[tuple[SegmentContents, Deleted]]) -> Mapping[str, Mapping[str, Any]]:
    facts: dict[str, dict[str, Any]] = {}
    for contents, _ in sources:
        for name in contents.fact_names:
            for key, value in contents.facts(name).items():
                facts.setdefault(name, {}).setdefault(key, value)
    return facts
