"""Keeps what words score between questions, small: most questions share their words with others."""

from collections.abc import Hashable

import numpy as np

from .caching import ArrayCache
from .evaluation.matches import Matches

# Matches in more than one document of three are kept as scores over all: adding those is a plain sum.
# From one of eight on, that took a third more room (24 MB, not 18, for 189 headlines) and saved nothing.
_DENSE_SHARE = 3


class WeighedWords:
    """Keeps matches among a number of documents, up to a number of bytes.

    Listed ones take six bytes each, as a segment has at most 65,536 documents.
    """

    def __init__(self, capacity: int) -> None:
        self._kept = ArrayCache(capacity)

    def found(self, key: Hashable, size: int) -> Matches | None:
        """What was kept under a key, of matches among ``size`` documents."""
        if (kept := self._kept.get(key)) is None:
            return None
        if len(kept) == 1:
            return Matches.spread(kept[0])
        return Matches.listed(size, kept[0].astype(np.intp), kept[1], positive=True)

    def keep(self, key: Hashable, matches: Matches) -> Matches:
        """Keep matches that all score above 0, and give them in the form they are kept in."""
        if not matches.positive:
            return matches
        size = matches.size
        if matches.is_listed and len(matches.documents) * _DENSE_SHARE <= size:
            documents, scores = matches.documents, matches.scores
        else:
            over_all, mask = matches.spread_scores, matches.mask
            if np.count_nonzero(mask) * _DENSE_SHARE > size:
                self._kept.keep(key, over_all)
                return Matches.spread(over_all)
            documents = mask.nonzero()[0]
            scores = over_all[documents]
        self._kept.keep(key, documents.astype(np.min_scalar_type(size - 1)), scores)
        return Matches.listed(size, documents, scores, positive=True)
