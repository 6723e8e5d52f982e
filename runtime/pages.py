"""A page of a list that is read on from where the last one ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class After:
    """The last row of the page before: what it was sorted by, and its id."""

    at: datetime
    id: int

    def __str__(self) -> str:
        """As part of an address; `read` understands it."""
        return f"{self.at.isoformat()}~{self.id}"

    @classmethod
    def read(cls, text: str) -> "After | None":
        """The place that an address names; None when it names none, or nonsense."""
        at, _, number = text.partition("~")
        try:
            moment = datetime.fromisoformat(at)
            return cls(moment, int(number)) if moment.tzinfo else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """`after` asks for the next page; None: this was the last."""

    rows: tuple[Row, ...]
    after: After | None
