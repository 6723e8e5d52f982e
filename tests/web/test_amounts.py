"""The pages of local amounts: what stands with its resolution, and a further decision, shown before it is taken."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from common.audit import AuditRow
from procedure_library.loading import load_demo_amounts, load_library
from procedure_library.reference import ParameterRow, parameters_for
from tests.conftest import MONDAY_MORNING
from tests.web import people
from tests.web.drafting import boxes

LIST = "/designer/reference/amounts"
BIRTH, PERMIT = "dang_ky_khai_sinh/registration_amount", "cap_giay_phep_xay_dung_nha_o/permit_amount"
PAGE, NEW = f"{LIST}/{BIRTH}", f"{LIST}/{BIRTH}/new"
DECIDED = {
    "area": "31",
    "amount": "10.000",
    "since": "01/04/2026",
    "number": "Nghị quyết 05/2026/NQ-HĐND",
    "signed_on": "27/02/2026",
}


@pytest.fixture
def keeper(admin: FlaskClient, session: Session) -> FlaskClient:
    """An administrator of a province with the ready-made procedures and the amounts of its code."""
    load_library(session, at=MONDAY_MORNING)
    load_demo_amounts(session, area="31", at=MONDAY_MORNING)
    unit = people.unit(
        session, key="other", code="H41", area_code="31", name_vi="Ủy ban nhân dân tỉnh Hòa Sơn"
    )
    people.unit(session, key="ward", code="H42", level="commune", area_code="12345", parent_id=unit.id)
    return admin


def sent(client: FlaskClient, page: str, before: Any = None, **typed: str) -> Any:
    """Sends the form of the page as a browser would; `before` is the page it stands on, else it is opened."""
    opened = before.text if before is not None else client.get(f"{page}/new").text
    known = {name: values[0] for name, values in boxes(opened).items()}
    return client.post(page, data={**known, **typed, "csrf_token": people.token(client, f"{page}/new")})


def rows(session: Session, procedure: str = "dang_ky_khai_sinh") -> list[ParameterRow]:
    question = select(ParameterRow).where(ParameterRow.procedure_key == procedure)
    return list(session.scalars(question.order_by(ParameterRow.id)))


def test_the_list_names_what_is_left_open_with_its_bounds(keeper: FlaskClient) -> None:
    text = keeper.get(LIST).text
    assert "Mức lệ phí đăng ký khai sinh không đúng hạn do Hội đồng nhân dân cấp tỉnh quyết định" in text
    assert "0 đồng – 200.000 đồng" in text
    assert "1 mức đang áp dụng" in text
    found = keeper.get(f"{LIST}?q=cap giay phep").text
    assert "2 mức đang áp dụng" in found
    assert "khai sinh" not in found.split("<table")[1]
    assert "Không có mức nào ở những thủ tục khớp" in keeper.get(f"{LIST}?q=chung thuc").text


def test_a_parameter_shows_its_decisions_with_the_resolution(keeper: FlaskClient) -> None:
    text = keeper.get(f"{LIST}/{PERMIT}").text
    assert text.count("Ủy ban nhân dân tỉnh Hòa Sơn") == 2
    assert "75.000 đồng" in text
    assert "Cách nộp hồ sơ: Trực tuyến" in text
    assert "Nghị quyết của Hội đồng nhân dân tỉnh về lệ phí cấp giấy phép xây dựng" in text
    assert "Thông tư 85/2019/TT-BTC, Điều 3" in text


def test_a_decision_is_shown_before_it_is_recorded(keeper: FlaskClient, session: Session) -> None:
    before = rows(session)
    shown = sent(keeper, PAGE, **DECIDED, act="show")
    assert shown.status_code == 200
    assert "Các tình huống mẫu cho kết quả khác" in shown.text
    assert re.search(r"8\.000 đồng</td>\s*<td[^>]*><strong>10\.000 đồng", shown.text)
    assert rows(session) == before

    done = sent(keeper, PAGE, shown, act="record")
    assert (done.status_code, done.location) == (303, PAGE)
    (*_, row) = rows(session)
    assert (row.area, row.value, row.effective_from.isoformat(), row.effective_until) == (
        "31",
        {"amount": 10_000, "currency": "VND"},
        "2026-04-01",
        None,
    )
    assert row.basis == "Nghị quyết 05/2026/NQ-HĐND, ngày 27/02/2026"
    assert session.scalars(select(AuditRow.act).where(AuditRow.subject_kind == "parameter")).all()[-1] == (
        "parameter.recorded"
    )
    text = keeper.get(PAGE).text
    assert "Đã ghi mức mới" in text
    assert text.index("Chưa đến ngày áp dụng") < text.index("Đang áp dụng")
    assert "đến hết 31/03/2026" in text


def test_what_was_changed_since_it_was_shown_is_shown_again(keeper: FlaskClient, session: Session) -> None:
    before = rows(session)
    shown = sent(keeper, PAGE, **DECIDED, act="show")
    changed = sent(keeper, PAGE, shown, amount="9.000", act="record")
    for unseen in (sent(keeper, PAGE, **DECIDED, act="record"), changed):
        assert unseen.status_code == 200
        assert "Nếu ghi mức này" in unseen.text
    assert rows(session) == before


def test_one_line_of_several_is_decided(keeper: FlaskClient, session: Session) -> None:
    page = f"{LIST}/{PERMIT}"
    typed = {**DECIDED, "keys-0-value": "post", "amount": "50.000"}
    shown = sent(keeper, page, **typed, act="show")
    assert sent(keeper, page, shown, act="record").status_code == 303
    settled = parameters_for(session, "cap_giay_phep_xay_dung_nha_o", ("31",))["permit_amount"]
    assert {each.keys: each.value.minor for each in settled} == {
        (): 75_000,
        ("online",): 0,
        ("post",): 50_000,
    }


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"amount": ""}, "Ghi mức"),
        ({"amount": "tám nghìn"}, "Nhập số, ví dụ 8.000"),
        ({"amount": "-1"}, "Mức không được âm"),
        ({"amount": "200.001"}, "quyết định» sai đơn vị hoặc nằm ngoài khung 0 đồng – 200.000 đồng"),
        ({"amount": "8.000,5"}, "sai đơn vị"),
        ({"area": ""}, "Chọn nơi quyết định"),
        ({"area": "12345"}, "Chọn nơi quyết định"),
        ({"since": "x"}, "Ngày có dạng 21/11/2026"),
        ({"until": "31/03/2026"}, "Kiểm tra lại hai ngày"),
        ({"number": ""}, "Nhập số, ký hiệu của văn bản làm căn cứ"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    keeper: FlaskClient, session: Session, typed: dict[str, str], said: str
) -> None:
    before = rows(session)
    answer = sent(keeper, PAGE, **{**DECIDED, **typed}, act="show")
    assert answer.status_code == 422
    assert said in answer.text.split("error-summary", 1)[1]
    for name, value in {**DECIDED, **typed}.items():
        assert name == "area" or f'value="{value}"' in answer.text or not value
    assert rows(session) == before


def test_two_who_decide_at_once_see_each_other(keeper: FlaskClient, session: Session) -> None:
    mine, theirs = (sent(keeper, PAGE, **{**DECIDED, "amount": n}, act="show") for n in ("9.000", "10.000"))
    assert sent(keeper, PAGE, theirs, act="record").status_code == 303
    late = sent(keeper, PAGE, mine, act="record")
    assert late.status_code == 422
    assert "Người khác vừa ghi một mức cho tham số này" in late.text
    assert "10.000 đồng" in late.text
    assert [row.value["amount"] for row in rows(session)][-1] == 10_000
    again = sent(keeper, PAGE, sent(keeper, PAGE, late, act="show"), act="record")
    assert again.status_code == 303
    assert "Đã đính chính" in keeper.get(PAGE).text


def test_only_administrators_decide(client: FlaskClient, session: Session) -> None:
    load_library(session, at=MONDAY_MORNING)
    people.official(session, people.unit(session), "procedure_controller")
    people.sign_in(client, "tiep")
    assert client.get(LIST).status_code == 200
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "Ghi mức mới" not in page.text
    assert client.get(NEW).status_code == 403
    assert client.post(PAGE, data={"csrf_token": people.token(client, "/profile")}).status_code == 403


@pytest.mark.parametrize("path", ["dang_ky_khai_sinh/x", "x/registration_amount", "dang_ky_khai_sinh/copies"])
def test_what_the_rules_leave_to_nobody_has_no_page(keeper: FlaskClient, path: str) -> None:
    assert [keeper.get(f"{LIST}/{path}").status_code, keeper.get(f"{LIST}/{path}/new").status_code] == [
        404,
        404,
    ]


def test_every_page_speaks_english_without_anything_left_over(keeper: FlaskClient) -> None:
    keeper.get(f"{LIST}?language=en")
    for path in (LIST, PAGE, NEW, f"{LIST}/{PERMIT}/new"):
        text = keeper.get(path).text
        assert '<html lang="en">' in text
    shown = sent(keeper, PAGE, **DECIDED, act="show").text
    assert "VND 10,000" in shown
    assert "@procedures" not in shown
