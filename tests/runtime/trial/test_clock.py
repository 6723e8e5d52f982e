"""The clock of a trial: what falls due on the way happens by itself, each thing at its own instant."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from common.clock import ZONE
from common.problems import Refusal
from procedure_library.compiled import compiled
from procedure_library.course import WAIT, CourseAct
from procedure_library.definition import Definition, Duration, Transition
from procedure_library.playing import Played, Supposed
from procedure_library.ready_made import national_calendar
from runtime.trial.player import play
from tests.procedure_library.samples import step, task, to
from tests.runtime.small import MONDAY, STEPS, TRANSITIONS, small

PERSON = {"person": {"full_name": "Nguyễn Thị Lan", "copies": 3}}
GIVEN = Supposed("ordinary", "counter", national_calendar().calendar)


def act(word: str, role: str, at: datetime = MONDAY, **parts: Any) -> CourseAct:
    return CourseAct(word, role, at.isoformat(), **parts)


FILED = act("submit", "reception", answers=PERSON)
RECEIVED = (FILED, act("accept", "reception"))
ASKED = (
    *RECEIVED,
    act("complete", "case_officer", step="examine", outcome="incomplete", reason="Thiếu bản vẽ."),
)


def until(day: int, month: int, hour: int = 9) -> CourseAct:
    return act(WAIT, "machine", datetime(2026, month, day, hour, tzinfo=ZONE))


def played(*acts: CourseAct, of: Definition | None = None) -> Played:
    return play(compiled(of or small()), GIVEN, acts, at=MONDAY)


def answered_within(days: int | None) -> Definition:
    """The applicant has so many working days to complete the dossier; None: no limit."""
    budget = Duration(days, "working_day") if days else None
    return small(steps=tuple(replace(s, budget=budget) if s.kind == "supplement" else s for s in STEPS))


def test_a_supplement_without_limit_is_awaited_for_good() -> None:
    found = played(*ASKED, until(1, 9), of=answered_within(None))
    assert (found.standing.status, len(found.happened)) == ("awaiting_supplement", 3)


def test_the_machine_stops_what_was_not_completed_the_morning_after_its_last_day() -> None:
    found = played(*ASKED, until(1, 6), of=answered_within(5))
    last = found.happened[-1]
    assert (last.act, last.role, last.at) == ("stop", "machine", datetime(2026, 3, 10, tzinfo=ZONE))
    assert [letter.kind for letter in last.letters] == ["stop_notice"]
    assert found.standing.status == "stopped"


def test_what_is_completed_in_time_is_not_stopped() -> None:
    answered = act("answer_supplement", "reception", MONDAY + timedelta(days=7))
    found = played(*ASKED, answered, until(11, 3), of=answered_within(5))
    assert found.standing.status == "in_process"


def test_a_limit_passes_at_its_own_instant() -> None:
    steps = (*STEPS, task("hurry", role="leader"))
    way = Transition("late", "examine", "hurry", on="overdue")
    overdue = small(steps=steps, transitions=(*TRANSITIONS, way, to("hurry", "sign")))
    found = played(*RECEIVED, until(20, 3), of=overdue)
    last = found.happened[-1]
    assert (last.act, last.at) == ("pass_limit", datetime(2026, 3, 3, 23, 59, tzinfo=ZONE))
    assert found.standing.rests == ("hurry",)


@pytest.mark.parametrize(
    ("began", "due"),
    [
        ("2026-02-11T09:00:00+07:00", "2026-02-23"),
        ("2026-02-13T16:00:00+07:00", "2026-02-25"),
        ("2026-03-06T09:00:00+07:00", "2026-03-11"),
    ],
    ids=["Tết lies between", "the last afternoon before Tết", "a weekend lies between"],
)
def test_three_working_days_are_counted_as_the_calendar_says(began: str, due: str) -> None:
    at = datetime.fromisoformat(began).astimezone(ZONE)
    acts = (act("submit", "reception", at, answers=PERSON), act("accept", "reception", at))
    found = play(compiled(small()), GIVEN, acts, at=at)
    assert str(found.standing.due_on) == due


def test_the_clock_only_goes_on() -> None:
    found = played(*RECEIVED, act(WAIT, "machine", MONDAY - timedelta(hours=1)))
    assert found.halted is not None
    assert found.halted.because == Refusal("trials.clock_back")


def test_a_case_that_is_gone_is_told() -> None:
    found = play(compiled(small()), replace(GIVEN, case_type="express"), RECEIVED, at=MONDAY)
    assert found.halted is not None
    assert found.halted.because == Refusal("trials.case_type_gone", {"case": "express"})
    assert (found.happened, found.offers) == ((), ())


def test_an_instant_without_offset_is_refused() -> None:
    found = played(replace(FILED, at="2026-03-02T09:00:00"))
    assert found.halted is not None
    assert found.halted.because == Refusal("trials.clock_unreadable")


def test_an_automatic_step_that_nobody_answers_has_failed_after_its_patience() -> None:
    steps = (*STEPS, step("asked", "automatic", connector="tax", attempts=1), task("by_hand"))
    ways = tuple(replace(t, target="asked") if t.source == "started" else t for t in TRANSITIONS)
    failing = Transition("failed", "asked", "by_hand", on="failure")
    more = (to("asked", "examine"), failing, to("by_hand", "examine"))
    found = played(*RECEIVED, until(3, 3), of=small(steps=steps, transitions=(*ways, *more)))
    last = found.happened[-1]
    assert (last.act, last.at - MONDAY, found.standing.rests) == (
        "pass_limit",
        timedelta(hours=1),
        ("by_hand",),
    )
