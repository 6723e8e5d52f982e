"""Two questions about history. Replay: do the events give what is stored? Verify: would we decide the same today?

Both change nothing. Replay evaluates no rule; verify asks today's engine again, with the law and the calendar
that each event names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.problems import Refusal
from runtime.engine.advance import advance
from runtime.engine.fold import fold
from runtime.engine.plain import to_plain
from runtime.engine.state import State
from runtime.models.dossiers import Dossier, Reason
from runtime.models.tasks import Task
from runtime.recalled import context_then, records_of
from runtime.reenact import NotReenacted, event_of

DIFFERS, CANNOT_VERIFY = "dossiers.differs", "dossiers.cannot_verify"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the history says. `event` None: it is about the stored state.

    `stored` and `expected` are JSON values. `code` names the sentence in messages.toml; only DIFFERS is wrong,
    what was erased lawfully just cannot be verified any more.
    """

    dossier: str
    event: int | None
    what: str
    stored: Any
    expected: Any
    code: str = DIFFERS


def replay(session: Session, dossier: Dossier) -> tuple[Difference, ...]:
    """What the stored state, its columns and the task rows say otherwise than the folded events."""
    state, count = State(), 0
    for record in records_of(session, dossier):
        state, count = fold(state, record), count + 1
    pairs = {
        "state": (dossier.state, to_plain(state)),
        "events": (dossier.events, count),
        "status": (dossier.status, state.status),
        "version": (dossier.version_id, state.version),
        "received_at": (to_plain(dossier.received_at), to_plain(state.received_at)),
        "due_at": (to_plain(dossier.due_at), to_plain(state.due.at if state.due else None)),
        "limit_at": (to_plain(dossier.limit_at), to_plain(state.next_limit_at)),
        "appointment_at": (to_plain(dossier.appointment_at), to_plain(state.appointment)),
        "open tasks": (_open_rows(session, dossier), [_told(task) for task in state.tasks]),
    }
    return tuple(
        Difference(dossier.code or dossier.filing_number, None, what, stored, expected)
        for what, (stored, expected) in pairs.items()
        if stored != expected
    )


def verify(session: Session, dossier: Dossier) -> tuple[Difference, ...]:
    """What today's code would record otherwise. Answers that were erased cannot be verified, and that is told."""
    return tuple(_verified(session, dossier))


def _verified(session: Session, dossier: Dossier) -> Iterator[Difference]:
    name = dossier.code or dossier.filing_number
    state = State()
    for number, record in enumerate(records_of(session, dossier), start=1):
        try:
            context = context_then(session, dossier, state, number, record)
            reason = session.get(Reason, (dossier.id, number))
            again = advance(context, state, event_of(record, context, state, reason.text if reason else ""))
        except NotReenacted as why:
            yield Difference(name, number, record.act, None, str(why), CANNOT_VERIFY)
        else:
            decided = again.code if isinstance(again, Refusal) else to_plain(again.record)
            if decided != to_plain(record):
                yield Difference(name, number, record.act, to_plain(record), decided)
        state = fold(state, record)


def _open_rows(session: Session, dossier: Dossier) -> list[Any]:
    question = (
        select(Task)
        .where(Task.dossier_id == dossier.id, Task.status.in_(("open", "claimed")))
        .order_by(Task.number)
    )
    return [_told(task) for task in session.scalars(question)]


def _told(task: Any) -> list[Any]:
    """What a task row and an open task of the state have in common."""
    return [task.number, task.step, task.role, task.claimed_by, to_plain(task.due_at), *_marks(task)]


def _marks(task: Any) -> tuple[Any, ...]:
    """What lists tell of it besides who has it."""
    return task.given_by, to_plain(task.escalated_at), task.escalated_by
