"""A dossier that waits for money, a unit, a system, a moment or a limit moves where the other version waits alike."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from msgspec import structs

from common.problems import Refusal
from procedure_library.definition import Definition, Duration
from runtime.engine.advance import Advance
from runtime.engine.events import Move, Pay, UndoMove
from runtime.engine.fold import fold_all
from runtime.engine.machine_events import PassLimit, ReceiveMessage, Report
from tests.procedure_library.samples import step, task
from tests.runtime.consulting import LAND, POLICE, POLICE_UNIT, consulting
from tests.runtime.small import (
    CLOCK,
    MONDAY,
    Desk,
    context,
    official,
    received,
    small,
)
from tests.runtime.tables import rows_of
from tests.runtime.test_boundaries import LATE, interrupted
from tests.runtime.waiting import automatic, hearing, paying, resting, waiting_at

LATER = MONDAY + timedelta(days=1)
BASIS = "Nghị định 18/2026/NĐ-CP, Điều 37"
TWO_DAYS = Duration(2, "working_day")
STANDS: dict[str, Any] = {
    "payment": paying,
    "message": hearing,
    "moment": resting,
    "consultation": consulting,
    "automatic": automatic,
    "overdue": lambda: interrupted(LATE),
    "task": lambda: interrupted(),
}


def asking(*asks: Any) -> Definition:
    """The consultation asks these units instead."""
    sound = consulting()
    return replace(sound, steps=tuple(replace(s, asks=asks) if s.asks else s for s in sound.steps))


def by_another(definition: Definition) -> Definition:
    steps = (replace(s, role="leader") if s.key == "examine" else s for s in definition.steps)
    return replace(definition, steps=tuple(steps))


UNDER: dict[tuple[str, str], Any] = {
    ("payment", "another kind"): lambda: waiting_at(step("fee", "message", message="paid")),
    ("payment", "nothing to pay"): lambda: paying(rules=paying().rules.replace("2_000", "0")),
    ("message", "another message"): lambda: waiting_at(step("tax", "message", message="register")),
    ("moment", "another kind"): lambda: waiting_at(step("posted", "message", message="posted")),
    ("consultation", "one unit more"): lambda: asking(POLICE, LAND, replace(LAND, key="tax")),
    ("consultation", "one unit fewer"): lambda: asking(POLICE),
    ("consultation", "another role"): lambda: asking(POLICE, replace(LAND, role="leader")),
    ("automatic", "another kind"): lambda: waiting_at(step("ask", "moment", budget=TWO_DAYS)),
    ("overdue", "no way on overdue"): interrupted,
    ("task", "way on overdue"): lambda: interrupted(LATE),
    ("overdue", "another officer"): lambda: by_another(interrupted(LATE)),
}


def under(place: str, change: str) -> Definition:
    if change == "no such step":
        return waiting_at(task("elsewhere"))
    made: Definition = UNDER.get((place, change), STANDS[place])()
    return made


def moved(place: str, change: str) -> tuple[Desk, Advance | Refusal]:
    desk = received(STANDS[place](), functions={"police": POLICE_UNIT})
    desk.context = context(under(place, change), version=2, functions={"police": POLICE_UNIT})
    return desk, desk.ask(Move(by=official("leader"), at=LATER, basis=BASIS))


@pytest.mark.parametrize(
    "row", rows_of("moves_while_waiting.csv"), ids=lambda row: f"{row['waits_at']}-{row['under']}"
)
def test_it_moves_where_the_table_says(row: dict[str, str]) -> None:
    before = received(STANDS[row["waits_at"]](), functions={"police": POLICE_UNIT}).state
    desk, answer = moved(row["waits_at"], row["under"])
    if isinstance(answer, Refusal):
        assert (answer.code, desk.state) == (row["then"], before)
        return
    after = answer.state
    assert (row["then"], after.version, after.status) == ("moved", 2, before.status)
    assert (after.expects, after.runs) == (before.expects, before.runs)
    limits = "kept" if after.limits == before.limits else "new" if after.limits else "dropped"
    assert limits == row["limits"]
    if limits == "new":
        assert [limit.at for limit in after.limits] == [task.due_at for task in after.tasks]
    assert fold_all(desk.records) == after
    assert isinstance(desk.ask(UndoMove(by=official("leader"), at=LATER, reason="Nhầm")), Advance)
    assert structs.replace(desk.state, opened=before.opened) == before


@pytest.mark.parametrize(
    ("place", "event"),
    [
        ("payment", Pay(by=official("cashier"), at=LATER)),
        ("message", ReceiveMessage(by=CLOCK, at=LATER, key="tax_paid", message_id="1")),
        ("moment", PassLimit(by=CLOCK, at=MONDAY + timedelta(days=9))),
        ("consultation", PassLimit(by=CLOCK, at=MONDAY + timedelta(days=9))),
        ("automatic", Report(by=CLOCK, at=LATER, run=1)),
        ("overdue", PassLimit(by=CLOCK, at=MONDAY + timedelta(days=9))),
    ],
)
def test_what_it_waited_for_still_lets_it_go_on(place: str, event: Any) -> None:
    desk, answer = moved(place, "same steps")
    assert isinstance(answer, Advance), answer
    assert isinstance(desk.ask(event), Advance)


def test_work_of_another_kind_is_no_step_to_choose() -> None:
    desk = received(small())
    desk.context = context(waiting_at(step("examine", "moment", budget=TWO_DAYS)), version=2)
    answer = desk.ask(Move(by=official("leader"), at=LATER, basis=BASIS))
    assert isinstance(answer, Refusal)
    assert answer.code == "dossiers.move.step_gone"
