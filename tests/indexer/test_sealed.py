from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sealed import BrokenSealError, replace, sealed, unsealed

KIND = b"rasad-test 1"


@given(st.binary(max_size=200))
def test_what_was_sealed_comes_back(body: bytes) -> None:
    assert unsealed(KIND, sealed(KIND, body)) == body


@given(st.binary(max_size=50), st.data())
def test_no_changed_byte_goes_unseen(body: bytes, data: st.DataObject) -> None:
    content = bytearray(sealed(KIND, body))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BrokenSealError):
        unsealed(KIND, bytes(content))


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"7\n", sealed(b"rasad-other 1", b"7"), sealed(KIND, b"7") + b"8"]
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenSealError):
        unsealed(KIND, content)


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "a"
    for content in (b"old", b"new"):
        replace(file, content)
        assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("a", content)]
