"""What the composition root hands to the commands, because `common` may not know the packages above it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from common.jobs import Periodic, Workshop
from common.problems import Finding
from common.text import Text


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A demo account, and what the person behind it may do."""

    login: str
    password: str
    may: Text


def _nothing(_workshop: Workshop) -> None:
    """Nothing has to be done."""


def _no_findings(_definition: Any) -> Sequence[Finding]:
    """Nobody here can play courses and print letters."""
    return ()


@dataclass(frozen=True, slots=True)
class Parts:
    """`prepare` fits out a database before anyone works with it. `load_library` brings the ready-made
    procedures, `load_demo` the demo data; both do no harm twice. `findings` says what is wrong with letters and
    courses of a definition that has no other errors.
    """

    prepare: Callable[[Workshop], None] = _nothing
    load_library: Callable[[Workshop], None] = _nothing
    load_demo: Callable[[Workshop], None] = _nothing
    demo_accounts: Callable[[], Sequence[DemoAccount]] = tuple
    findings: Callable[[Any], Sequence[Finding]] = _no_findings
    periodic: tuple[Periodic, ...] = ()
