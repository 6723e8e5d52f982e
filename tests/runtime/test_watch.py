"""What the clock notices of open dossiers: in time, once, and after downtime as well."""

from datetime import datetime, timedelta

from sqlalchemy import text

from common.clock import ZONE
from common.problems import Problem
from runtime import dossiers, halting, queries, tasks
from runtime.engine.thresholds import Thresholds
from runtime.models.dossiers import Dossier
from runtime.models.papers import Notice
from runtime.models.reminders import Reminder
from runtime.replay import replay, verify
from runtime.watch.looking import LISTS
from runtime.watch.reading import count_of, proposed, reminders_of
from runtime.watch.settings import Decided, decide, thresholds_of
from runtime.watch.watching import Watch
from tests.runtime.small import MONDAY
from tests.runtime.town import Town

DAY = timedelta(days=1)


def march(day: int, hour: int = 8) -> datetime:
    return datetime(2026, 3, day, hour, 0, tzinfo=ZONE)


def look(town: Town, at: datetime) -> None:
    """One whole round."""
    for see in LISTS.values():
        after = None
        while after := see(Watch(town.session, at), after):
            pass
    town.session.expire_all()


def noted(town: Town) -> list[tuple[str, int, str]]:
    """Kind, task and the day of the law, in the order in which they were noted."""
    return [(r.kind, r.task, f"{r.crossed_on:%d/%m}") for r in town.all(Reminder)]


def test_a_step_near_its_limit_is_told_to_its_people_once(town: Town) -> None:
    """Received on Monday 02/03: the step's own limit is Tuesday, the deadline Thursday."""
    town.received()
    officer = town.official("case_officer")
    for hour in (8, 9, 10):
        look(town, march(2, hour))
    assert noted(town) == [("due_soon", 2, "02/03")]
    (row,) = reminders_of(town.session, officer).rows
    assert (row.kind, row.step.vi, row.limit_at) == (
        "due_soon",
        "Bước examine",
        march(3, 23).replace(minute=59),
    )
    assert reminders_of(town.session, town.official("approver")).rows == ()
    assert reminders_of(town.session, town.official("case_officer", "hoa_binh")).rows == ()
    assert reminders_of(town.session, town.citizen()).rows == ()


def test_who_has_claimed_it_is_the_only_one_told(town: Town) -> None:
    dossier = town.received()
    look(town, march(2))
    first, second = (town.official("case_officer", nth=n) for n in (0, 1))
    assert (count_of(town.session, first), count_of(town.session, second)) == (1, 1)
    tasks.claim(town.session, town.task(dossier), by=first, at=march(2, 9))
    assert (count_of(town.session, first), count_of(town.session, second)) == (1, 0)
    tasks.release(town.session, town.task(dossier), by=first, at=march(2, 10))
    assert count_of(town.session, second) == 1
    town.complete(dossier, "fit", march(2, 11))
    assert (count_of(town.session, first), count_of(town.session, second)) == (0, 0)
    look(town, march(2, 12))
    assert [bool(r.ended_at) for r in town.all(Reminder)] == [True]


def test_what_is_overdue_is_told_to_who_leads(town: Town) -> None:
    dossier = town.received()
    look(town, march(4))
    assert ("overdue", 2, "04/03") in noted(town)
    look(town, march(6))
    assert ("overdue", 0, "06/03") in noted(town)
    leader = town.official("leader")
    told = [(row.kind, row.task_kind) for row in reminders_of(town.session, leader).rows]
    assert told == [("overdue", "step"), ("overdue", "")]
    assert "overdue" not in {
        row.kind for row in reminders_of(town.session, town.official("case_officer")).rows
    }
    for outcome in ("fit", "granted", "collected"):
        town.complete(dossier, outcome, march(6, 9))
    assert reminders_of(town.session, leader).rows == ()


def test_where_nobody_leads_who_approves_is_told(town: Town) -> None:
    town.received()
    leader = town.official("leader")
    town.session.execute(
        text("update assignments set until = '2026-03-01' where account_id = :id and role = 'leader'"),
        {"id": leader.account_id},
    )
    look(town, march(6))
    assert {r.role for r in town.all(Reminder) if r.kind == "overdue"} == {"approver"}


def test_an_apology_is_proposed_in_time_and_never_made_by_itself(town: Town) -> None:
    """Promised for Thursday 05/03: Wednesday is the last lawful day, and half of the time is over on it."""
    dossier = town.received()
    promised = dossier.appointment_at
    look(town, march(3))
    assert "apology" not in {kind for kind, _, _ in noted(town)}
    look(town, march(4))
    assert ("apology_last", 0, "04/03") in noted(town)
    leader = town.official("leader")
    (row,) = [row for row in reminders_of(town.session, leader).rows if row.may_apologise]
    assert (row.reference, row.kind) == (dossier.code, "apology_last")
    assert (dossier.appointment_at, dossier.events) == (promised, 2)
    said = proposed(town.session, dossier, at=march(4))
    assert said.new_day == march(10).date()
    assert said.last == march(4).date()
    assert said.step.vi == "Bước examine"
    done = dossiers.reappoint(
        town.session, dossier, new_day=said.new_day, reason="Phải xác minh", by=leader, at=march(4)
    )
    assert isinstance(done, Dossier)
    assert [row for row in reminders_of(town.session, leader).rows if row.may_apologise] == []
    # A second promise is not lawful: it is not proposed either.
    for day in (5, 6, 9):
        look(town, march(day))
    assert [kind for kind, _, _ in noted(town) if kind.startswith("apology")] == ["apology_last"]


def test_a_proposal_in_time_gives_way_to_that_of_the_last_day(town: Town) -> None:
    _wish(town, Thresholds(apology=2))
    dossier = town.received()
    dossier.appointment_at = march(12, 23)
    dossier.state = {**dossier.state, "appointment": march(12, 23).isoformat()}
    town.session.flush()
    for day in (8, 9, 10, 11):
        look(town, march(day))
    told = [
        (r.kind, f"{r.crossed_on:%d/%m}", bool(r.ended_at)) for r in town.all(Reminder) if "apology" in r.kind
    ]
    assert told == [("apology", "09/03", True), ("apology_last", "11/03", False)]


def test_a_supplement_that_does_not_come_stops_the_dossier(town: Town) -> None:
    """Asked on Monday 02/03: Wednesday 11/03 is the last of seven working days."""
    dossier = asked_for_more(town)
    look(town, march(11, 23))
    assert dossier.status == "awaiting_supplement"
    look(town, march(12, 0))
    assert dossier.status == "stopped"
    assert [letter.kind for letter in queries.letters_of(town.session, dossier)][-1] == "stop_notice"
    assert town.all(Notice, dossier_id=dossier.id)[-1].news == "stopped"
    view = queries.dossier_for(town.session, str(dossier.code), town.citizen(), at=march(12))
    assert view is not None
    last = queries.history_of(town.session, view)[-1]
    assert (last.acting_as, "ngày 11 tháng 3 năm 2026" in last.reason) == ("machine", True)
    events = dossier.events
    look(town, march(13))
    assert dossier.events == events
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def test_an_answer_on_the_last_evening_is_in_time_and_one_after_it_too_while_nothing_was_done(
    town: Town,
) -> None:
    evening, late = asked_for_more(town), asked_for_more(town)
    for dossier, at in ((evening, march(11, 23)), (late, march(12, 7))):
        answered = dossiers.answer_supplement(town.session, dossier, by=town.citizen(), at=at)
        assert isinstance(answered, Dossier), answered
    look(town, march(12))
    assert (evening.status, late.status) == ("in_process", "in_process")


def test_a_result_that_nobody_collects_is_remembered_to_its_applicant_once(town: Town) -> None:
    """Promised for Thursday 05/03: five working days later it is Thursday 12/03."""
    dossier = town.finished()
    for day in (6, 11):
        look(town, march(day))
    assert [n.news for n in town.all(Notice, dossier_id=dossier.id)][-1] == "decided"
    for day in (12, 13, 30):
        look(town, march(day))
    assert [n.news for n in town.all(Notice, dossier_id=dossier.id)].count("not_collected") == 1
    assert noted(town) == [("not_collected", 0, "12/03")]


def test_a_limit_that_moves_is_another_limit(town: Town) -> None:
    dossier = town.received()
    look(town, march(2))
    town.complete(dossier, "incomplete", march(2, 9), reason="Thiếu")
    dossiers.answer_supplement(town.session, dossier, by=town.citizen(), at=march(6))
    look(town, march(6))
    kinds = [(r.kind, r.task, bool(r.ended_at)) for r in town.all(Reminder)]
    assert kinds == [("due_soon", 2, True), ("due_soon", 3, False)]


def test_over_tet_the_last_working_day_before_it_counts(town: Town) -> None:
    """Due on Monday 23/02 after Tết: Friday 13/02 is the working day before, and the last day for an apology."""
    town.received(datetime(2026, 2, 11, 9, 0, tzinfo=ZONE))
    for day in (12, 13, 14, 18, 22):
        look(town, datetime(2026, 2, day, 8, 0, tzinfo=ZONE))
    dossier_level = [(k, d) for k, task, d in noted(town) if task == 0]
    assert dossier_level == [("apology_last", "13/02")]


def test_units_set_their_own_days_for_themselves_and_those_below(town: Town) -> None:
    unit, today = town.units["tan_an"], MONDAY.date()
    assert thresholds_of(town.session, unit, today) == Thresholds()
    _wish(town, Thresholds(due_soon=3), unit="province")
    assert thresholds_of(town.session, unit, today) == Thresholds(due_soon=3)
    _wish(town, Thresholds(due_soon=2), since=5)
    assert thresholds_of(town.session, unit, today) == Thresholds(due_soon=3)
    assert thresholds_of(town.session, unit, march(5).date()) == Thresholds(due_soon=2)
    assert thresholds_of(town.session, town.units["hoa_binh"], march(5).date()) == Thresholds(due_soon=3)
    wrong = decide(
        town.session,
        unit,
        Decided(Thresholds(due_soon=31, collect=0), today, " "),
        by=town.official("administrator", "province"),
        at=MONDAY,
    )
    assert isinstance(wrong, tuple)
    assert [(problem.code, problem.where) for problem in wrong if isinstance(problem, Problem)] == [
        ("dossiers.reminder_days_wrong", "due_soon"),
        ("dossiers.reminder_days_wrong", "collect"),
        ("dossiers.basis_missing", "basis"),
    ]


def asked_for_more(town: Town, at: datetime = MONDAY) -> Dossier:
    dossier = town.received(at)
    town.complete(dossier, "incomplete", at, reason="Thiếu giấy tờ")
    assert dossier.status == "awaiting_supplement"
    return dossier


def _wish(town: Town, wished: Thresholds, unit: str = "tan_an", since: int = 1) -> None:
    decided = Decided(wished, march(since).date(), "Quy chế làm việc")
    by = town.official("administrator", "province")
    assert not isinstance(decide(town.session, town.units[unit], decided, by=by, at=MONDAY), tuple)


def test_nobody_is_told_of_limits_while_the_office_stands_still(town: Town) -> None:
    dossier, leader = town.received(), town.official("leader")
    halting.suspend(town.session, dossier, why="incident", reason="Mất mạng", by=leader, at=march(2, 10))
    look(town, march(5))
    assert noted(town) == []
    halting.resume(town.session, dossier, by=leader, at=march(5, 10))
    look(town, march(5, 11))
    assert noted(town) == [("due_soon", 2, "05/03")]
