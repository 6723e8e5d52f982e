"""Two questions about history. Replay: do the events give what is stored? Verify: would we decide the same today?

Both change nothing. Replay evaluates no rule; verify asks today's engine again, with the law and the calendar
that each event names.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.models import Unit
from common.problems import Refusal
from procedure_library.queries import definition_judged_by
from procedure_library.rates import rates_of_rows
from procedure_library.reference import parameters_for, parameters_of_rows
from rules_dsl.evaluation import Reference
from runtime.assigned_areas import areas_then
from runtime.engine.advance import advance
from runtime.engine.context import Context, Past
from runtime.engine.fold import fold
from runtime.engine.plain import from_plain, to_plain
from runtime.engine.record import Record
from runtime.engine.state import State
from runtime.functions import functions_then
from runtime.models.applications import Application
from runtime.models.dossiers import Answers, Dossier, DossierEvent, Reason
from runtime.models.tasks import Task
from runtime.past import PAID_ON, last_payment
from runtime.reenact import NotReenacted, event_of
from runtime.worlds import acting_unit, areas_of, calendar_then, parties_of

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


def records_of(session: Session, dossier: Dossier) -> tuple[Record, ...]:
    """The history of the dossier, the oldest first."""
    question = (
        select(DossierEvent.record).where(DossierEvent.dossier_id == dossier.id).order_by(DossierEvent.number)
    )
    return tuple(from_plain(Record, body) for body in session.scalars(question))


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
            context = _context_then(session, dossier, state, number, record)
            reason = session.get(Reason, (dossier.id, number))
            again = advance(context, state, event_of(record, context, state, reason.text if reason else ""))
        except NotReenacted as why:
            yield Difference(name, number, record.act, None, str(why), CANNOT_VERIFY)
        else:
            decided = again.code if isinstance(again, Refusal) else to_plain(again.record)
            if decided != to_plain(record):
                yield Difference(name, number, record.act, to_plain(record), decided)
        state = fold(state, record)


def _context_then(session: Session, dossier: Dossier, state: State, number: int, record: Record) -> Context:
    """The world as the event saw it."""
    version = record.law.version if record.law else state.version
    places = record.law.places if record.law else state.places
    compiled = definition_judged_by(session, version, places)
    unit = _unit_then(session, dossier, state, record)
    return Context(
        compiled=compiled,
        version=version,
        digest=compiled.digest,
        reference=_reference_then(session, dossier, unit, record),
        answers=_answers_then(session, dossier, state, record),
        parties=parties_of(dossier),
        area=unit.area_code,
        case_type=dossier.case_type,
        channel=dossier.channel,
        past=Past(
            record.law.reduced_this_year if record.law else None,
            last_payment(session, dossier, before=number) if PAID_ON in compiled.reads else None,
        ),
        functions=functions_then(compiled, record),
        areas=areas_then(compiled, record),
    )


def _unit_then(session: Session, dossier: Dossier, state: State, record: Record) -> Unit:
    """Whose area the rules read: until reception that of the filing, or its successor by then."""
    if state.received_at is not None or record.act == "accept":
        return dossier.unit
    filed_at = select(Unit).join(Application, Application.unit_id == Unit.id)
    unit = session.scalars(filed_at.where(Application.dossier_id == dossier.id)).one()
    return acting_unit(session, unit, record.at)


def _reference_then(session: Session, dossier: Dossier, unit: Unit, record: Record) -> Reference:
    """Calendar, local amounts and rates by what the record names, whatever was decided or published since."""
    law = record.law
    if law is None:
        return Reference(None)
    received = unit.id == dossier.unit_id
    calendar = calendar_then(session, dossier.solving_unit if received else unit, law)
    rates = rates_of_rows(session, record.rates)
    if law.settings is None:
        areas = areas_of(session, unit)
        return Reference(calendar, parameters_for(session, dossier.procedure_key, areas), rates)
    return Reference(calendar, parameters_of_rows(session, law.settings), rates)


def _answers_then(session: Session, dossier: Dossier, state: State, record: Record) -> Mapping[str, Any]:
    ref = record.answers or state.answers
    assert ref is not None
    row = session.get_one(Answers, (dossier.id, ref.number))
    if row.body is None:
        raise NotReenacted("answers erased")
    return row.body


def _open_rows(session: Session, dossier: Dossier) -> list[Any]:
    question = (
        select(Task)
        .where(Task.dossier_id == dossier.id, Task.status.in_(("open", "claimed")))
        .order_by(Task.number)
    )
    return [_told(task) for task in session.scalars(question)]


def _told(task: Any) -> list[Any]:
    """What a task row and an open task of the state have in common."""
    return [task.number, task.step, task.role, task.claimed_by, to_plain(task.due_at)]
