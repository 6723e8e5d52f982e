"""An administrator at work: units added, and what the audit says of it."""

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from common.audit import AuditRow
from tests.web import people

UNITS = "/administration/units"
OFFICIALS = "/administration/officials"
NEW_UNIT = "/administration/new-unit"
COMMUNE = {
    "name_vi": "Ủy ban nhân dân xã Hòa Bình",
    "name_en": "",
    "level": "commune",
    "parent": "province",
    "code": "000.21.02.h40",
    "key": "hoa_binh",
    "area_code": "92001",
    "valid_from": "2/3/2026",
    "address": "Thôn Đông",
    "phone": "0235 3811 102",
}


def send(client: FlaskClient, path: str, **typed: str) -> TestResponse:
    return people.send(client, path, page="/profile", **typed)


def add_unit(client: FlaskClient, **changes: str) -> TestResponse:
    return send(client, UNITS, **{**COMMUNE, **changes})


def acts(session: Session, kind: str, key: str) -> list[tuple[str, dict[str, object]]]:
    told = select(AuditRow).where(AuditRow.subject_kind == kind, AuditRow.subject_key == key)
    return [(row.act, row.details) for row in session.scalars(told.order_by(AuditRow.id))]
