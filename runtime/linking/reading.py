"""The parts of a dossier as its applicant and officials are told of them, and the dossier of which one is a part."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.actor import Actor
from common.identity.functions import unit_with
from common.identity.models import Unit
from common.text import Text
from procedure_library.checks.ways import onward
from procedure_library.compiled import Compiled
from procedure_library.definition import Definition, Duration, Step
from procedure_library.linking import Returns
from procedure_library.queries import definition_of, last_version
from runtime.access import visible_to
from runtime.engine.families import awaited
from runtime.engine.linked import Child
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.engine.tracks import Shown, shown
from runtime.models.dossiers import Dossier
from runtime.models.papers import Letter
from runtime.worlds import parties_of

# A part in one of these has something to do for its applicant.
TURN = ("awaiting_completion", "awaiting_supplement", "awaiting_payment")


@dataclass(frozen=True, slots=True)
class ToldPart:
    """One part. `dossier` None: not open yet; then `unit` is who would open it, "" when nobody has the function.

    `budget` is how long the dossier waits for it, `ended` how it ended, `is_late` that it has not although its limit
    has passed. `letters` are its results, with the `definition` that names them.
    """

    step: Text
    procedure: Text
    unit: Text
    returns: Returns
    budget: Duration | None
    dossier: Dossier | None = None
    shown: Shown | None = None
    ended: str = ""
    is_late: bool = False
    letters: tuple[Letter, ...] = ()
    definition: Definition | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """The dossier of which another is a part. `may_open`: whether who looks may see it too."""

    dossier: Dossier
    procedure: Text
    unit: Text
    may_open: bool


def parts_of(
    session: Session, dossier: Dossier, compiled: Compiled, state: State, at: datetime
) -> tuple[ToldPart, ...]:
    """The parts asked for, and those that may still be, in the order of the definition."""
    last = {child.step: child for child in state.children}
    return tuple(
        _part(session, step, last[step.key], part)
        if step.key in last
        else _planned(session, dossier, step, at)
        for step, part in _steps(session, dossier, compiled, state)
    )


def named_parts(
    session: Session, dossier: Dossier, compiled: Compiled, state: State
) -> tuple[tuple[Text, Dossier | None], ...]:
    """The same by name, each with its dossier, where it is open."""
    return tuple((step.name, part) for step, part in _steps(session, dossier, compiled, state))


def whole_of(session: Session, dossier: Dossier, actor: Actor) -> Whole | None:
    """None: the dossier stands by itself."""
    if dossier.parent_id is None:
        return None
    parent = session.get_one(Dossier, dossier.parent_id)
    seen = select(Dossier.id).where(Dossier.id == parent.id, visible_to(actor))
    may_open = session.scalars(seen).first() is not None
    name = definition_of(session, parent.version_id).definition.name
    return Whole(parent, name, _name(parent.unit), may_open)


def waiting_parts(session: Session, ids: Sequence[int]) -> Mapping[int, str]:
    """Of these dossiers the ones of which a part waits for its applicant, with the filing number of that part."""
    question = select(Dossier.parent_id, Dossier.filing_number).where(
        Dossier.parent_id.in_(ids), Dossier.status.in_(TURN)
    )
    rows = session.execute(question.order_by(Dossier.id.desc())).all() if ids else ()
    return {parent: number for parent, number in rows if parent is not None}


def has_late_part(state: State) -> bool:
    """Whether it waits for a part whose limit has passed."""
    return any(child.late_at for child in awaited(state))


def _steps(
    session: Session, dossier: Dossier, compiled: Compiled, state: State
) -> tuple[tuple[Step, Dossier | None], ...]:
    """The calls that were made or may still be, each with the dossier that was opened for it last."""
    calls = compiled.graph.of_kind("call")
    if not calls:
        return ()
    last = {child.step: child.number for child in state.children}
    found = session.scalars(select(Dossier).where(Dossier.parent_id == dossier.id))
    opened = {child.child_number: child for child in found}
    ahead = _ahead(compiled, state)
    return tuple(
        (step, opened.get(last.get(step.key))) for step in calls if step.key in last or step.key in ahead
    )


def _ahead(compiled: Compiled, state: State) -> set[str]:
    """The steps that may still come; before reception all, of a closed dossier none."""
    if state.is_closed or state.status == "decided":
        return set()
    waiting: Iterable[str] = state.marking.waiting if state.marking else compiled.graph.steps
    return onward(compiled.graph, waiting)


def _part(session: Session, step: Step, child: Child, dossier: Dossier | None) -> ToldPart:
    assert step.call is not None
    late = bool(child.late_at) and not child.ended
    if dossier is None:
        named = Text(step.call.procedure)
        return ToldPart(
            step.name, named, Text(""), step.call.returns, step.budget, ended=child.ended, is_late=late
        )
    law = definition_of(session, dossier.version_id)
    results = select(Letter).where(
        Letter.dossier_id == dossier.id, Letter.kind.in_(("result", "refusal_slip"))
    )
    return ToldPart(
        step.name,
        law.definition.name,
        _name(dossier.solving_unit),
        step.call.returns,
        step.budget,
        dossier,
        shown(law, from_plain(State, dossier.state)),
        child.ended,
        late,
        tuple(session.scalars(results.order_by(Letter.id))),
        law.definition,
    )


def _planned(session: Session, dossier: Dossier, step: Step, at: datetime) -> ToldPart:
    """A part that is not asked for yet: who would open it today."""
    assert step.call is not None
    version = last_version(session, step.call.procedure, local_date(at))
    receiving = session.get_one(Unit, parties_of(dossier).units["receiving"])
    unit = (
        unit_with(session, step.call.function, receiving, local_date(at)) if step.call.function else receiving
    )
    name = definition_of(session, version.id).definition.name if version else Text(step.call.procedure)
    where = _name(unit) if isinstance(unit, Unit) else Text("")
    return ToldPart(step.name, name, where, step.call.returns, step.budget)


def _name(unit: Unit) -> Text:
    return Text(unit.name_vi, unit.name_en)
