"""Moves read: which there are, what each comes to in figures, and its dossiers page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, column, distinct, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from common.identity.actor import Actor
from procedure_library.definition import Step
from procedure_library.queries import definition_of
from runtime.engine.plain import from_plain
from runtime.models.dossiers import Dossier
from runtime.models.moves import Move, MoveLine
from runtime.moves.asking import wanted_by
from runtime.moves.told import Told

# In which order people are told what lines stand how.
ORDER = ("waiting", "moved", "undoing", "undone", "refused", "left_out", "stays")


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of a move. `asked_for` is how many dossiers it is about, `outcomes` how many lines stand how.

    `reasons` count what cannot move, or was left out, by code, with the steps concerned; `unplaced` are the steps with
    no equal in the version, how many dossiers wait at each, and the steps that could be chosen.
    """

    asked_for: int
    outcomes: Mapping[str, int]
    reasons: Mapping[str, tuple[int, tuple[str, ...]]]
    must: int
    again: int
    asks: int
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
    ours = MoveLine.move_id == move.id
    outcomes = dict(
        session.execute(select(MoveLine.outcome, func.count()).where(ours).group_by("outcome")).all()
    )
    outcomes = {each: outcomes[each] for each in ORDER if each in outcomes}
    looked_at = sum(outcomes.values())
    figures = session.execute(select(*_figures()).where(ours)).one()
    asked_for = looked_at
    if move.status == "previewing":
        wanted = select(func.count()).select_from(Dossier).where(wanted_by(move))
        asked_for = max(looked_at, session.scalar(wanted) or 0)
    return Summary(
        asked_for=asked_for,
        outcomes=outcomes,
        reasons=_reasons(session, ours),
        unplaced=_unplaced(session, move, ours),
        **figures._asdict(),
    )


# What a line's `told` says, as `to_plain` writes it: what equals its default is left out.
_TOLD = MoveLine.told
_MOVABLE = ~_TOLD.has_key("why")


def _figures() -> list[Any]:
    """One row of a move's figures, whatever the number of its lines."""
    before, after = _sum("before"), _sum("after")
    due_before, due_after = (_TOLD[part]["due_on"].astext for part in ("before", "after"))
    asked: Mapping[str, ColumnElement[bool]] = {
        "again": _TOLD.has_key("again"),
        "asks": _TOLD.has_key("asks"),
        "dearer": after > before,
        "cheaper": after < before,
        "later": due_after > due_before,
        "earlier": due_after < due_before,
    }
    cancelled = func.coalesce(func.sum(func.jsonb_array_length(_TOLD["cancelled"])).filter(_MOVABLE), 0)
    return [
        func.count().filter(_TOLD.has_key("must")).label("must"),
        *(func.count().filter(_MOVABLE, holds).label(name) for name, holds in asked.items()),
        cancelled.label("cancelled"),
    ]


def _sum(part: str) -> ColumnElement[int]:
    """All amounts of a dossier as one figure to compare: nearly always there is but one currency."""
    each = func.jsonb_array_elements(_TOLD[part]["amounts"]).table_valued(column("value", JSONB))
    amount = each.c.value["amount"].astext.cast(BigInteger)
    return func.coalesce(select(func.sum(amount)).select_from(each).scalar_subquery(), 0)


def _reasons(session: Session, ours: ColumnElement[bool]) -> dict[str, tuple[int, tuple[str, ...]]]:
    """How many dossiers do not move for which reason, and at which steps; the most frequent first."""
    step = _TOLD["parameters"]["step"].astext
    question = (
        select(MoveLine.why, func.count(), func.array_remove(func.array_agg(distinct(step)), None))
        .where(ours, MoveLine.why != "")
        .group_by(MoveLine.why)
        .order_by(func.count().desc(), MoveLine.why)
    )
    return {why: (count, tuple(steps)) for why, count, steps in session.execute(question)}


def _unplaced(
    session: Session, move: Move, ours: ColumnElement[bool]
) -> dict[str, tuple[int, tuple[Step, ...]]]:
    steps = definition_of(session, move.to_version_id).definition.steps
    key = _TOLD["parameters"]["step"].astext
    kind = _TOLD["stood"][key].astext
    gone = ours & (_TOLD["why"].astext == "dossiers.move.step_gone")
    rows = session.execute(select(key, kind, func.count()).where(gone).group_by(key, kind).order_by(key))
    return {key: (count, tuple(step for step in steps if step.kind == kind)) for key, kind, count in rows}


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
