"""Undo and redo of one file of a draft: going back and forth among the states it was saved in.

The history only grows: going back is one more save, of what stood there before. So where somebody stands among
the states is read from the history itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from designer.draft_history import history_of
from designer.models import Draft, DraftSave

# Further back one goes on the page of the history.
STEPS = 60


@dataclass(frozen=True, slots=True)
class Steps:
    """What going back and what going forth would bring; None: nothing in that direction."""

    back: DraftSave | None = None
    forth: DraftSave | None = None


def steps_of(session: Session, draft: Draft, path: str) -> Steps:
    """Where the file stands among its last states."""
    return steps_in(history_of(session, draft, path=path, limit=STEPS)[::-1])


def steps_in(saves: Sequence[DraftSave]) -> Steps:
    """The same of its saves, the first one first. A save of what stood just before was a step back, one of what
    was just left a step forth; any other begins anew from there."""
    states: list[DraftSave] = []
    here = -1
    for save in saves:
        if here > 0 and save.content == states[here - 1].content:
            here -= 1
        elif here + 1 < len(states) and save.content == states[here + 1].content:
            here += 1
        else:
            states = [*states[: here + 1], save]
            here += 1
    back = states[here - 1] if here > 0 else None
    return Steps(back, states[here + 1] if here + 1 < len(states) else None)
