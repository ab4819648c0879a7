import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from indexer.engines.columnar.ranking import kth_largest


@given(hnp.arrays(np.int32, st.integers(1, 400)), st.data())
def test_the_bound_keeps_the_largest(values: np.ndarray, data: st.DataObject) -> None:
    k = data.draw(st.integers(1, len(values)))
    bound = kth_largest(values, k)
    assert np.count_nonzero(values >= bound) >= k
    assert bound <= np.sort(values)[-k]
