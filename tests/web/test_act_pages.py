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
from designer.publication_log import log_page
from procedure_library.definition import Definition
from procedure_library.models import Version
from procedure_library.package import read_package
from procedure_library.publishing import Basis, publish
from procedure_library.ready_made import packages
from tests.browser.steps import PDF
from tests.conftest import MONDAY_MORNING, SettableClock
from tests.procedure_library.samples import definition
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


def test_what_replaces_a_retired_procedure_is_one_press_away(
    publisher: FlaskClient, session: Session, app: Flask
) -> None:
    basis, day = Basis("3/QĐ"), date(2026, 1, 1)
    other = publish(
        session, definition(), by=machine("Lan"), at=MONDAY_MORNING, basis=basis, effective_from=day
    )
    assert isinstance(other, Version), other
    done(publisher, "retirement", successor=other.procedure.key)
    assert (
        f'href="/designer/procedures/{other.procedure.key}">{other.name_vi}</a>' in publisher.get(PAGE).text
    )
    gone = app.test_client().get(f"/procedures/{KEY}").text
    assert f'href="/procedures/{other.procedure.key}"' in gone
    assert f"thay bằng «{other.name_vi}»" in gone


def test_what_was_typed_can_be_changed_before_it_is_confirmed(publisher: FlaskClient) -> None:
    page = confirmation(publisher, "suspension", until_on="20/03/2026")
    typed = {name: values[-1] for name, values in boxes(page.text).items() if name != "basis_file"}
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page.text)[-1]
    back = publisher.post(
        f"{PAGE}/suspension/confirmation", data={**typed, "csrf_token": token, "then": "back"}
    )
    assert boxes(back.text)["until_on"] == ["20/03/2026"]
    assert boxes(back.text)["reason_vi"] == [SAID["reason_vi"]]


def test_a_suspension_still_to_come_is_called_off_from_the_page(publisher: FlaskClient) -> None:
    done(publisher, "suspension", from_on="09/03/2026")
    shown = publisher.get(PAGE).text
    assert "Bỏ lần tạm dừng từ 09/03/2026" in shown
    asked = publisher.get(f"{PAGE}/resumption?from_on=2026-03-09").text
    assert boxes(asked)["from_on"] == ["09/03/2026"]
    done(publisher, "resumption", from_on="09/03/2026")
    assert "Bỏ lần tạm dừng" not in publisher.get(PAGE).text


def test_every_act_is_on_one_page_of_the_log(
    publisher: FlaskClient, session: Session, planned: Version
) -> None:
    done(publisher, "suspension")
    first = log_page(session, before=None, per_page=1)
    assert first.next == planned.publication.id
    second = log_page(session, before=first.next, per_page=1)
    told = [type(each).__name__ for each in (*first.rows, *second.rows)]
    assert sorted(told) == ["ProcedureAct", "Publication", "Publication"]
