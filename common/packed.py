"""Word documents are archives: whether one is whole, and how large it would become, without unpacking it in memory.

Judged by the archive's own list first: it tells the size of every part, and a part that is larger than it says is
not read beyond that. So a few kilobytes that unpack to gigabytes cost nothing.
"""

import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from mmap import mmap
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

HEAD = b"PK\x03\x04"
PARTS_OF_WORD = {"[Content_Types].xml", "word/document.xml"}
# What zipfile raises of archives that are cut, locked or made to mislead.
BROKEN = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
MOST_PARTS = 5_000
MOST_UNPACKED = 100 * 1024 * 1024
PIECE = 64 * 1024


def is_whole_word(content: bytes | mmap) -> bool:
    """Whether it is a Word document to its end; one too large to be unpacked is taken at its word."""
    if content[: len(HEAD)] != HEAD:
        return False
    with suppress(*BROKEN), ZipFile(_file(content)) as archive:
        parts = archive.infolist()
        named = {part.filename for part in parts} >= PARTS_OF_WORD
        return named and (_too_large(parts) or all(_is_whole(archive, part) for part in parts))
    return False


def unpacks_too_large(content: bytes | mmap) -> bool:
    """Whether a Word document says of itself that it becomes larger than any office paper is."""
    with ZipFile(_file(content)) as archive:
        return _too_large(archive.infolist())


def _too_large(parts: list[ZipInfo]) -> bool:
    return len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED


def _is_whole(archive: ZipFile, part: ZipInfo) -> bool:
    """Read to its end, where its check sum is compared."""
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return False
    with archive.open(part) as unpacked:
        return sum(len(piece) for piece in _pieces(unpacked)) == part.file_size


def _pieces(unpacked: IO[bytes]) -> Iterator[bytes]:
    while piece := unpacked.read(PIECE):
        yield piece


def _file(content: bytes | mmap) -> IO[bytes]:
    return BytesIO(content) if isinstance(content, bytes) else _Mapped(content)  # type: ignore[return-value]


class _Mapped:
    """The part of a file's ways that `zipfile` asks for, over bytes that stay on the disk."""

    def __init__(self, content: mmap) -> None:
        self._content, self._place = content, 0

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, place: int, whence: int = 0) -> int:
        start = (0, self._place, len(self._content))[whence]
        if start + place < 0:
            raise ValueError("before the beginning")
        self._place = start + place
        return self._place

    def read(self, size: int | None = -1) -> bytes:
        end = len(self._content) if size is None or size < 0 else self._place + size
        piece = self._content[self._place : end]
        self._place += len(piece)
        return piece
