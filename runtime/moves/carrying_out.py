"""A preview carried out, and undone: by jobs, some dossiers at a time, each by an event of its own.

Moved is exactly what was previewed: a dossier to which anything has happened since, or of which the preview would
say something else today, is left out and told. Orders are given once; a second click says who gave the first.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from common import audit
from common.clock import local_date
from common.db import locked
from common.identity.actor import Actor
from common.identity.models import Account
from common.jobs import Work, defer, job
from common.problems import Refusal
from procedure_library.life.queries import withdrawals
from runtime.acts import act, happen
from runtime.engine.events import Move as MoveEvent
from runtime.engine.events import UndoMove
from runtime.engine.parts import instant, no_reason
from runtime.engine.plain import from_plain, to_plain
from runtime.happening import Said
from runtime.holding import hold
from runtime.models.dossiers import Dossier
from runtime.models.moves import Move, MoveLine
from runtime.models.tasks import Task
from runtime.moves.asking import orderer
from runtime.moves.asking_applicant import ask_applicant
from runtime.moves.told import Told, tell

AT_ONCE = 50
CHANGED, DIFFERS = "dossiers.move.changed_since", "dossiers.move.differs_now"


def order(session: Session, move: Move, *, basis: str, by: Actor, at: datetime) -> Move | Refusal:
    """What was previewed is to be moved, on this basis."""
    locked(session, move)
    refusal = _not_led(move, by) or no_reason(basis)
    if refusal is not None:
        return refusal
    if move.status != "previewed":
        return _not_now(session, move)
    if refusal := _not_in_force(session, move, at):
        return refusal
    move.status, move.basis, move.ordered_by, move.ordered_at = "moving", basis.strip(), by.account_id, at
    audit.record(session, "move.ordered", by=by, at=at, kind="move", key=str(move.id))
    defer(session, carry_out, move_id=move.id)
    return move


def order_undoing(
    session: Session, move: Move, *, reason: str, only: int | None = None, by: Actor, at: datetime
) -> Move | Refusal:
    """What was moved is to go back, wherever nothing has happened since; `only`: this one dossier."""
    locked(session, move)
    refusal = _not_led(move, by) or no_reason(reason)
    if refusal is not None:
        return refusal
    if move.status != "moved":
        return _not_now(session, move)
    ours = update(MoveLine).where(MoveLine.move_id == move.id, MoveLine.outcome == "moved")
    if only is not None:
        ours = ours.where(MoveLine.dossier_id == only)
    if not session.execute(ours.values(outcome="undoing").returning(MoveLine.dossier_id)).all():
        return Refusal("dossiers.move.nothing_to_undo")
    move.status, move.undo_reason, move.undone_by, move.undone_at = (
        "undoing",
        reason.strip(),
        by.account_id,
        at,
    )
    audit.record(session, "move.undoing_ordered", by=by, at=at, kind="move", key=str(move.id))
    defer(session, take_back, move_id=move.id)
    return move


@job("moves.carry_out")
def carry_out(work: Work, *, move_id: int) -> None:
    """Moves some dossiers more; asks for itself again until none is left."""
    if move_further(work, move_id):
        defer(work.session, carry_out, move_id=move_id)


@job("moves.take_back")
def take_back(work: Work, *, move_id: int) -> None:
    """Takes some dossiers more back; asks for itself again until none is left."""
    if undo_further(work, move_id):
        defer(work.session, take_back, move_id=move_id)


def move_further(work: Work, move_id: int) -> bool:
    """Whether there are more to move. What was moved is not waiting any more: doing it again moves nothing twice."""
    move = locked(work.session, work.session.get_one(Move, move_id))
    if move.status != "moving" or move.ordered_by is None:
        return False
    by = orderer(work.session, move.ordered_by, work.at)
    lines = _next(work.session, move, "waiting")
    for line in lines:
        _move(work.session, move, line, by, work.at)
    if len(lines) < AT_ONCE:
        move.status = "moved"
    return move.status == "moving"


def undo_further(work: Work, move_id: int) -> bool:
    """Whether there are more to take back."""
    move = locked(work.session, work.session.get_one(Move, move_id))
    if move.status != "undoing" or move.undone_by is None:
        return False
    by = orderer(work.session, move.undone_by, work.at)
    lines = _next(work.session, move, "undoing")
    for line in lines:
        _undo(work.session, move, line, by, work.at)
    if len(lines) < AT_ONCE:
        work.session.flush()
        move.status = "moved" if _has(work.session, move, "moved") else "undone"
    return move.status == "undoing"


def _move(session: Session, move: Move, line: MoveLine, by: Actor, at: datetime) -> None:
    dossier = locked(session, line.dossier)
    why = _changed(session, move, line, dossier, by, at)
    if not why:
        event = MoveEvent(by=by, at=at, basis=move.basis, steps=move.steps)
        why = _happens(session, move, line, dossier, event)
    line.outcome, line.why = ("left_out", why) if why else ("moved", "")
    line.event = None if why else dossier.events


def _happens(session: Session, move: Move, line: MoveLine, dossier: Dossier, event: MoveEvent) -> str:
    """The move, and the request that the preview spoke of: both or neither."""
    with session.begin_nested() as both:
        held, said = hold(session, dossier.id), Said(reason=move.basis)
        refusal = happen(session, held, event, said, version_id=move.to_version_id)
        if refusal is None and (told := from_plain(Told, line.told)).asks:
            refusal = ask_applicant(session, dossier, told.again, basis=move.basis, by=event.by, at=event.at)
        if refusal is not None:
            both.rollback()
        return refusal.code if refusal else ""


def _changed(session: Session, move: Move, line: MoveLine, dossier: Dossier, by: Actor, at: datetime) -> str:
    """Why the dossier is not what was previewed; "" when it is."""
    if dossier.events != line.events:
        return CHANGED
    told = tell(session, move, dossier, by, at)
    return "" if to_plain(told) == line.told else told.why or DIFFERS


def _undo(session: Session, move: Move, line: MoveLine, by: Actor, at: datetime) -> None:
    dossier = locked(session, line.dossier)
    if dossier.events != line.event:
        line.outcome, line.why = "stays", CHANGED
        return
    done = act(
        session, dossier, UndoMove(by=by, at=at, reason=move.undo_reason), Said(reason=move.undo_reason)
    )
    if isinstance(done, Refusal):
        line.outcome, line.why = "stays", done.code
        return
    _open_again(session, dossier)
    line.outcome, line.why = "undone", ""


def _open_again(session: Session, dossier: Dossier) -> None:
    """What was cancelled by the move is work again, and was never done."""
    numbers = [task["number"] for task in dossier.state.get("tasks", ())]
    ours = update(Task).where(Task.dossier_id == dossier.id, Task.number.in_(numbers))
    session.execute(ours.values(done_at=None, done_by=None, outcome=""))


def _next(session: Session, move: Move, outcome: str) -> Sequence[MoveLine]:
    question = select(MoveLine).where(MoveLine.move_id == move.id, MoveLine.outcome == outcome)
    return session.scalars(question.order_by(MoveLine.dossier_id).limit(AT_ONCE)).all()


def _has(session: Session, move: Move, outcome: str) -> bool:
    question = select(MoveLine.dossier_id).where(MoveLine.move_id == move.id, MoveLine.outcome == outcome)
    return session.scalars(question.limit(1)).first() is not None


def _not_led(move: Move, by: Actor) -> Refusal | None:
    """All units of the batch are led by who acts; the engine asks the same for each dossier."""
    return None if set(move.units) <= by.units("leader") else Refusal("dossiers.not_yours")


def _not_now(session: Session, move: Move) -> Refusal:
    """Somebody was first, or the preview is not ready."""
    if move.undone_by is not None:
        return _done(session, move.undone_by, move.undone_at)
    if move.ordered_by is not None:
        return _done(session, move.ordered_by, move.ordered_at)
    return Refusal("dossiers.move.not_previewed")


def _not_in_force(session: Session, move: Move, at: datetime) -> Refusal | None:
    """A version that is still to come, or was withdrawn, is nobody's law yet."""
    version, on = move.version, local_date(at)
    if version.effective_from > on or version.id in withdrawals(session, (version.id,)):
        return Refusal("dossiers.move.not_in_force", {"version": version.number})
    return None


def _done(session: Session, account_id: int, at: datetime | None) -> Refusal:
    who = session.get_one(Account, account_id).full_name
    return Refusal("dossiers.already_done", {"who": who, "at": instant(at)})
