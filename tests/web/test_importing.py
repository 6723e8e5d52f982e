"""The pages on which an administrator brings dossiers of an older system."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from common.identity.actor import machine
from procedure_library.publishing import Basis, publish
from rules_dsl.spreadsheets.files import FORMATS, read_sheet
from rules_dsl.spreadsheets.sheet import Sheet
from runtime.importing import runs
from runtime.models.imports import DossierImport
from runtime.views.administering import imports
from tests.conftest import MONDAY_MORNING
from tests.procedure_library.samples import definition
from tests.web import people
from tests.web.people import token

PAGE = "/administration/old-dossiers"
HEAD = "Mã hồ sơ;Mã thủ tục;Mã đơn vị;Họ và tên;Ngày tiếp nhận;Tình trạng;Ngày xử lý xong"
SOUND = "H40-260210-0001;good_standing;H40;Lê Thị Một;10/02/2026;Đã trả kết quả;12/02/2026"
FAULTY = "H40-260210-0002;good_standing;H40;Lê Thị Hai;30/02/2026;Đang xử lý;"


def sent(client: FlaskClient, text: str, name: str = "cu.csv") -> TestResponse:
    data = {"csrf_token": token(client, PAGE), "file": (BytesIO(text.encode()), name)}
    return client.post(PAGE, data=data, content_type="multipart/form-data", follow_redirects=True)


def procedure(session: Session) -> None:
    made = publish(
        session,
        definition(),
        by=machine("a test"),
        at=MONDAY_MORNING,
        basis=Basis("Quyết định 12/QĐ-UBND"),
        effective_from=MONDAY_MORNING.date(),
    )
    assert not isinstance(made, tuple)


def test_a_file_is_looked_through_and_its_faults_are_told_by_cell(
    admin: FlaskClient, session: Session
) -> None:
    procedure(session)
    page = sent(admin, "\n".join((HEAD, SOUND, FAULTY)))
    assert page.status_code == 200
    for words in ("Nhập 1 hồ sơ", "E3", "«30/02/2026» không phải ngày", "Hãy ghi như 15/09/2025"):
        assert words in page.text
    assert "Ngày tiếp nhận" in page.text.partition("Chỗ cần sửa trong tệp")[2]
    (run,) = session.scalars(select(DossierImport)).all()
    assert (run.rows, run.sound, run.faulty, run.ordered_at) == (2, 1, 1, None)
    here = f"{PAGE}/{run.id}"
    order = {"csrf_token": token(admin, here)}
    assert admin.post(f"{here}/order", data=order).status_code == 303
    under_way = admin.get(here).text
    for words in ("Đang nhập", "Đã nhập 0 trên 1 hồ sơ", "Cho nhập lúc"):
        assert words in under_way
    again = admin.post(f"{here}/order", data=order)
    assert again.status_code == 422
    assert "đã được cho nhập" in again.text
    assert "cu.csv" in admin.get(PAGE).text


def test_without_a_file_and_with_something_else_it_says_so(admin: FlaskClient, session: Session) -> None:
    answer = admin.post(PAGE, data={"csrf_token": token(admin, PAGE)})
    assert answer.status_code == 422
    assert "Chưa chọn tệp" in answer.text
    no_sheet = sent(admin, "x", "cu.pdf").text
    assert "Phải sửa tệp" in no_sheet
    assert "Cả tệp" in no_sheet
    assert admin.get(f"{PAGE}/99").status_code == 404


def test_more_faults_than_are_kept_are_said_to_be_more(
    admin: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "MOST_FINDINGS", 2)
    monkeypatch.setattr(imports, "MOST_FINDINGS", 2)
    procedure(session)
    page = sent(admin, "\n".join((HEAD, FAULTY, FAULTY, FAULTY)))
    assert "Chỉ nêu 2 ô sai đầu tiên" in page.text
    assert "E2–E3" in page.text


def test_the_template_comes_in_both_formats_and_with_the_columns_of_a_procedure(
    admin: FlaskClient, session: Session
) -> None:
    procedure(session)
    for ending in FORMATS:
        answer = admin.get(f"{PAGE}/template?procedure=good_standing&format={ending[1:]}")
        assert (
            answer.headers["Content-Disposition"] == f'attachment; filename="ho-so-cu-good_standing{ending}"'
        )
        sheet = read_sheet(answer.data, f"a{ending}", "Ho so")
        assert isinstance(sheet, Sheet)
        assert sheet.rows[0][0] == "Mã hồ sơ *"
    assert admin.get(f"{PAGE}/template").status_code == 200
    for wrong in ("format=pdf", "procedure=nothing"):
        assert admin.get(f"{PAGE}/template?{wrong}").status_code == 404


def test_only_administrators_bring_dossiers(client: FlaskClient, session: Session) -> None:
    people.official(session, people.unit(session), "leader")
    people.sign_in(client, "tiep")
    for address in (PAGE, f"{PAGE}/template"):
        assert client.get(address).status_code == 403
