"""Files that arrive in pieces: what has come so far lies beside the store until it is whole.

How much of a file counts is said by whoever keeps the list of them (`offset`): bytes beyond it came with a request
that was never finished, and are written over.
"""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, BinaryIO

from werkzeug.exceptions import ClientDisconnected

PIECE = 64 * 1024
KEY = re.compile(r"[0-9a-f]{32}")


class PartialFiles:
    """The unfinished files of an installation, in one folder, each under a key of 32 hexadecimal digits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, key: str) -> Path:
        """Where the file is, or would be."""
        if not KEY.fullmatch(key):
            raise ValueError("a key is 32 hexadecimal digits")
        return self.folder / key

    def size(self, key: str) -> int:
        """How many bytes are on the disk; none when the file is not there, as after a restore."""
        path = self.path(key)
        return path.stat().st_size if path.exists() else 0

    def append(self, key: str, source: IO[bytes], *, offset: int, most: int) -> int:
        """Writes what comes at the offset, `most` bytes at the most; answers where the file now ends.

        A line that breaks in between loses nothing of what has come. It is on the disk for good before this answers.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(self.path(key), os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            file.truncate(offset)
            file.seek(offset)
            for piece in _pieces(source, most):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
            return file.tell()

    def open(self, key: str) -> BinaryIO:
        """The bytes that have come."""
        return self.path(key).open("rb")

    def remove(self, key: str) -> None:
        """Takes the file away, if it is there."""
        self.path(key).unlink(missing_ok=True)

    def older(self, before: datetime) -> tuple[str, ...]:
        """The keys of files to which nothing was added since."""
        found = self.folder.glob("*") if self.folder.exists() else ()
        return tuple(
            sorted(
                path.name
                for path in found
                if KEY.fullmatch(path.name) and datetime.fromtimestamp(path.stat().st_mtime, UTC) < before
            )
        )


def _pieces(source: IO[bytes], most: int) -> Iterator[bytes]:
    left = most
    while left > 0:
        try:
            piece = source.read(min(PIECE, left))
        except (OSError, ClientDisconnected):
            return  # The line broke.
        if not piece:
            return
        left -= len(piece)
        yield piece
