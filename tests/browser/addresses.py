"""The certified copies as a procedure that asks where the applicant lives."""

from dataclasses import replace
from typing import Any

from common.db import Database
from common.identity.actor import machine
from form_builder.kinds import KINDS
from procedure_library.models import Version
from procedure_library.publishing import Basis, publish
from procedure_library.queries import definition_of, version_in_force
from tests.conftest import MONDAY_MORNING

HOME = {
    **KINDS["address"].shape,
    "x-motcua-kind": "address",
    "title": "Nơi cư trú",
    "description": "Nơi đang ở, theo đơn vị hành chính hiện nay.",
    "x-motcua-en": {"title": "Residence", "description": "Where you live, by today's units."},
}


def asking_where(form: dict[str, Any]) -> dict[str, Any]:
    """The form whose applicant is asked for an address, too."""
    applicant = form["properties"]["applicant"]
    asking = {
        **applicant,
        "properties": {**applicant["properties"], "home": HOME},
        "required": [*applicant["required"], "home"],
    }
    return {**form, "properties": {**form["properties"], "applicant": asking}}


def publish_address(house: Database) -> None:
    """Its next version, in force at once."""
    day = MONDAY_MORNING.date()
    with house.transaction() as session:
        version = version_in_force(session, "chung_thuc_ban_sao", day)
        assert version is not None
        before = definition_of(session, version.id).definition
        changed = replace(before, form=asking_where(dict(before.form)), examples=())
        by, basis = machine("a test"), Basis("2/QĐ")
        made = publish(session, changed, by=by, at=MONDAY_MORNING, basis=basis, effective_from=day)
        assert isinstance(made, Version), made
