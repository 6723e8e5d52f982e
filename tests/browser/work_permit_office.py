"""Who makes a work permit and who issues it: keepers of procedures, a department and the police."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from common.db import Database
from common.identity.models import Unit
from designer.drafts import files_of
from designer.models import Draft
from procedure_library.package import STEPS
from tests.browser import work_permit as permit
from tests.browser.keeping import employ_keepers
from tests.web import people

Enter = Callable[[str], Any]
# Milliseconds: proofs are waited for, and whatever a busy machine has not said yet.
LONG = 60_000
# The graph that both hands come to.
STORED = Path(__file__).with_name("work_permit.bpmn")
OFFICIALS = {
    "tiep_tinh": ("Lương Thị Tiếp", "reception"),
    "giai_tinh": ("Tô Văn Giải", "case_officer"),
    "ky_tinh": ("Phan Quốc Ký", "approver"),
    "lanh_dao": ("Dương Văn Lãnh", "leader"),
    "thu_tinh": ("Mạc Thị Thu", "cashier"),
}


@pytest.fixture
def enter(enter_wide: Enter, house: Database, patient: None) -> Enter:
    """Where a department and the police have their officials; whoever comes has time."""
    with house.transaction() as session:
        employ_keepers(session)
        province = session.scalars(select(Unit).where(Unit.key == "province")).one()
        department = _department(session, province, "000.10.H40", "Sở Nội vụ tỉnh Thanh Bình")
        for login, (name, role) in OFFICIALS.items():
            people.official(session, department, role, login=login, full_name=name)
        police = _department(session, province, "000.30.H40", "Công an tỉnh Thanh Bình", functions="police")
        people.official(session, police, "leader", login="cong_an", full_name="Đoàn Văn An")

    def walk_in(login: str) -> Any:
        page = enter_wide(login)
        page.set_default_timeout(LONG)
        expect.set_options(timeout=LONG)
        return page

    return walk_in


def _department(session: Session, province: Unit, code: str, name: str, functions: str = "") -> Unit:
    return people.unit(
        session,
        key=code,
        code=code,
        name_vi=name,
        name_en="",
        level="department",
        area_code=province.area_code,
        functions=functions,
        parent_id=province.id,
    )


@pytest.fixture
def drawn(house: Database) -> Callable[[], permit.Graph]:
    """What the steps of the one draft mean."""

    def read() -> permit.Graph:
        with house.transaction() as session:
            return permit.graph(files_of(session, session.get_one(Draft, 1))[STEPS].encode())

    return read
