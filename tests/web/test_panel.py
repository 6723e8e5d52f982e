"""What the panel of a step asks for: it stands in the drawing, in the history, and can be brought back."""

from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from common.identity.actor import machine
from common.text import Text
from designer.drafts import begin_new, file_of
from designer.models import Draft
from procedure_library.bpmn import Steps, read_steps
from procedure_library.guidance import Duty, StepNotice
from procedure_library.loading import load_calendar
from procedure_library.package import STEPS
from tests.conftest import MONDAY_MORNING
from tests.web import people
from tests.web.test_drafts import at, sent

DUTY = Duty("Điều 17 Nghị định 118/2025/NĐ-CP", Text("công chức một cửa", "the one-stop official"))


@pytest.fixture
def draft(session: Session) -> Draft:
    load_calendar(session, at=MONDAY_MORNING)
    name = Text("Cấp giấy xác nhận", "Certificate")
    begun = begin_new(session, "marital_status", name, by=machine("a test"), at=MONDAY_MORNING)
    assert isinstance(begun, Draft)
    return begun


def drawn(session: Session, draft: Draft) -> str:
    saved = file_of(session, draft, STEPS)
    assert saved is not None
    return saved.content or ""


def with_attributes(content: str, **attributes: str) -> str:
    """What the canvas sends once the panel of the first task was filled in."""
    said = "".join(f" motcua:{name.replace('_', '-')}={_quoted(value)}" for name, value in attributes.items())
    return content.replace(' motcua:role="case_officer"', f' motcua:role="case_officer"{said}', 1)


def _quoted(value: str) -> str:
    return quoteattr(value, {"\n": "&#10;"})


SAID = {
    "basis": DUTY.basis,
    "responsible": DUTY.who.vi,
    "responsible_en": DUTY.who.en,
    "instructions": "Đối chiếu bản chính.\n\nXem https://vbpl.vn.",
    "entered_applicant": "Hồ sơ {code} đã đến bước {step}.",
}


def test_what_the_panel_asks_for_is_kept_and_brought_back(
    admin: FlaskClient, draft: Draft, session: Session
) -> None:
    before = drawn(session, draft)
    assert sent(admin, draft, with_attributes(before, **SAID), 1).status_code == 200
    filled = drawn(session, draft)
    steps = read_steps(filled.encode())
    assert isinstance(steps, Steps)
    told = next(step for step in steps.steps if step.duty)
    assert (told.duty, told.instructions) == (DUTY, Text(SAID["instructions"]))
    assert told.notices == (StepNotice("entered", "applicant", Text(SAID["entered_applicant"])),)
    assert sent(admin, draft, before, 2).status_code == 200
    page = admin.get(at(draft, "/history")).text
    offered = [part.split('"')[0] for part in page.split(f'action="{at(draft)}/saves/')[1:]]
    people.send(admin, at(draft, f"/saves/{offered[0]}"), at(draft, "/history"), revision="3")
    assert drawn(session, draft) == filled


@pytest.mark.parametrize(
    "kind", ["task", "consultation", "supplement", "payment", "message", "moment", "automatic"]
)
def test_every_step_at_rest_says_whose_it_is(admin: FlaskClient, draft: Draft, kind: str) -> None:
    element: dict[str, Any] = {"kind": kind, "key": "k", **SAID}
    token = people.token(admin, "/designer/drafts/new")
    page = admin.post(at(draft, "/steps/panel"), json=element, headers={"X-CSRFToken": token}).text
    assert f'value="{DUTY.basis}"' in page
    assert ("Đối chiếu bản chính." in page) == (kind in ("task", "consultation"))
    assert "Hồ sơ {code} đã đến bước {step}." in page


def test_half_of_a_duty_is_no_error(admin: FlaskClient, draft: Draft, session: Session) -> None:
    half = with_attributes(drawn(session, draft), basis=DUTY.basis)
    answer = sent(admin, draft, half, 1)
    assert "mà không nói ai chịu trách nhiệm" in answer.text
