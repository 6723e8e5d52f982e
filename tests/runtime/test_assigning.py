"""Tasks whose role and area a rule says: to whom they go, who sees them, and what happens where nobody is."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from common.problems import Refusal
from procedure_library.definition import Definition
from runtime import dossiers, queries, tasks
from runtime.engine.advance import Advance
from runtime.models.tasks import Task
from runtime.replay import replay, verify
from tests.runtime.small import MONDAY, OTHER_UNIT, RULES, STEPS, SUPPLEMENT, Desk, finish, received, small
from tests.runtime.town import Town, publish_small

REVIEW = """
assign review "Who examines"
  role leader when person.copies > 5
  role case_officer area "{area}" when person.copies > 2
  otherwise role case_officer
"""


def reviewed(area: str = "52009") -> Definition:
    """The small procedure, whose examination goes where the rule says."""
    steps = tuple(replace(s, role="", assign="review") if s.key == "examine" else s for s in STEPS)
    rules = RULES.format(supplement=SUPPLEMENT["pause"]) + REVIEW.format(area=area)
    return small(steps=steps, rules=rules)


def desk_with(copies: int, **changes: Any) -> Desk:
    answers = {"person": {"full_name": "Nguyễn Thị Lan", "copies": copies}}
    return received(reviewed(), answers=answers, **changes)


@pytest.mark.parametrize(
    ("copies", "role", "unit"), [(9, "leader", 0), (3, "case_officer", OTHER_UNIT), (1, "case_officer", 0)]
)
def test_the_rule_says_who_gets_the_task(copies: int, role: str, unit: int) -> None:
    desk = desk_with(copies, areas={"52009": OTHER_UNIT})
    assert [(task.step, task.role, task.unit) for task in desk.state.tasks] == [("examine", role, unit)]
    assert desk.last is not None
    assert "review" in [reading.rule for reading in desk.last.record.readings]


def test_the_own_area_is_the_own_unit() -> None:
    (task,) = desk_with(3, area="52009").state.tasks
    assert (task.role, task.area, task.unit) == ("case_officer", "receiving", 0)


def test_an_area_without_a_unit_is_named() -> None:
    with pytest.raises(AssertionError, match="no_unit_in_area"):
        desk_with(3)


def test_the_task_goes_on_as_any_other() -> None:
    desk = desk_with(1)
    assert isinstance(finish(desk, "fit"), Advance)
    assert [task.step for task in desk.state.tasks] == ["sign"]


def test_the_unit_of_that_area_sees_the_dossier_and_works(town: Town) -> None:
    body = reviewed("99002")
    before = MONDAY - timedelta(days=2)
    publish_small(town.session, before, MONDAY.date(), steps=body.steps, rules=body.rules)
    dossier = town.received()
    task = town.task(dossier)
    assert task.unit_id == town.units["hoa_binh"].id
    there = town.official("case_officer", "hoa_binh")
    assert queries.dossier_for(town.session, dossier.code or "", there, at=MONDAY) is not None
    here = town.official("case_officer")
    refused = tasks.complete(town.session, task, outcome="fit", by=here, at=MONDAY)
    assert refused == Refusal("dossiers.task_of_another_role")
    assert isinstance(tasks.complete(town.session, task, outcome="fit", by=there, at=MONDAY), Task)
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def test_reception_is_told_that_the_area_has_no_unit(town: Town) -> None:
    body = reviewed("99999")
    before = MONDAY - timedelta(days=2)
    publish_small(town.session, before, MONDAY.date(), steps=body.steps, rules=body.rules)
    refused = dossiers.accept(town.session, town.filed(), by=town.official("reception"), at=MONDAY)
    assert refused == Refusal("dossiers.no_unit_in_area", {"area": "99999"})
