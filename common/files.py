"""Files by their content: the name of a file is the SHA-256 of its bytes, so it never changes.

A file is on the disk for good before its digest is committed anywhere; one whose transaction then failed is
an orphan, and `common.sweep` takes it away later. What a person calls the file is data for the database and
is never trusted here: only the bytes say what it is.
"""

import fcntl
import os
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from math import inf
from mmap import ACCESS_READ, mmap
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, BinaryIO

from common.content import DOCX, NAMES, USUAL, kind_of
from common.packed import unpacks_too_large
from common.partial import PartialFiles
from common.problems import Problem

CHUNK = 1024 * 1024
DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the store. `size` in bytes; `kind` as a media type, judged from the content."""

    digest: str
    size: int
    kind: str


class FileStore:
    """The files of an installation, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Where the file is, or would be."""
        if not DIGEST.fullmatch(digest):
            raise ValueError("a digest is 64 hexadecimal digits")
        return self.folder / digest[:2] / digest[2:]

    def open(self, digest: str) -> BinaryIO:
        """The bytes. Raises FileNotFoundError when the store does not hold them."""
        return self.path(digest).open("rb")

    def digests(self) -> Iterator[str]:
        """Every file held, in no order."""
        for path in self.folder.glob("[0-9a-f][0-9a-f]/*"):
            if DIGEST.fullmatch(digest := path.parent.name + path.name):
                yield digest

    @property
    def partial(self) -> PartialFiles:
        """Files of which only a part has come yet."""
        return PartialFiles(self.folder / "partial")

    def take_upload(
        self, source: IO[bytes], *, limit: int, where: str, kinds: Collection[str] = USUAL, promised: str = ""
    ) -> StoredFile | Problem:
        """Keeps what a person sent, or says why not.

        `limit` is the largest size in bytes, `kinds` the media types taken. `promised` is the digest that it must
        have, if one was told. `where` names the field in the Problem.
        """
        with self._incoming() as incoming:
            digest, size = _copied(source, incoming, limit)
            if size == 0:
                return Problem("files.empty", where)
            if size > limit:
                return Problem("files.too_large", where, {"megabytes": limit // CHUNK})
            if promised not in ("", digest):
                return Problem("files.changed_under_way", where)
            incoming.flush()
            with mmap(incoming.fileno(), 0, access=ACCESS_READ) as content:
                kind = kind_of(content)
                if kind is None or kind not in kinds:
                    return wrong_kind(kinds, where)
                if kind == DOCX and unpacks_too_large(content):
                    return Problem("files.unpacks_too_large", where)
            self._settle(incoming, digest)
        return StoredFile(digest, size, kind)

    def keep(self, content: bytes, kind: str) -> StoredFile:
        """Keeps bytes of our own making, such as a letter."""
        return StoredFile(self.keep_stream(BytesIO(content)), len(content), kind)

    def keep_stream(self, source: IO[bytes]) -> str:
        """Keeps bytes that are known to be good, and answers their digest."""
        with self._incoming() as incoming:
            digest, _ = _copied(source, incoming)
            self._settle(incoming, digest)
        return digest

    def remove_if_older(self, digest: str, before: datetime) -> bool:
        """Removes a file that nobody has sent since; True when it is gone."""
        path = self.path(digest)
        with self._lock(fcntl.LOCK_EX):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) >= before:
                return False
            path.unlink()
            return True

    @contextmanager
    def _incoming(self) -> Iterator[Any]:
        incoming = self.folder / "incoming"
        incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=incoming) as file:
            yield file

    @contextmanager
    def _lock(self, mode: int) -> Iterator[None]:
        """Keeps the sweep from removing a file in the moment when it is sent again."""
        with (self.folder / "lock").open("a") as lock:
            fcntl.flock(lock, mode)
            yield

    def _settle(self, incoming: Any, digest: str) -> None:
        incoming.flush()
        os.fsync(incoming.fileno())
        target = self.path(digest)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        with self._lock(fcntl.LOCK_SH):
            try:
                os.link(incoming.name, target)
            except FileExistsError:
                os.utime(target)
        for folder in (target.parent, self.folder):
            sync_folder(folder)


def wrong_kind(kinds: Collection[str], where: str) -> Problem:
    """It is not what is taken: "PDF, JPEG hay PNG"."""
    *first, last = (name for kind, name in NAMES.items() if kind in kinds)
    vietnamese, english = (
        f" {word} ".join((*((", ".join(first),) if first else ()), last)) for word in ("hay", "or")
    )
    return Problem("files.wrong_kind", where, {"kinds": vietnamese, "kinds_en": english})


def _copied(source: IO[bytes], target: Any, limit: float = inf) -> tuple[str, int]:
    """Digest and size; reading stops just past the limit."""
    digest, size = sha256(), 0
    while size <= limit and (chunk := source.read(CHUNK)):
        digest.update(chunk)
        size += len(chunk)
        target.write(chunk)
    return digest.hexdigest(), size


def sync_folder(folder: Path) -> None:
    """A new name in a folder survives a power cut only when the folder itself was written."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
