"""Days lost after a limit was worked out: the table that an official can read and correct."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from common.calendar import Interruptions
from common.clock import ZONE, local_date
from common.jobs import Work
from common.problems import Refusal
from config import Settings
from procedure_library.interruptions import Interruption, NewInterruption, record_interruption
from runtime.deadlines import derive_changed
from runtime.engine.advance import Advance
from runtime.engine.effects import Notify
from runtime.engine.events import AnswerSupplement, Resume, Suspend
from runtime.engine.machine_events import DeriveDeadline, PassLimit
from runtime.engine.recounting import entered_at
from runtime.models.dossiers import Dossier, DossierEvent
from runtime.models.papers import Notice
from runtime.office import Office
from runtime.replay import replay, verify
from tests.runtime.consulting import POLICE_UNIT, consulting
from tests.runtime.small import APPLICANT, CLOCK, MONDAY, Desk, finish, official, received, small
from tests.runtime.tables import rows_of
from tests.runtime.test_boundaries import LATE, interrupted
from tests.runtime.town import Town
from tests.runtime.waiting import hearing, resting

REASON = "Công điện 12/CĐ-UBND"
AT: dict[str, Any] = {
    "task": small,
    "overdue": lambda: interrupted(LATE),
    "moment": resting,
    "moment by rule": lambda: resting(moment="three_days"),
    "consultation": lambda: consulting(None),
    "supplement": small,
    "message": hearing,
}


def at(place: str) -> Desk:
    """A dossier received on Monday that stands there."""
    desk = received(AT[place](), functions={"police": POLICE_UNIT})
    if place == "supplement":
        finish(desk, "incomplete")
        assert desk.state.status == "awaiting_supplement"
    return desk


def limit_of(desk: Desk, place: str) -> str:
    """Of whatever has the limit there; what the machine watches and what the task says is one day."""
    if place == "supplement":
        found = {desk.state.answer_by}
    elif place.startswith("moment"):
        found = {limit.at for limit in desk.state.limits}
    else:
        found = {task.due_at for task in desk.state.tasks} | {limit.at for limit in desk.state.limits}
    days = {f"{local_date(limit):%d/%m}" for limit in found if limit}
    return max(days, default="none")


def lose(desk: Desk, lost: str) -> Advance | Refusal:
    how, _, days = lost.partition(" ")
    since, until = (
        datetime.strptime(f"{day}/2026", "%d/%m/%Y").replace(tzinfo=ZONE) for day in days.split("-")
    )
    if how == "storm":
        return derive(desk, since.date(), until.date())
    leader = official("leader")
    desk.ask(Suspend(by=leader, at=since.replace(hour=10), why="incident", reason=REASON))
    return ask_counting(desk, Resume(by=leader, at=until.replace(hour=10)))


def derive(desk: Desk, since: date, until: date) -> Advance | Refusal:
    """The machine works the deadline out again, knowing of the days lost."""
    days = {since + timedelta(days=n): "Bão số 5" for n in range((until - since).days + 1)}
    calendar = desk.context.reference.calendar
    assert calendar is not None
    known = replace(calendar, interruptions=Interruptions(1, days))
    desk.context = replace(desk.context, reference=replace(desk.context.reference, calendar=known))
    return ask_counting(desk, DeriveDeadline(by=CLOCK, at=MONDAY + timedelta(days=1)))


def ask_counting(desk: Desk, event: Any) -> Advance | Refusal:
    desk.context = replace(desk.context, entered=entered_at(desk.records))
    return desk.ask(event)


@pytest.mark.parametrize("row", rows_of("lost_days.csv"), ids=lambda row: f"{row['waits_at']}-{row['lost']}")
def test_limits_move_as_the_table_says(row: dict[str, str]) -> None:
    desk = at(row["waits_at"])
    assert limit_of(desk, row["waits_at"]) == row["limit"]
    lose(desk, row["lost"])
    assert limit_of(desk, row["waits_at"]) == row["then"]


def test_no_limit_passes_while_the_office_stands_still() -> None:
    desk = at("consultation")
    wednesday = MONDAY + timedelta(days=2)
    desk.ask(Suspend(by=official("leader"), at=MONDAY, why="authority", reason=REASON))
    refused = desk.ask(PassLimit(by=CLOCK, at=MONDAY + timedelta(days=9)))
    assert isinstance(refused, Refusal)
    assert refused.code == "dossiers.suspended"
    assert isinstance(ask_counting(desk, Resume(by=official("leader"), at=wednesday)), Advance)
    assert desk.ask(PassLimit(by=CLOCK, at=wednesday)) == Refusal("dossiers.no_limit_passed")


def test_the_applicant_who_gets_more_days_is_told() -> None:
    desk = at("supplement")
    lost = lose(desk, "storm 05/03-06/03")
    assert isinstance(lost, Advance)
    assert Notify("supplement_longer") in lost.effects
    again = derive(desk, date(2026, 3, 5), date(2026, 3, 6))
    assert again == Refusal("dossiers.deadline_not_changed")


def test_a_step_entered_again_counts_from_then() -> None:
    desk = at("supplement")
    thursday = MONDAY + timedelta(days=3)
    desk.ask(AnswerSupplement(by=APPLICANT, at=thursday))
    assert entered_at(desk.records) == {"examine": thursday}


def answer_by(town: Town, dossier: Dossier) -> str:
    town.session.refresh(dossier)
    return str(dossier.answer_by)[:10]


def test_a_storm_moves_tasks_and_supplements_of_a_town(
    town: Town, office: Office, settings: Settings
) -> None:
    examined, asked = town.received(), town.received()
    town.complete(asked, "incomplete", reason=REASON)
    assert answer_by(town, asked) == "2026-03-11"
    wednesday = MONDAY.replace(day=3)
    work = Work(town.session, wednesday, office.files, settings)
    storm = NewInterruption(
        town.units["tan_an"], False, date(2026, 3, 3), date(2026, 3, 4), "force_majeure", "Bão số 5", REASON
    )
    by = town.official("administrator", "province")
    assert isinstance(record_interruption(town.session, storm, by=by, at=wednesday), Interruption)
    derive_changed(work, date(2026, 3, 3))
    task = town.task(examined)
    assert (local_date(task.due_at), local_date(task.sort_at)) == (date(2026, 3, 5), date(2026, 3, 5))
    assert answer_by(town, asked) == "2026-03-13"
    assert town.all(Notice, dossier_id=asked.id)[-1].news == "supplement_longer"
    events = len(town.all(DossierEvent))
    derive_changed(work, date(2026, 3, 3))
    assert len(town.all(DossierEvent)) == events
    for dossier in (examined, asked):
        assert replay(town.session, dossier) == verify(town.session, dossier) == ()
