"""The differences between two definitions, as a controller reads them: names of things, never their keys."""

from dataclasses import replace
from typing import Any

import pytest

from common.text import Text
from designer.told_changes import told
from procedure_library.compare import compare
from procedure_library.definition import Definition
from procedure_library.guidance import Duty, StepNotice
from tests.procedure_library.samples import definition, with_computed


def details(after: Definition) -> list[tuple[str, str, str]]:
    before = definition()
    return [each for one in told(compare(before, after), before, after, "vi") for each in one.details]


def changed_step(key: str, **changes: Any) -> Definition:
    whole = definition()
    steps = (replace(step, **changes) if step.key == key else step for step in whole.steps)
    return replace(whole, steps=tuple(steps))


PAGE = "Người yêu cầu"


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (changed_step("examine", shows=()), [("shows", PAGE, "")]),
        (
            changed_step("signed", name=Text("Ký", "Sign")),
            [("name", "Bước signed / Step signed", "Ký / Sign")],
        ),
        (
            changed_step("examine", duty=Duty("Điều 17 NĐ 118/2025", Text("công chức một cửa"))),
            [("duty", "", "công chức một cửa · Điều 17 NĐ 118/2025")],
        ),
        (
            changed_step("examine", notices=(StepNotice("entered", "leaders", Text("Đã đến", "Here")),)),
            [("notices", "", "Đã đến")],
        ),
        (with_computed("issue"), [("fields", PAGE, f"{PAGE}, issue")]),
        (
            replace(definition(), left_out=(Text("Kết hôn", "Marriage"), Text("Ly hôn"))),
            [("left_out", "", "Kết hôn, Ly hôn")],
        ),
    ],
)
def test_a_change_is_told_by_names(after: Definition, expected: list[tuple[str, str, str]]) -> None:
    assert details(after) == expected
