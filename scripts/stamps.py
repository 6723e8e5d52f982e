"""A part that is done is not done again until what it was made from changes. Standard library only."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def stamped(stamp: Path, sources: Iterable[Path], *facts: str) -> Iterator[bool]:
    """Yields whether the part is done already; when the block ends well, it is."""
    digest = hashlib.sha256("\n".join(facts).encode())
    for path in sources:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    wanted = digest.hexdigest()
    done = stamp.exists() and stamp.read_text() == wanted
    yield done
    if not done:
        stamp.write_text(wanted)
