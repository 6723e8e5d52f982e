"""A branch by the case type at work: each dossier takes its own way, no rule is read, and its events give its state."""

from dataclasses import replace

import pytest

from procedure_library.definition import CASE_TYPE, Definition
from runtime.engine.advance import Advance
from runtime.engine.fold import fold
from runtime.engine.state import State
from tests.procedure_library.samples import step, to
from tests.runtime.small import STEPS, TRANSITIONS, finish, ordinary, received, small


def two_kinds() -> Definition:
    """Ordinary dossiers are examined first, urgent ones are signed at once."""
    moved = tuple(replace(t, target="kinds") if t.key == "started_examine" else t for t in TRANSITIONS)
    ways = (to("kinds", "examine", "ordinary"), to("kinds", "sign", "urgent"))
    kind = ordinary(amounts=("copies",))
    return small(
        case_types=(kind, replace(kind, key="urgent")),
        steps=(*STEPS, step("kinds", "branch", choice=CASE_TYPE)),
        transitions=(*moved, *ways),
    )


@pytest.mark.parametrize(("case_type", "first"), [("ordinary", "examine"), ("urgent", "sign")])
def test_each_case_type_takes_its_way(case_type: str, first: str) -> None:
    desk = received(two_kinds(), case_type=case_type)
    assert [task.step for task in desk.state.tasks] == [first]
    state = State()
    for record in desk.records:
        state = fold(state, record)
    assert state == desk.state


def test_the_case_type_is_no_rule_that_is_read() -> None:
    desk = received(two_kinds(), case_type="urgent")
    assert desk.last is not None
    assert "kinds_sign_urgent" in (desk.last.record.walk.transitions if desk.last.record.walk else ())
    assert isinstance(finish(desk, "granted"), Advance)
