"""Many dossiers from one, as rows: what hundreds of real verbs would take a minute for takes a moment."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, true
from sqlalchemy.orm import Session

from runtime.models.applications import Application
from runtime.models.dossiers import Answers, Dossier, DossierEvent, EvaluationRow
from runtime.models.money import Charge
from runtime.models.tasks import Task


def copies_of(session: Session, dossier: Dossier, count: int) -> list[Dossier]:
    """As many dossiers that differ in their numbers only."""
    session.flush()
    counted = func.generate_series(1, count).table_valued("nth", name="counted").render_derived()
    nth = counted.c.nth
    named: Mapping[str, ColumnElement[Any]] = {
        "filing_number": func.concat(dossier.filing_number, "-", nth),
        "code": func.concat(dossier.code, "-", nth),
    }
    _copied(session, Dossier, counted, Dossier.id == dossier.id, named)
    mine = Dossier.filing_number.startswith(f"{dossier.filing_number}-")
    made = select(Dossier.id.label("id")).where(mine).subquery()
    for model in (Answers, DossierEvent, EvaluationRow, Charge, Task, Application):
        _copied(session, model, made, model.dossier_id == dossier.id, {"dossier_id": made.c.id})
    return list(session.scalars(select(Dossier).where(mine).order_by(Dossier.id)))


def _copied(
    session: Session, model: Any, each: Any, whose: Any, changes: Mapping[str, ColumnElement[Any]]
) -> None:
    """The rows once more for each row of `each`, with these changes."""
    table = model.__table__
    names = [column.name for column in table.c if column.identity is None and column.computed is None]
    values = [changes.get(name, table.c[name]).label(name) for name in names]
    rows = select(*values).select_from(table.join(each, true())).where(whose)
    session.execute(insert(table).from_select(names, rows))
