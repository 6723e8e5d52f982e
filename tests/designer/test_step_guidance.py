"""What a step says to people is kept by the panel's fields whole, and nothing is made of empty ones."""

import pytest

from common.text import UNSAID, Text
from designer.step_notices import notice_fields, notices_said
from designer.step_panel import step_element, step_said
from procedure_library.bpmn import Steps
from procedure_library.definition import Drawing, Step
from procedure_library.guidance import Duty, StepNotice

BASIS = "Điều 17 Nghị định 118/2025/NĐ-CP"
DUTIES = (
    None,
    Duty(BASIS),
    Duty("", Text("công chức một cửa")),
    Duty(BASIS, Text("công chức một cửa", "the one-stop official")),
)
NOTICES = (
    (),
    (StepNotice("entered", "applicant", Text("Hồ sơ {code}\nđã vào bước {step}.", "Dossier {code}")),),
    (
        StepNotice("entered", "unit", Text("Có việc mới.")),
        StepNotice("overdue", "leaders", Text("Quá hạn từ {due}.", "Late since {due}.")),
    ),
)


@pytest.mark.parametrize("duty", DUTIES)
@pytest.mark.parametrize("notices", NOTICES)
def test_a_step_comes_back_from_its_panel_as_it_was(
    duty: Duty | None, notices: tuple[StepNotice, ...]
) -> None:
    step = Step("examine", "task", Text("Thẩm tra"), role="case_officer", duty=duty, notices=notices)
    alone = Steps((step,), (), Drawing())
    assert step_said(step, step_element(alone, step, lambda each: each.name.vi)) == step


def test_empty_fields_say_nothing() -> None:
    fields = notice_fields(Step("examine", "task", UNSAID))
    assert set(fields.values()) == {""}
    assert list(notices_said(fields)) == []
    assert list(notices_said(dict.fromkeys(fields, "  \n "))) == []
