"""What the composition root hands to the commands, because `common` may not know the packages above it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from common.jobs import Periodic, Workshop
from common.text import Text


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A demo account, and what the person behind it may do."""

    login: str
    password: str
    may: Text


def _nothing(_workshop: Workshop) -> None:
    """Nothing has to be done."""


@dataclass(frozen=True, slots=True)
class Parts:
    """`prepare` fits out a database before anyone works with it. `load_library` brings the ready-made
    procedures, `load_demo` the demo data; both do no harm twice."""

    prepare: Callable[[Workshop], None] = _nothing
    load_library: Callable[[Workshop], None] = _nothing
    load_demo: Callable[[Workshop], None] = _nothing
    demo_accounts: Callable[[], Sequence[DemoAccount]] = tuple
    periodic: tuple[Periodic, ...] = ()
