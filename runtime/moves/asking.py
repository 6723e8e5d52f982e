"""A preview asked for: which dossiers, to which version; worked out by a job, some at a time, and kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from common import audit
from common.clock import ZONE, local_date
from common.db import locked
from common.identity.accounts import actor_of
from common.identity.actor import Actor
from common.identity.models import Account
from common.jobs import Work, defer, job
from common.problems import Refusal
from procedure_library.models import Procedure, Version
from runtime.engine.plain import to_plain
from runtime.engine.status import POSSIBLE_IN
from runtime.models.dossiers import Dossier
from runtime.models.moves import Move, MoveLine
from runtime.moves.told import tell

AT_ONCE = 100
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dossiers: see `runtime.models.moves.Move`. `steps`: where to, from steps that the version lacks."""

    to: Version
    versions: Sequence[int]
    units: Collection[int]
    step: str = ""
    since: date | None = None
    until: date | None = None
    asks_again: bool = False


def ask(
    session: Session, wanted: Wanted, steps: Mapping[str, str] | None = None, *, by: Actor, at: datetime
) -> Move | Refusal:
    """A preview of moving these dossiers, of units that `by` leads; a job works it out."""
    led = by.units("leader")
    if by.account_id is None or not wanted.units or not set(wanted.units) <= led:
        return Refusal("dossiers.not_yours")
    if not _is_sound(session, wanted):
        return Refusal("dossiers.move.no_versions")
    move = Move(
        procedure_key=wanted.to.procedure.key,
        version=wanted.to,
        from_versions=sorted(wanted.versions),
        units=sorted(wanted.units),
        step=wanted.step,
        since=wanted.since,
        until=wanted.until,
        steps=dict(steps or {}),
        asks_again=wanted.asks_again,
        status="previewing",
        asked_by=by.account_id,
        asked_at=at,
    )
    session.add(move)
    session.flush()
    audit.record(session, "move.previewed", by=by, at=at, kind="move", key=str(move.id))
    defer(session, preview, move_id=move.id)
    return move


def again(
    session: Session, move: Move, steps: Mapping[str, str], *, by: Actor, at: datetime
) -> Move | Refusal:
    """The same asked anew, with these steps chosen: a preview is never changed."""
    wanted = Wanted(
        move.version, move.from_versions, move.units, move.step, move.since, move.until, move.asks_again
    )
    return ask(session, wanted, {**move.steps, **steps}, by=by, at=at)


def _is_sound(session: Session, wanted: Wanted) -> bool:
    """Whether the versions to move from are others of the same procedure."""
    found = session.scalars(
        select(Version.id)
        .join(Procedure, Procedure.id == Version.procedure_id)
        .where(Version.id.in_(wanted.versions), Procedure.key == wanted.to.procedure.key)
    ).all()
    return bool(found) and len(found) == len(set(wanted.versions)) and wanted.to.id not in found


@job("moves.preview")
def preview(work: Work, *, move_id: int) -> None:
    """Looks at some dossiers more; asks for itself again until none is left."""
    if look_further(work, move_id):
        defer(work.session, preview, move_id=move_id)


def look_further(work: Work, move_id: int) -> bool:
    """Whether there are more to look at. Run again after a crash, it goes on where the last transaction ended."""
    move = locked(work.session, work.session.get_one(Move, move_id))
    if move.status != "previewing":
        return False
    by = orderer(work.session, move.asked_by, work.at)
    found = _next(work.session, move)
    work.session.add_all(_line(work.session, move, dossier, by, work.at) for dossier in found)
    move.read_to = found[-1].id if found else move.read_to
    if len(found) < AT_ONCE:
        move.status = "previewed"
    return move.status == "previewing"


def _line(session: Session, move: Move, dossier: Dossier, by: Actor, at: datetime) -> MoveLine:
    told = tell(session, move, dossier, by, at)
    return MoveLine(
        move_id=move.id,
        dossier_id=dossier.id,
        events=dossier.events,
        told=to_plain(told),
        outcome="refused" if told.why else "waiting",
        why=told.why,
    )


def orderer(session: Session, account_id: int, at: datetime) -> Actor:
    """Who asked, with the posts of today: who leads no more, moves no more."""
    return actor_of(session, session.get_one(Account, account_id), local_date(at))


def _next(session: Session, move: Move) -> Sequence[Dossier]:
    question = select(Dossier).where(Dossier.id > move.read_to, wanted_by(move))
    return session.scalars(question.order_by(Dossier.id).limit(AT_ONCE)).all()


def wanted_by(move: Move) -> ColumnElement[bool]:
    """Which dossiers the move is about."""
    found = (
        (Dossier.procedure_key == move.procedure_key)
        & Dossier.version_id.in_(move.from_versions)
        & Dossier.status.in_(POSSIBLE_IN["move"])
        & or_(Dossier.unit_id.in_(move.units), Dossier.solving_unit_id.in_(move.units))
    )
    if move.step:
        found &= Dossier.state["marking"]["waiting"].contains([move.step])
    if move.since:
        found &= Dossier.received_at >= datetime.combine(move.since, datetime.min.time(), ZONE)
    if move.until:
        found &= Dossier.received_at < datetime.combine(move.until + DAY, datetime.min.time(), ZONE)
    return found
