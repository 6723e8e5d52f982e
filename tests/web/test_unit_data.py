"""Changing a unit: every field that may change, by people who do not overwrite each other."""

from dataclasses import asdict

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from common.identity.administration.unit_changes import data_of
from common.identity.models import Unit
from tests.web.administering import UNITS, acts, add_unit, send

HOA_BINH = f"{UNITS}/hoa_binh"
JUSTICE = {"key": "justice", "code": "000.05.H40", "level": "department", "area_code": "92"}


def typed(session: Session, key: str) -> dict[str, str]:
    """What a browser sends that has the page open and nothing typed yet."""
    unit = session.scalars(select(Unit).where(Unit.key == key)).one()
    said = {name: str(value) for name, value in asdict(data_of(session, unit)).items()}
    return {**said, "revision": str(unit.revision)}


def save(client: FlaskClient, session: Session, key: str = "hoa_binh", **changes: str) -> TestResponse:
    return send(client, f"{UNITS}/{key}/data", **{**typed(session, key), **changes})


def test_every_field_that_may_change_is_saved_with_what_it_was(admin: FlaskClient, session: Session) -> None:
    add_unit(admin)
    add_unit(admin, **JUSTICE)
    changes = {
        "name_vi": "Ủy ban nhân dân phường Hòa Bình",
        "name_en": "Hoa Binh ward",
        "parent": "justice",
        "area_code": "92002",
        "address": "Thôn Tây",
        "phone": "",
    }
    before = typed(session, "hoa_binh")
    assert save(admin, session, **changes).location == HOA_BINH
    after = typed(session, "hoa_binh")
    assert after == {**before, **changes, "revision": "2"}
    changed = {field: [before[field], after[field]] for field in changes}
    assert acts(session, "unit", "hoa_binh")[-1] == ("unit.changed", {"changes": changed})
    shown = admin.get(HOA_BINH).text
    assert "Thôn Tây" in shown
    assert "92002" in shown


def test_the_page_is_filled_with_what_is_stored(admin: FlaskClient, session: Session) -> None:
    add_unit(admin)
    shown = admin.get(f"{HOA_BINH}/data").text
    for part in (
        'value="92001"',
        'value="Thôn Đông"',
        '<option selected value="commune">',
        '<option selected value="province">',
        'name="revision" type="hidden" value="1"',
    ):
        assert part in shown
    assert "Mã tỉnh" not in shown


def test_saving_nothing_new_changes_nothing(admin: FlaskClient, session: Session) -> None:
    add_unit(admin)
    assert save(admin, session).status_code == 303
    assert [act for act, _ in acts(session, "unit", "hoa_binh")] == ["unit.added"]
    assert typed(session, "hoa_binh")["revision"] == "1"


def test_who_saves_second_is_told_what_the_first_saved_and_decides(
    admin: FlaskClient, session: Session
) -> None:
    add_unit(admin)
    add_unit(admin, **JUSTICE)
    stale = typed(session, "hoa_binh")
    save(admin, session, address="Thôn Tây", parent="justice")
    mine = {**stale, "address": "Thôn Bắc"}
    answer = send(admin, f"{HOA_BINH}/data", **mine)
    assert answer.status_code == 422
    assert "người khác đã lưu ở ô này: Thôn Tây" in answer.text
    assert "người khác đã lưu ở ô này: 000.05.H40 · Ủy ban nhân dân xã Hòa Bình" in answer.text
    assert 'value="Thôn Bắc"' in answer.text
    assert 'name="revision" type="hidden" value="2"' in answer.text
    assert typed(session, "hoa_binh")["address"] == "Thôn Tây"
    assert send(admin, f"{HOA_BINH}/data", **{**mine, "revision": "2"}).status_code == 303
    assert (typed(session, "hoa_binh")["address"], typed(session, "hoa_binh")["revision"]) == (
        "Thôn Bắc",
        "3",
    )


def test_two_who_say_the_same_do_not_quarrel(admin: FlaskClient, session: Session) -> None:
    add_unit(admin)
    stale = {**typed(session, "hoa_binh"), "address": "Thôn Tây"}
    for _ in range(2):
        assert send(admin, f"{HOA_BINH}/data", **stale).status_code == 303
    assert typed(session, "hoa_binh")["revision"] == "2"


@pytest.mark.parametrize(
    ("key", "changes", "said"),
    [
        ("hoa_binh", {"name_vi": ""}, "Nhập tên đơn vị"),
        ("hoa_binh", {"area_code": "92"}, "Mã địa bàn không đúng với cấp của đơn vị."),
        ("hoa_binh", {"level": "province"}, "Mã địa bàn không đúng với cấp của đơn vị."),
        ("hoa_binh", {"parent": ""}, "Chọn đơn vị cấp trên"),
        ("justice", {"parent": "hoa_binh"}, "không thể trực thuộc chính nó"),
        ("province", {"area_code": ""}, "Mã địa bàn không đúng với cấp của đơn vị."),
        ("province", {"area_code": "92", "province_code": "92"}, "Mã tỉnh không đúng."),
        ("province", {"level": "commune", "area_code": "92001"}, "Mã tỉnh không đúng."),
    ],
)
def test_what_a_unit_cannot_become_is_said_beside_the_field(
    admin: FlaskClient, session: Session, key: str, changes: dict[str, str], said: str
) -> None:
    add_unit(admin, **JUSTICE)
    add_unit(admin, parent="justice")
    before = typed(session, key)
    answer = save(admin, session, key, **changes)
    assert answer.status_code == 422
    assert answer.text.count(said) == 2
    assert typed(session, key) == before


def test_a_commune_on_its_own_says_its_province(admin: FlaskClient, session: Session) -> None:
    alone = {"level": "commune", "area_code": "20332", "province_code": "48"}
    assert save(admin, session, "province", **alone).status_code == 303
    assert "Mã tỉnh" in admin.get(f"{UNITS}/province").text
    assert {name: typed(session, "province")[name] for name in alone} == alone
