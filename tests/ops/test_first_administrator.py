"""`motcua init`: the first administrator, once, with a password worth having."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from common.audit import AuditRow
from common.clock import Clock
from common.identity.models import Account, Assignment, Unit
from common.identity.passwords import is_password
from common.operations.first import FirstAdministrator, has_administrator, make_first_administrator
from common.problems import Refusal

FIRST = FirstAdministrator(
    login=" QuanTri ",
    full_name="Nguyễn Thị Hạnh",
    password="bốn con thuyền xanh",
    unit_name="Ủy ban nhân dân tỉnh An Bình",
    unit_code="h99",
    level="province",
    area_code="99",
    province_code="",
)


def test_it_makes_the_agency_and_its_administrator(session: Session, clock: Clock) -> None:
    assert make_first_administrator(session, FIRST, at=clock()) is None
    account = session.scalars(select(Account)).one()
    unit = session.scalars(select(Unit)).one()
    assignment = session.scalars(select(Assignment)).one()
    assert (account.login, account.kind, account.demo) == ("quantri", "official", False)
    assert is_password(account.password_hash, "bốn con thuyền xanh")
    assert (unit.name_vi, unit.code) == ("Ủy ban nhân dân tỉnh An Bình", "H99")
    assert (unit.level, unit.area_code, unit.province_code) == ("province", "99", "")
    assert not account.password_given
    assert (assignment.account_id, assignment.unit_id) == (account.id, unit.id)
    assert (assignment.role, assignment.since.isoformat()) == ("administrator", "2026-03-02")
    assert session.scalars(select(AuditRow.act)).all() == ["make_first_administrator"]


def test_there_is_only_one_first(session: Session, clock: Clock) -> None:
    make_first_administrator(session, FIRST, at=clock())
    session.flush()
    assert has_administrator(session)
    again = replace(FIRST, login="other", unit_code="H98")
    assert make_first_administrator(session, again, at=clock()) == Refusal("operations.has_administrator")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("ngắn quá", "identity.password_length"),
        ("a" * 201, "identity.password_length"),
        ("aaaaaaaaaaaa", "identity.password_weak"),
        ("MotCua@2026!", "identity.password_weak"),
        ("matkhau-2026", "identity.password_weak"),
        ("quantri.1975", "identity.password_weak"),
        ("cô hạnh ở tỉnh", "identity.password_weak"),
        ("nguyenhue 68", "identity.password_weak"),
    ],
)
def test_a_weak_password_is_refused(session: Session, clock: Clock, password: str, code: str) -> None:
    refusal = make_first_administrator(session, replace(FIRST, password=password), at=clock())
    assert refusal is not None
    assert refusal.code == code
    assert session.scalars(select(Account)).all() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"unit_code": " "}, "operations.nothing_given"),
        ({"full_name": ""}, "operations.nothing_given"),
        ({"unit_code": "H 99"}, "identity.unit_code_wrong"),
        ({"level": "district"}, "identity.unit_level_wrong"),
        ({"area_code": ""}, "identity.unit_area_code_wrong"),
        ({"area_code": "99001"}, "identity.unit_area_code_wrong"),
        ({"province_code": "99"}, "identity.unit_province_code_wrong"),
        ({"level": "commune", "area_code": "99001"}, "identity.unit_province_code_wrong"),
        ({"login": "quản trị"}, "identity.login_wrong"),
        ({"login": "036190012345"}, "identity.login_wrong"),
    ],
)
def test_what_cannot_be_is_refused(
    session: Session, clock: Clock, changes: dict[str, str], code: str
) -> None:
    assert make_first_administrator(session, replace(FIRST, **changes), at=clock()) == Refusal(code)
    assert session.scalars(select(Unit)).all() == []


@pytest.mark.parametrize(
    ("level", "area_code", "province_code"),
    [("province", "99", ""), ("department", "", ""), ("department", "99", ""), ("commune", "20332", "99")],
)
def test_any_level_may_have_a_house_of_its_own(
    session: Session, clock: Clock, level: str, area_code: str, province_code: str
) -> None:
    first = replace(FIRST, level=level, area_code=area_code, province_code=province_code)
    assert make_first_administrator(session, first, at=clock()) is None
    unit = session.scalars(select(Unit)).one()
    assert (unit.level, unit.area_code, unit.province_code) == (level, area_code, province_code)
