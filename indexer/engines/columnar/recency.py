"""Raises what is new, gently, for whoever wants the news before the archive; off unless it is asked for."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from .columns import ColumnarColumns


def recency(columns: "ColumnarColumns", weight: float, half_life: float) -> NDArray[np.float32]:
    """Return what each document's score is multiplied by: 1 + ``weight`` on the index's newest day.

    What is above 1 halves with every ``half_life`` days of age; a document without a date keeps its score.
    """
    days = columns.date
    age = days.max(initial=0) - days
    factors = 1 + weight * np.exp2(-age / half_life)
    raised: NDArray[np.float32] = np.where(days > 0, factors, 1).astype(np.float32)
    return raised
