"""Files in pieces: what counts is what was noted, whatever else lies on the disk."""

from io import BytesIO
from pathlib import Path

import pytest

from common.partial import PartialFiles

KEY = "0123456789abcdef" * 2


class Breaking(BytesIO):
    """A line that breaks after what it holds."""

    def read(self, size: int | None = -1) -> bytes:
        piece = super().read(size)
        if not piece:
            raise ConnectionResetError
        return piece


@pytest.fixture
def partial(tmp_path: Path) -> PartialFiles:
    return PartialFiles(tmp_path / "partial")


def test_pieces_make_the_file(partial: PartialFiles) -> None:
    assert partial.size(KEY) == 0
    assert partial.append(KEY, BytesIO(b"one "), offset=0, most=100) == 4
    assert partial.append(KEY, BytesIO(b"two"), offset=4, most=100) == 7
    with partial.open(KEY) as whole:
        assert whole.read() == b"one two"
    partial.remove(KEY)
    partial.remove(KEY)
    assert partial.size(KEY) == 0


def test_what_was_never_noted_is_written_over(partial: PartialFiles) -> None:
    partial.append(KEY, BytesIO(b"one lost with its request"), offset=0, most=100)
    assert partial.append(KEY, BytesIO(b"two"), offset=4, most=100) == 7
    with partial.open(KEY) as whole:
        assert whole.read() == b"one two"


def test_a_line_that_breaks_loses_nothing_of_what_has_come(partial: PartialFiles) -> None:
    assert partial.append(KEY, Breaking(b"half"), offset=0, most=100) == 4


def test_more_than_was_announced_is_not_taken(partial: PartialFiles) -> None:
    assert partial.append(KEY, BytesIO(b"too much"), offset=0, most=3) == 3


def test_a_made_up_key_reaches_no_other_file(partial: PartialFiles) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        partial.open("../../secrets/secret_key")
