"""Which units use a procedure, and who works there: read from the directory of a day, told as warnings."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.models import Account, Assignment, Unit
from procedure_library.calling import neighbours_of
from procedure_library.checks import able
from procedure_library.checks.subject import Subject
from procedure_library.definition import Definition
from procedure_library.staffing import staffed
from tests.conftest import MONDAY_MORNING
from tests.procedure_library.samples import definition
from tests.procedure_library.step_faults import POLICE, consulting

TODAY = MONDAY_MORNING.date()


def unit(session: Session, key: str, level: str, *roles: str, **more: Any) -> Unit:
    made = Unit(key=key, code=key, name_vi=f"Đơn vị {key}", level=level, valid_from=date(2025, 7, 1), **more)
    session.add(made)
    session.flush()
    for role in roles:
        account = Account(
            kind="official",
            login=f"{key}_{role}",
            full_name=role,
            password_hash="x",
            created_at=MONDAY_MORNING,
        )
        session.add(account)
        session.flush()
        session.add(Assignment(account_id=account.id, unit_id=made.id, role=role, since=date(2025, 7, 1)))
    session.flush()
    return made


def told(session: Session, procedure: Definition) -> list[tuple[str, Any, Any]]:
    found = able.check(Subject(procedure, None, neighbours_of(session, procedure, TODAY)))
    return [(finding.where, finding.parameters["role"], finding.parameters["units"]) for finding in found]


def test_a_unit_of_the_level_where_somebody_works_uses_it(session: Session) -> None:
    top = unit(session, "province", "province", "administrator")
    below = {"parent_id": top.id}
    unit(session, "full", "commune", "case_officer", "approver", **below)
    unit(session, "empty", "commune", **below)
    unit(session, "closed", "commune", "case_officer", valid_until=date(2025, 12, 31), **below)
    unit(session, "office", "department", "case_officer", **below)
    units, _ = staffed(session, definition(), TODAY)
    assert [each.name.vi for each in units] == ["Đơn vị full"]
    assert told(session, definition()) == []


def test_a_role_that_nobody_holds_is_told_with_the_units(session: Session) -> None:
    top = unit(session, "province", "province")
    for key in ("a", "b"):
        unit(session, key, "commune", "case_officer", parent_id=top.id)
    assert told(session, definition()) == [("sign", "@procedures.role.approver", "Đơn vị a, Đơn vị b")]


def test_whoever_left_is_nobody(session: Session) -> None:
    top = unit(session, "province", "province")
    here = unit(session, "a", "commune", "case_officer", "approver", parent_id=top.id)
    question = select(Assignment).where(Assignment.unit_id == here.id, Assignment.role == "approver")
    signing = session.scalars(question).one()
    signing.until = date(2026, 1, 31)
    session.flush()
    assert [where for where, _, _ in told(session, definition())] == ["sign"]


def test_a_function_is_asked_where_the_directory_says(session: Session) -> None:
    top = unit(session, "province", "province")
    unit(session, "a", "commune", "case_officer", "approver", parent_id=top.id)
    assert [where for where, _, _ in told(session, consulting(POLICE))] == ["consult"]
    unit(session, "police", "department", "leader", parent_id=top.id, functions="police")
    assert told(session, consulting(POLICE)) == []
