"""Making many dossiers in one session: letters printed when somebody asks for them, reference data read once."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from runtime.letters.issue import UNPRINTED


@contextmanager
def in_bulk(session: Session) -> Iterator[None]:
    """No job prints the letters that are issued inside."""
    session.info[UNPRINTED] = True
    try:
        yield
    finally:
        del session.info[UNPRINTED]
