"""The page on which a unit's open work is sent to another: what would go is seen first."""

from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from common.clock import ZONE
from common.identity.actor import machine
from common.identity.models import Unit
from procedure_library.publishing import Basis, publish
from runtime.models.dossiers import Dossier
from runtime.models.transfers import WorkTransfer
from tests.conftest import MONDAY_MORNING
from tests.procedure_library.samples import definition
from tests.web import people
from tests.web.administering import UNITS, add_unit, send

PAGE = f"{UNITS}/hoa_binh/work"
TYPED = {"to": "province", "reason": "Sắp xếp đơn vị", "basis": "Nghị quyết 12/NQ-HĐND"}


@pytest.fixture
def unit(admin: FlaskClient, session: Session) -> Unit:
    """A commune with one dossier in process."""
    add_unit(admin)
    unit = session.scalars(select(Unit).where(Unit.key == "hoa_binh")).one()
    version = publish(
        session,
        definition(),
        by=machine("a test"),
        at=MONDAY_MORNING,
        basis=Basis("Quyết định 12/QĐ-UBND"),
        effective_from=MONDAY_MORNING.date(),
    )
    session.add(
        Dossier(
            filing_number="N1",
            code="H1",
            version_id=version.id,  # type: ignore[union-attr]
            procedure_key="x",
            case_type="ordinary",
            channel="counter",
            unit=unit,
            solving_unit=unit,
            applicant={},
            applicant_folded="",
            status="in_process",
            state={},
            submitted_at=datetime(2026, 2, 2, 9, 0, tzinfo=ZONE),
        )
    )
    session.flush()
    return unit


def test_what_would_go_is_shown_before_it_is_ordered(
    admin: FlaskClient, session: Session, unit: Unit
) -> None:
    shown = admin.get(PAGE).text
    assert "1 hồ sơ" in shown
    assert 'name="reason"' not in shown
    assert 'name="reason"' in admin.get(f"{PAGE}?to=province").text
    assert session.scalars(select(WorkTransfer)).all() == []
    assert send(admin, PAGE, **TYPED).status_code == 303
    (order,) = session.scalars(select(WorkTransfer)).all()
    assert (order.from_unit.key, order.to_unit.key, order.ordered_by) == (
        "hoa_binh",
        "province",
        "Lê Văn Tiếp",
    )
    shown = admin.get(PAGE).text
    assert "Đang chuyển" in shown
    assert "Nghị quyết 12/NQ-HĐND" in shown
    again = send(admin, PAGE, **TYPED)
    assert again.status_code == 422
    assert "đang được chuyển giao" in again.text


def test_what_is_missing_is_said(admin: FlaskClient, session: Session, unit: Unit) -> None:
    answer = send(admin, PAGE, **{**TYPED, "basis": ""})
    assert answer.status_code == 422
    assert "Nhập văn bản làm căn cứ" in answer.text
    assert send(admin, PAGE, **{**TYPED, "to": "nowhere"}).status_code == 422
    assert session.scalars(select(WorkTransfer)).all() == []


def test_only_administrators_see_the_page(client: FlaskClient, session: Session) -> None:
    people.official(session, people.unit(session), "leader")
    people.sign_in(client, "tiep")
    assert client.get(f"{UNITS}/province/work").status_code == 403
