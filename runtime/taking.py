"""What is taken at a place where files are handed in."""

from collections.abc import Set
from dataclasses import dataclass

from common.content import USUAL


@dataclass(frozen=True, slots=True)
class Terms:
    """The component a file counts for ("": none), the question it answers ("": none), and what is taken there.

    `limit` is the largest size in bytes, `kinds` the media types.
    """

    component: str
    limit: int
    field: str = ""
    kinds: Set[str] = USUAL

    @property
    def where(self) -> str:
        """The place in a Problem."""
        return self.field or f"papers.{self.component}"
