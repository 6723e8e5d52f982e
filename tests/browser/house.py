"""A small house for journeys: a province with two communes, an official for every role, one citizen, the law."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from common.identity.models import Account, Assignment, Unit
from common.identity.numbers import identity_hash
from procedure_library.loading import load_demo_amounts, load_library
from tests.conftest import MONDAY_MORNING
from tests.web.people import HASH, PASSWORD

__all__ = ["CITIZEN", "PASSWORD", "furnish"]

CITIZEN = "036190012345"
SINCE = date(2025, 7, 1)
OFFICIALS = {
    "tiep": ("Lê Văn Tiếp", ("reception",)),
    "giai": ("Phạm Thị Giải", ("case_officer",)),
    "duyet": ("Nguyễn Hữu Duyệt", ("approver", "leader")),
    "thu": ("Hoàng Thị Thu", ("cashier",)),
}


def furnish(session: Session, identity_key: str, at: datetime = MONDAY_MORNING) -> None:
    """Units, people, the calendar and the ready-made procedures."""
    province = _unit(session, "province", "H40", "Ủy ban nhân dân tỉnh Thanh Bình", "province", area="31")
    commune = _commune(session, province, "an-hoa", "000.12.31.H40", "Ủy ban nhân dân xã An Hòa")
    other = _commune(session, province, "tan-loc", "000.13.31.H40", "Ủy ban nhân dân phường Tân Lộc")
    for login, (name, roles) in OFFICIALS.items():
        _official(session, login, name, commune, roles)
    _official(
        session, "khac", "Đỗ Văn Khác", other, ("reception", "case_officer", "approver", "cashier", "leader")
    )
    session.add(
        Account(
            kind="citizen",
            login=identity_hash(CITIZEN, identity_key),
            password_hash=HASH,
            full_name="Trần Thị Lan",
            identity_number=CITIZEN,
            identity_hash=identity_hash(CITIZEN, identity_key),
            born_on=date(1990, 5, 19),
            address="Số 12, đường Lê Lợi, xã An Hòa, tỉnh Thanh Bình",
            phone="0912345678",
            email="lan@example.vn",
            created_at=at,
        )
    )
    load_library(session, at=at)
    load_demo_amounts(session, area=province.area_code, at=at)


def _commune(session: Session, province: Unit, key: str, code: str, name: str) -> Unit:
    return _unit(
        session, key, code, name, "commune", parent=province, area="31.1", address="Đường Trung tâm, " + name
    )


def _unit(
    session: Session,
    key: str,
    code: str,
    name: str,
    level: str,
    *,
    area: str,
    parent: Unit | None = None,
    address: str = "",
) -> Unit:
    made = Unit(
        key=key,
        code=code,
        name_vi=name,
        name_en="",
        level=level,
        area_code=area,
        address=address,
        phone="0235 3 811 811",
        parent_id=parent.id if parent else None,
        valid_from=SINCE,
    )
    session.add(made)
    session.flush()
    return made


def _official(session: Session, login: str, name: str, unit: Unit, roles: tuple[str, ...]) -> None:
    account = Account(
        kind="official", login=login, password_hash=HASH, full_name=name, created_at=MONDAY_MORNING
    )
    session.add(account)
    session.flush()
    for role in roles:
        session.add(Assignment(account_id=account.id, unit_id=unit.id, role=role, since=SINCE))


def sign_in(page: Any, login: str, password: str) -> None:
    page.goto("/sign-in")
    page.fill("#login", login)
    page.fill("#password", password)
    page.click("main button[type=submit]")
