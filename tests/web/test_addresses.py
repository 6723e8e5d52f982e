"""The designer's pages on addresses: the kind in the field editor, a preview to try, and the list that is loaded."""

import json
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from designer.drafts import files_of
from designer.models import Draft
from procedure_library.loading import load_places
from procedure_library.package import FORM
from tests.conftest import MONDAY_MORNING
from tests.web.drafting import AT, send

NEW = f"{AT}/form/new-field?page=documents&kind=address"
HOME = {"title_vi": "Nơi ở", "title_en": "Home", "kind": "address", "page": "documents", "required": "y"}
PREVIEW = f"{AT}/form/preview/documents"


@pytest.fixture
def listed(session: Session) -> None:
    load_places(session, at=MONDAY_MORNING)
    session.flush()


def test_an_address_is_one_question_of_the_draft(author: Any, session: Session, draft: Draft) -> None:
    assert send(author, f"{AT}/form/fields", NEW, **HOME).status_code == 303
    form = json.loads(files_of(session, draft)[FORM])
    asked = form["properties"]["noi_o"]
    assert (asked["x-motcua-kind"], asked["x-motcua-list"]) == ("address", "communes")
    assert list(asked["properties"]) == ["province", "commune", "line"]
    assert "00004" not in files_of(session, draft)[FORM]
    listed = author.get(f"{AT}/form").text
    assert "Địa chỉ (tỉnh, xã, số nhà)" in listed
    assert "noi_o.commune" not in listed
    field = f"{AT}/form/fields/noi_o"
    assert send(author, field, field, **{**HOME, "title_vi": "Nơi thường trú"}).status_code == 303
    changed = json.loads(files_of(session, draft)[FORM])["properties"]["noi_o"]
    assert changed == {**asked, "title": "Nơi thường trú"}


def test_a_commune_alone_is_not_offered_to_authors(author: Any) -> None:
    page = author.get(f"{AT}/form/new-field?page=documents").text
    assert 'value="address"' in page
    assert 'value="province"' in page
    assert 'value="commune"' not in page


@pytest.mark.usefixtures("listed")
def test_the_preview_picks_and_looks_up_as_people_will(author: Any) -> None:
    send(author, f"{AT}/form/fields", NEW, **HOME)
    assert "Cà Mau (tỉnh)" in unescape(author.get(PREVIEW).text)
    typed = {"noi_o.province": "96", "noi_o-old": "Hàng Trống"}
    text = unescape(send(author, PREVIEW, PREVIEW, **typed).text)
    assert "Châu Thới (xã)" in text
    assert "phường Hoàn Kiếm, thành phố Hà Nội" in text


@pytest.mark.usefixtures("listed")
def test_the_reference_pages_show_which_list_is_loaded(admin: FlaskClient) -> None:
    assert "Đang dùng bản 1, áp dụng từ 01/07/2025." in unescape(admin.get("/designer/reference").text)
    page = "/designer/reference/places"
    text = unescape(admin.get(page).text)
    assert "34 tỉnh, thành phố và 3.321 phường, xã, đặc khu" in text
    assert "vietnam-provinces 2025.10.1" in text
    communes = unescape(admin.get(f"{page}?province=96").text)
    assert "Châu Thới (xã)" in communes
    assert "Hoàn Kiếm" not in communes
    assert "phường Hoàn Kiếm, thành phố Hà Nội" in unescape(admin.get(f"{page}?old=hang+trong").text)
    assert admin.get(f"{page}?province=97").status_code == 404


def test_without_a_list_the_page_tells_how_one_is_loaded(admin: FlaskClient) -> None:
    text = admin.get("/designer/reference/places").text
    assert "Chưa nạp danh mục tỉnh, xã" in text
    assert "motcua reference places" in text
