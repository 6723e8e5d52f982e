"""Making many dossiers in one session: letters printed together, reference data read once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from sqlalchemy.orm import Session

from runtime.letters.issue import PRESS, Sheet
from runtime.models.papers import Letter
from runtime.office import office_of
from runtime.worlds import REFERENCES


@contextmanager
def in_bulk(session: Session) -> Iterator[None]:
    """Letters issued inside are printed at its end; each waits for the disk, so threads pay on any machine."""
    waiting: list[tuple[Letter, Sheet]] = []
    session.info[REFERENCES] = {}
    session.info[PRESS] = lambda _session, letter, sheet: waiting.append((letter, sheet))
    try:
        yield
    finally:
        del session.info[PRESS], session.info[REFERENCES]
    files = office_of(session).files
    with ThreadPoolExecutor() as threads:
        printed = threads.map(lambda each: each[1].stored_in(files), waiting)
        for (letter, _), stored in zip(waiting, printed, strict=True):
            letter.digest, letter.size = stored.digest, stored.size
    session.flush()
