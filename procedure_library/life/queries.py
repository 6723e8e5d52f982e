"""What the acts say of a day: is a publication withdrawn, is the procedure retired, does intake pause."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import InstrumentedAttribute, Session

from procedure_library.life.models import INTAKE, LIFE, ProcedureAct
from procedure_library.models import Procedure, Version


def not_withdrawn() -> ColumnElement[bool]:
    """Of a question about versions: those whose publication stands."""
    return ~exists().where(ProcedureAct.version_id == Version.id, ProcedureAct.act == "withdrawn")


def not_retired(procedure_id: InstrumentedAttribute[int], on: date) -> ColumnElement[bool]:
    """Of a question about one procedure: that it is not retired that day."""
    last = (
        select(ProcedureAct.act)
        .where(ProcedureAct.procedure_id == procedure_id, *_begun(LIFE, on))
        .order_by(ProcedureAct.from_on.desc(), ProcedureAct.id.desc())
        .limit(1)
    )
    return last.scalar_subquery().is_distinct_from("retired")


def retired_ids(on: date) -> Select[int]:
    """Of a question about all procedures: the ids of those that are retired that day."""
    last = _last(LIFE, on, ProcedureAct.procedure_id, ProcedureAct.act).subquery()
    return select(last.c.procedure_id).where(last.c.act == "retired")


def suspension(session: Session, key: str, on: date) -> ProcedureAct | None:
    """The act by which the procedure's intake pauses that day."""
    return suspensions(session, (key,), on).get(key)


def suspensions(session: Session, keys: Collection[str], on: date) -> Mapping[str, ProcedureAct]:
    """The same for several procedures, by key; those that take dossiers are left out."""
    return {each.procedure.key: each for each in _holding(session, INTAKE, on, keys) if _pauses(each, on)}


def suspended_keys(session: Session, on: date) -> tuple[str, ...]:
    """Every procedure whose intake pauses that day."""
    return tuple(each.procedure.key for each in _holding(session, INTAKE, on) if _pauses(each, on))


def retirement(session: Session, key: str, on: date) -> ProcedureAct | None:
    """The act by which the procedure is retired that day."""
    return next((each for each in _holding(session, LIFE, on, (key,)) if each.act == "retired"), None)


def standing(session: Session, key: str, on: date) -> tuple[ProcedureAct | None, ProcedureAct | None]:
    """By which acts the procedure is retired that day, and its intake pauses; asked at once."""
    begun = select(ProcedureAct).where(
        ProcedureAct.procedure_id == _id_of(key),
        ProcedureAct.from_on <= on,
        ProcedureAct.act.in_((*LIFE, *INTAKE)),
    )
    acts = session.scalars(begun.order_by(ProcedureAct.from_on.desc(), ProcedureAct.id.desc())).all()
    life, intake = (next((each for each in acts if each.act in pair), None) for pair in (LIFE, INTAKE))
    is_retired, is_paused = life and life.act == "retired", intake and _pauses(intake, on)
    return life if is_retired else None, intake if is_paused else None


def retirements(session: Session, on: date) -> Sequence[ProcedureAct]:
    """Every procedure that is retired that day, by the act."""
    return [each for each in _holding(session, LIFE, on) if each.act == "retired"]


def acts_of(session: Session, key: str) -> Sequence[ProcedureAct]:
    """Everything that was announced of the procedure, the last first."""
    question = select(ProcedureAct).where(ProcedureAct.procedure_id == _id_of(key))
    return session.scalars(question.order_by(ProcedureAct.id.desc())).all()


def withdrawals(session: Session, versions: Iterable[int]) -> Mapping[int, ProcedureAct]:
    """Version id → the act that withdrew its publication; those that stand are left out."""
    question = select(ProcedureAct).where(
        ProcedureAct.version_id.in_(tuple(versions)), ProcedureAct.act == "withdrawn"
    )
    return {each.version_id: each for each in session.scalars(question) if each.version_id}


def _pauses(last: ProcedureAct, on: date) -> bool:
    return last.act == "suspended" and (last.until_on is None or on <= last.until_on)


def _holding(
    session: Session, acts: Collection[str], on: date, keys: Collection[str] | None = None
) -> Sequence[ProcedureAct]:
    """Of each procedure the act of these that holds that day; `keys` None: of all."""
    question = _last(acts, on, ProcedureAct)
    if keys is not None:
        ids = select(Procedure.id).where(Procedure.key.in_(keys))
        question = question.where(ProcedureAct.procedure_id.in_(ids))
    return session.scalars(question).all()


def _last(acts: Collection[str], on: date, *columns: Any) -> Select[Any]:
    """One row per procedure: the act that began last."""
    return (
        select(*columns)
        .where(*_begun(acts, on))
        .ext(distinct_on(ProcedureAct.procedure_id))
        .order_by(ProcedureAct.procedure_id, ProcedureAct.from_on.desc(), ProcedureAct.id.desc())
    )


def _begun(acts: Collection[str], on: date) -> tuple[ColumnElement[bool], ...]:
    return ProcedureAct.act.in_(acts), ProcedureAct.from_on <= on


def _id_of(key: str) -> Any:
    return select(Procedure.id).where(Procedure.key == key).scalar_subquery()
