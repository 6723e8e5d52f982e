"""The disk of the database is really full for a while: a small one is laid under its folder, and filled."""

import errno
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

PIECE = b"\0" * 2**14


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """Inside the block the folder is a disk of that size; the system lets only root do so. 0: it stays what it is."""
    if not megabytes:
        yield
        return
    owner = folder.stat()
    options = f"size={megabytes}m,uid={owner.st_uid},gid={owner.st_gid},mode={owner.st_mode & 0o7777:o}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def keep_full(folder: Path, seconds: float) -> None:
    """Takes whatever room there is, and what is given back meanwhile; then gives all of it back."""
    ballast, end = folder / "ballast", monotonic() + seconds
    try:
        while monotonic() < end:
            _fill(ballast)
            sleep(0.05)
    finally:
        ballast.unlink()


def _fill(ballast: Path) -> None:
    try:
        with ballast.open("ab", buffering=0) as file:
            while True:
                file.write(PIECE)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
