"""Moves read: which there are, what each comes to in figures, and its dossiers page by page."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from common.identity.actor import Actor
from procedure_library.definition import Step
from procedure_library.queries import definition_of
from runtime.engine.plain import from_plain
from runtime.models.dossiers import Dossier
from runtime.models.moves import Move, MoveLine
from runtime.moves.asking import wanted_by
from runtime.moves.told import Told


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of a move. `asked_for` is how many dossiers it is about, `outcomes` how many lines stand how.

    `reasons` count what cannot move, or was left out, by code; `unplaced` are the steps with no equal in the version,
    how many dossiers wait at each, and the steps that could be chosen.
    """

    asked_for: int
    outcomes: Mapping[str, int]
    reasons: Mapping[str, int]
    must: int
    again: int
    dearer: int
    cheaper: int
    later: int
    earlier: int
    cancelled: int
    unplaced: Mapping[str, tuple[int, tuple[Step, ...]]]

    @property
    def looked_at(self) -> int:
        return sum(self.outcomes.values())

    @property
    def movable(self) -> int:
        """How many could move when they were previewed."""
        return self.looked_at - self.outcomes.get("refused", 0)

    @property
    def worked_off(self) -> int:
        return self.movable - self.outcomes.get("waiting", 0)


@dataclass(frozen=True, slots=True)
class Line:
    """One dossier of a move as a page shows it."""

    dossier: Dossier
    told: Told
    outcome: str
    why: str


def moves_of(session: Session, actor: Actor, limit: int = 50) -> tuple[Move, ...]:
    """The moves of units that the actor leads, the latest first."""
    ours = Move.units.overlap(sorted(actor.units("leader")))
    return tuple(session.scalars(select(Move).where(ours).order_by(Move.id.desc()).limit(limit)))


def move_for(session: Session, move_id: int, actor: Actor) -> Move | None:
    """The move, when the actor leads all its units; None otherwise."""
    move = session.get(Move, move_id)
    return move if move is not None and set(move.units) <= actor.units("leader") else None


def summary(session: Session, move: Move) -> Summary:
    """What the preview says in figures, or what has come of it."""
    rows = session.execute(
        select(MoveLine.told, MoveLine.outcome, MoveLine.why).where(MoveLine.move_id == move.id)
    ).all()
    told = [from_plain(Told, row.told) for row in rows]
    movable = [each for each in told if not each.why]
    pairs = [(_sum(each.before.amounts), _sum(each.after.amounts)) for each in movable]
    days = [(e.before.due_on, e.after.due_on) for e in movable if e.before.due_on and e.after.due_on]
    wanted = select(func.count()).select_from(Dossier).where(wanted_by(move))
    return Summary(
        asked_for=max(len(rows), session.scalar(wanted) or 0) if move.status == "previewing" else len(rows),
        outcomes=Counter(row.outcome for row in rows),
        reasons=Counter(row.why for row in rows if row.why),
        must=sum(each.must for each in told),
        again=sum(bool(each.again) for each in movable),
        dearer=sum(after > before for before, after in pairs),
        cheaper=sum(after < before for before, after in pairs),
        later=sum(after > before for before, after in days),
        earlier=sum(after < before for before, after in days),
        cancelled=sum(len(each.cancelled) for each in movable),
        unplaced=_unplaced(session, move, told),
    )


def _sum(amounts: tuple[object, ...]) -> int:
    """All amounts of a dossier as one figure to compare: nearly always there is but one currency."""
    return sum(getattr(amount, "minor", 0) for amount in amounts)


def _unplaced(session: Session, move: Move, told: list[Told]) -> dict[str, tuple[int, tuple[Step, ...]]]:
    steps = definition_of(session, move.to_version_id).definition.steps
    gone: Counter[tuple[str, str]] = Counter(
        (each.parameters["step"], each.stood[each.parameters["step"]])
        for each in told
        if each.why == "dossiers.move.step_gone"
    )
    return {
        key: (count, tuple(step for step in steps if step.kind == kind))
        for (key, kind), count in gone.items()
    }


def lines(
    session: Session, move: Move, *, after: int = 0, outcome: str = "", limit: int = 50
) -> tuple[tuple[Line, ...], int | None]:
    """Some dossiers in the order of their keys, and after which one the next page goes on (None: the last page)."""
    question = select(MoveLine).where(MoveLine.move_id == move.id, MoveLine.dossier_id > after)
    if outcome:
        question = question.where(MoveLine.outcome == outcome)
    found = session.scalars(question.order_by(MoveLine.dossier_id).limit(limit + 1)).all()
    shown = tuple(
        Line(each.dossier, from_plain(Told, each.told), each.outcome, each.why) for each in found[:limit]
    )
    return shown, found[limit - 1].dossier_id if len(found) > limit else None
