"""Budgets are held against the term as the clock runs: units asked at once each have their limit, applicants none."""

from dataclasses import replace

import pytest

from common.text import Text
from procedure_library.checks.subject import Subject
from procedure_library.definition import Ask, Definition, Duration
from procedure_library.remedies import remedy_for
from tests.procedure_library.faults import with_step
from tests.procedure_library.samples import step
from tests.procedure_library.step_faults import before_signing, consulting
from tests.procedure_library.test_checks import CALENDAR, found_by

ONE, TWO, THREE, NINE = (Duration(days, "working_day") for days in (1, 2, 3, 9))
POLICE = Ask("police", Text("Công an xã", "Police"), "leader", budget=ONE)
LAND = Ask("land", Text("Địa chính", "Land office"), "leader", budget=TWO)
BY_CALENDAR = replace(LAND, budget=Duration(9, "calendar_day"))
NEVER, NOT_ALWAYS = "procedures.term.never_kept", "procedures.term.not_kept"


@pytest.mark.parametrize(
    ("procedure", "code"),
    [
        # The term is three working days.
        (consulting(POLICE, LAND, budget=None), None),
        (consulting(POLICE, replace(LAND, budget=NINE), budget=ONE), NEVER),
        (consulting(POLICE, replace(LAND, budget=None), budget=NINE), NEVER),
        (consulting(POLICE, BY_CALENDAR, budget=ONE), NOT_ALWAYS),
        (consulting(POLICE, LAND, budget=NINE), None),
        (before_signing(step("pay", "payment", collects=("issue",), budget=NINE)), None),
        (with_step("supplement", budget=NINE), None),
        (before_signing(step("hear", "message", message="tax", budget=NINE)), NEVER),
    ],
)
def test_what_is_longer_than_the_term_is_told(procedure: Definition, code: str | None) -> None:
    assert [finding.code for finding in found_by("budgets", procedure)] == ([code] if code else [])


def test_the_limit_of_a_unit_asked_is_shortened_too_and_said_beforehand() -> None:
    late = consulting(POLICE, replace(LAND, budget=NINE), budget=ONE)
    (finding,) = found_by("budgets", late)
    assert finding.where == "consult"
    remedy = remedy_for(late, finding, CALENDAR)
    assert remedy is not None
    assert "Địa chính 9 → 3" in str(remedy.parameters["steps"])
    assert found_by("budgets", remedy.mended) == []
    kept = Subject(remedy.mended).graph.steps["consult"]
    assert [ask.budget for ask in kept.asks] == [ONE, THREE]
