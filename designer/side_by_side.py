"""The steps of two definitions beside each other, in the order of both."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from designer.step_rows import StepRow, step_rows
from procedure_library.definition import Definition

Kind = Literal["same", "changed", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Beside:
    """A step before and after; None: there was, or is, none."""

    kind: Kind
    before: StepRow | None
    after: StepRow | None


def beside(before: Definition, after: Definition) -> tuple[Beside, ...]:
    """One row for each step; a step is the same one when it has the same key."""
    old = {row.step.key: row for row in step_rows(before)}
    new = {row.step.key: row for row in step_rows(after)}
    return tuple(_row(old.get(key), new.get(key)) for key in _merged(list(old), list(new)))


def _row(before: StepRow | None, after: StepRow | None) -> Beside:
    if before is None or after is None:
        return Beside("added" if before is None else "removed", before, after)
    return Beside("same" if before == after else "changed", before, after)


def _merged(old: list[str], new: list[str]) -> Iterator[str]:
    """Every key once: in the order of the new, what is gone where it stood."""
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "insert":
            yield from (key for key in old[i:j] if tag == "equal" or key not in new)
        if tag in ("insert", "replace"):
            yield from new[k:m]
