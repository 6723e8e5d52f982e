"""Linked dossiers on paper and on screen: the slip names each part, pages tell who has it and what came of it."""

import pytest
from flask.testing import FlaskClient

from config import Settings
from runtime.demo.accounts import PASSWORD
from runtime.office import Office
from tests.runtime.linked import Post
from tests.runtime.test_letters import _pdf, _text
from tests.runtime.test_linked_birth import TUESDAY, finish, part, received, registered
from tests.runtime.town import Town
from tests.web.people import send, sign_in


@pytest.fixture
def post(town: Town, office: Office, settings: Settings) -> Post:
    return Post(town, office, settings)


def test_the_slip_names_each_part_its_unit_and_its_time(post: Post) -> None:
    told = _text(_pdf(post.town, post.office, received(post), "reception_slip"))
    for words in (
        "Hồ sơ liên thông, nộp một lần; mỗi phần một kết quả",
        "Đăng ký thường trú: Công an tỉnh Lam Sơn",
        "Cấp thẻ bảo hiểm y tế: Bảo hiểm xã hội tỉnh Lam Sơn",
        "trong 2 ngày làm việc kể từ khi bắt đầu",
        "ngày hẹn được báo khi phần này bắt đầu",
    ):
        assert words in told


def test_the_citizen_sees_each_part_on_the_page_of_the_dossier(post: Post, client: FlaskClient) -> None:
    parent = registered(post)
    finish(post, parent, "residence", TUESDAY)
    sign_in(client, "congdan", PASSWORD)
    page = client.get(f"/my/dossiers/{parent.filing_number}").text
    child = part(post, parent, "insurance")
    for words in (
        "Các phần liên thông",
        f'href="/my/dossiers/{child.filing_number}"',
        "Bảo hiểm xã hội tỉnh Lam Sơn",
        "Kết quả trả tại cơ quan giải quyết phần này",
        "Thông báo kết quả đăng ký cư trú",
        "Đã có kết quả",
    ):
        assert words in page
    # The police have given it to the ward, not to the applicant.
    assert "Đã trả kết quả" not in page
    inside = client.get(f"/my/dossiers/{child.filing_number}").text
    assert "Phần của hồ sơ liên thông" in inside
    assert f'href="/my/dossiers/{parent.filing_number}"' in inside
    mine = client.get("/my/dossiers").text
    assert parent.filing_number in mine
    assert child.filing_number not in mine


def test_a_refused_part_is_told_as_refused_and_promises_no_result(post: Post, client: FlaskClient) -> None:
    parent = registered(post)
    finish(post, parent, "residence", TUESDAY, outcome="refused")
    sign_in(client, "congdan", PASSWORD)
    page = client.get(f"/my/dossiers/{parent.filing_number}").text
    told = page.partition("Các phần liên thông")[2].partition("Cấp thẻ bảo hiểm y tế")[0]
    assert "Bị từ chối" in told
    assert "Kết quả trả" not in told


def test_the_request_of_a_part_is_one_press_away(post: Post, client: FlaskClient) -> None:
    parent = registered(post)
    child = part(post, parent, "residence")
    child.status, child.state = "awaiting_supplement", {**child.state, "status": "awaiting_supplement"}
    post.town.session.flush()
    sign_in(client, "congdan", PASSWORD)
    page = client.get(f"/my/dossiers/{parent.filing_number}").text
    assert f'<a class="btn btn-primary" href="/my/dossiers/{child.filing_number}">' in page


def test_officials_of_the_ward_read_a_part_and_act_on_nothing(post: Post, client: FlaskClient) -> None:
    parent = registered(post)
    child = part(post, parent, "residence")
    sign_in(client, "tiepnhan", PASSWORD)
    page = client.get(f"/desk/dossiers/{child.code}").text
    assert "Phần của hồ sơ liên thông" in page
    assert "Người nộp xin rút" not in page
    assert "Ấp Mỹ Phước" not in page.partition("Nội dung khai")[2]
    sign_in(client, "thuly.police", PASSWORD)
    assert client.get(f"/desk/dossiers/{parent.code}").status_code == 404
    assert "Liên thông" in client.get("/desk").text


def test_look_up_tells_how_far_each_part_is(post: Post, client: FlaskClient) -> None:
    parent = registered(post, example="term_2026_09_07_10_00")
    number = parent.applicant["identity_number"]
    page = send(client, "/look-up", code=parent.code, identity_number=number).text
    assert "Cấp thẻ bảo hiểm y tế: đã tiếp nhận, đang giải quyết" in page


def test_nobody_applies_for_a_part_by_itself(town: Town, client: FlaskClient) -> None:
    page = client.get("/procedures/cap_the_bhyt_lien_thong").text
    assert "Không nộp riêng thủ tục này" in page
    assert "Nộp hồ sơ trực tuyến" not in page
