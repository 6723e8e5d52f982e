"""The pages of acts on a published procedure: asked, told what it will do, confirmed with the scan, and read by all."""

import re
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.actor import machine
from common.identity.models import Unit
from procedure_library.definition import Definition
from procedure_library.models import Version
from procedure_library.package import read_package
from procedure_library.publishing import Basis, publish
from procedure_library.ready_made import packages
from tests.browser.steps import PDF
from tests.conftest import MONDAY_MORNING, SettableClock
from tests.web import people
from tests.web.drafting import boxes

KEY = "chung_thuc_ban_sao"
PAGE = f"/designer/procedures/{KEY}"
SAID = {
    "reason_vi": "Hệ thống của bộ đang nâng cấp.",
    "reason_en": "The ministry's system is being upgraded.",
    "basis_number": "77/QĐ-UBND",
    "basis_signed_on": "27/02/2026",
}


@pytest.fixture
def publisher(client: FlaskClient, session: Session, draft: Any) -> FlaskClient:
    """A publisher, signed in; the certified copies are published."""
    people.official(session, people.unit(session), "publisher", login="congbo", full_name="Phạm Thị Công Bố")
    people.sign_in(client, "congbo")
    return client


@pytest.fixture
def planned(session: Session, draft: Any) -> Version:
    """Its second version, in force in ten days."""
    copies = read_package(next(each for each in packages() if each.name == KEY))
    assert isinstance(copies, Definition)
    found = publish(
        session,
        copies,
        by=machine("Lan"),
        at=MONDAY_MORNING,
        basis=Basis("2/QĐ"),
        effective_from=date(2026, 3, 12),
    )
    assert isinstance(found, Version)
    return found


def confirmation(client: FlaskClient, named: str, **typed: str) -> Any:
    """The page on which it is confirmed."""
    asked = f"{PAGE}/{named}" + (f"?version={typed['version']}" if "version" in typed else "")
    once = re.search(r'name="once" value="([^"]+)"', client.get(asked).text)
    assert once
    return people.send(client, f"{PAGE}/{named}/confirmation", asked, once=once[1], **SAID, **typed)


def confirmed(client: FlaskClient, named: str, page: Any, scan: bytes = PDF) -> Any:
    """What comes of confirming it."""
    assert page.status_code == 200, page.text
    typed = {name: values[-1] for name, values in boxes(page.text).items() if name != "basis_file"}
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page.text)[-1]
    file = (BytesIO(scan), "qd.pdf")
    return client.post(f"{PAGE}/{named}", data={**typed, "csrf_token": token, "basis_file": file})


def done(client: FlaskClient, named: str, **typed: str) -> None:
    answer = confirmed(client, named, confirmation(client, named, **typed))
    assert answer.status_code == 303, answer.text


def test_a_suspension_is_told_before_it_is_confirmed_and_to_everybody_after(
    publisher: FlaskClient, app: Flask
) -> None:
    page = confirmation(publisher, "suspension", until_on="20/03/2026")
    assert "Hồ sơ mới: không nộp được từ 02/03/2026" in page.text
    assert "Đang tạm dừng tiếp nhận" not in app.test_client().get("/procedures").text
    assert confirmed(publisher, "suspension", page).status_code == 303
    for address in (PAGE, "/designer/publications", "/designer/notices"):
        assert "Từ 02/03/2026 đến hết 20/03/2026." in publisher.get(address).text, address
    anybody = app.test_client()
    assert "Đang tạm dừng tiếp nhận" in anybody.get("/procedures").text
    told = anybody.get(f"/procedures/{KEY}").text
    assert "Lý do: Hệ thống của bộ đang nâng cấp (77/QĐ-UBND)" in told
    assert "Nộp hồ sơ trực tuyến" not in told
    anybody.get("/?language=en")
    english = anybody.get(f"/procedures/{KEY}").text
    assert "The ministry&#39;s system is being upgraded" in english


def test_it_is_resumed_from_the_page_of_the_procedure(publisher: FlaskClient, app: Flask) -> None:
    done(publisher, "suspension")
    assert f'href="{PAGE}/resumption"' in publisher.get(PAGE).text
    done(publisher, "resumption")
    assert "Nộp hồ sơ trực tuyến" in app.test_client().get(f"/procedures/{KEY}").text
    assert f'href="{PAGE}/resumption"' not in publisher.get(PAGE).text


def test_an_old_link_to_a_retired_procedure_explains(publisher: FlaskClient, app: Flask) -> None:
    done(publisher, "retirement")
    anybody = app.test_client()
    assert "Chứng thực" not in anybody.get("/procedures").text
    gone = anybody.get(f"/procedures/{KEY}")
    assert gone.status_code == 410
    assert "Thủ tục đã bãi bỏ từ ngày 02/03/2026" in gone.text
    listed = publisher.get("/designer/procedures").text
    assert "Thủ tục đã bãi bỏ" in listed
    assert f'href="{PAGE}"' in listed
    done(publisher, "reinstatement")
    assert anybody.get(f"/procedures/{KEY}").status_code == 200


def test_a_withdrawn_publication_is_gone_on_with_as_a_draft(
    publisher: FlaskClient, planned: Version, draft: Any, session: Session, app: Flask
) -> None:
    page = confirmation(publisher, "withdrawal", version="2")
    assert "Phiên bản 1 tiếp tục áp dụng từ 12/03/2026." in page.text
    assert confirmed(publisher, "withdrawal", page).status_code == 303
    draft.state = "abandoned"
    session.flush()
    people.official(session, draft_unit(session), "administrator", login="soan")
    author = app.test_client()
    people.sign_in(author, "soan")
    shown = author.get(PAGE).text
    assert "Đã thu hồi công bố" in shown
    assert "Soạn tiếp từ bản này" in shown
    begun = people.send(author, f"{PAGE}/draft", PAGE, version="2")
    assert begun.status_code == 303
    assert "Đã thu hồi công bố" in publisher.get("/designer/publications").text


def draft_unit(session: Session) -> Unit:
    return session.scalars(select(Unit).limit(1)).one()


def test_what_is_in_force_is_not_withdrawn(publisher: FlaskClient) -> None:
    answer = confirmation(publisher, "withdrawal", version="1")
    assert answer.status_code == 422
    assert "Phiên bản 1 đã có hiệu lực từ ngày 02/03/2026 nên không thu hồi được" in answer.text


def test_nothing_is_done_without_the_scan_and_what_was_typed_stays(publisher: FlaskClient) -> None:
    page = confirmation(publisher, "suspension")
    answer = confirmed(publisher, "suspension", page, scan=b"hello")
    assert answer.status_code == 422
    assert "Bản quét văn bản không phải là tệp PDF" in answer.text or "tệp" in answer.text
    assert "Hệ thống của bộ đang nâng cấp." in answer.text
    assert "Tạm dừng, bãi bỏ, thu hồi" not in publisher.get(PAGE).text


def test_the_same_form_sent_twice_is_one_act(publisher: FlaskClient) -> None:
    page = confirmation(publisher, "suspension")
    for _each in range(2):
        assert confirmed(publisher, "suspension", page).status_code == 303
    assert publisher.get(PAGE).text.count("Hệ thống của bộ đang nâng cấp.") == 2


def test_only_a_publisher_acts_and_the_others_read(
    publisher: FlaskClient, app: Flask, session: Session
) -> None:
    done(publisher, "suspension")
    people.official(session, draft_unit(session), "procedure_controller", login="kiemsoat")
    controller = app.test_client()
    people.sign_in(controller, "kiemsoat")
    assert controller.get(f"{PAGE}/retirement").status_code == 403
    shown = controller.get(PAGE).text
    assert "Phạm Thị Công Bố" in shown
    assert "Bãi bỏ thủ tục" not in shown


def test_what_is_wrong_stands_beside_its_field(publisher: FlaskClient, clock: SettableClock) -> None:
    yesterday = MONDAY_MORNING.date() - timedelta(days=1)
    answer = confirmation(publisher, "suspension", from_on=f"{yesterday:%d/%m/%Y}")
    assert answer.status_code == 422
    assert '<a href="#from_on">Ngày bắt đầu đã qua' in answer.text
    assert "Hệ thống của bộ đang nâng cấp." in answer.text
