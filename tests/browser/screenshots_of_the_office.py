"""Pictures of what the office does with dossiers under way, for docs/screenshots; see screenshots.py."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from common.db import Database
from common.identity.actor import machine
from common.identity.models import Unit
from common.jobs import Workshop
from config import Settings
from procedure_library.models import Version
from procedure_library.publishing import Basis, publish
from procedure_library.queries import definition_of, version_in_force
from runtime.models.dossiers import Dossier
from tests.browser.conftest import TUESDAY
from tests.browser.screenshots import WIDTHS, picture, pictures
from tests.browser.steps import follow
from tests.conftest import SettableClock
from tests.support.jobs import do_waiting


@pytest.mark.parametrize("width", WIDTHS)
def test_pictures_of_the_verbs_of_the_office(
    visit: Callable[..., Any], demo_house: Database, settings: Settings, width: int
) -> None:
    dearer_certificates(demo_house)
    page = visit(width, "lanhdao")
    page.goto("/desk/dossiers?status=in_process&q=")
    follow_first(page, "Tạm dừng tính hạn")
    picture(page, "desk-suspension")
    page.get_by_label("Hệ thống gặp sự cố").check()
    page.get_by_label("Lý do và căn cứ").fill("Công điện 12/CĐ-UBND: sự cố đường truyền")
    page.get_by_role("button", name="Tạm dừng").click()
    page.get_by_text("Cơ quan đang tạm dừng giải quyết").wait_for()
    picture(page, "desk-suspended")
    follow(page, "Tiếp tục giải quyết")
    picture(page, "desk-resumption")
    for words, name in VERBS.items():
        page.goto("/desk/dossiers?status=in_process")
        follow_first(page, words)
        picture(page, f"desk-{name}")
    pictures(page, "desk", delegations="/delegations", escalations="/desk/escalations", moves="/desk/moves")
    page = visit(width, "lanhdao.hoa_binh")
    page.goto("/desk/moves/new?procedure=dang_ky_khai_sinh")
    picture(page, "desk-move-new")
    page.get_by_role("button", name="Xem trước").click()
    do_waiting(Workshop(demo_house, settings, SettableClock(TUESDAY)))
    page.goto(page.url)
    picture(page, "desk-move")
    page.goto(f"/desk/dossiers/{copies_of_today(demo_house)}/extension")
    picture(page, "desk-extension")
    page = visit(width, "tiepnhan.hoa_binh")
    for words, name in {"Hoàn phí, lệ phí": "refund", "Đính chính sai sót của cơ quan": "correction"}.items():
        page.goto("/desk/dossiers?status=returned")
        follow_first(page, words)
        picture(page, f"desk-{name}")
    page = visit(width, "quantri")
    unit = "/administration/units/hoa_binh"
    pictures(page, "administration", transfer=f"{unit}/work", renaming=f"{unit}/renaming")
    pictures(page, "administration", old_dossiers="/administration/old-dossiers")


VERBS = {
    "Giao việc cho cán bộ": "assignment",
    "Dừng xử lý": "stop",
}


def follow_first(page: Any, words: str) -> None:
    """Of the dossiers listed the first that offers it."""
    addresses = [code.get_attribute("href") for code in page.locator("a.code").all()]
    for address in addresses:
        page.goto(address)
        if page.get_by_role("link", name=words).count():
            page.get_by_role("link", name=words).first.click()
            return
    raise AssertionError(f"nothing offers {words}")


def dearer_certificates(house: Database) -> None:
    """A second version of the registration of births, with dearer copies: what a move comes to is seen."""
    with house.transaction() as session:
        version = version_in_force(session, "dang_ky_khai_sinh", TUESDAY.date())
        assert version is not None
        definition = definition_of(session, version.id).definition
        dearer = replace(definition, rules=definition.rules.replace("8_000", "12_000"), examples=())
        basis = Basis("Quyết định 12/QĐ-UBND")
        by, on = machine("a test"), TUESDAY.date()
        made = publish(session, dearer, by=by, at=TUESDAY, basis=basis, effective_from=on)
        assert isinstance(made, Version), made


def copies_of_today(house: Database) -> str:
    """Copies that Hoa Binh has received today, of which nothing is decided."""
    with house.transaction() as session:
        wanted = (Dossier.procedure_key == "chung_thuc_ban_sao", Dossier.status == "in_process")
        unit = select(Unit.id).where(Unit.key == "hoa_binh").scalar_subquery()
        question = select(Dossier).where(*wanted, Dossier.unit_id == unit)
        dossier = session.scalars(question.order_by(Dossier.received_at.desc())).first()
        assert dossier is not None
        return str(dossier.code)
