"""When days count otherwise than was known, deadlines follow; a promise is only ever moved on, with a slip."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import text

from common.clock import ZONE
from common.jobs import Work
from common.problems import Problem, Refusal
from config import Settings
from procedure_library.calendar_files import latest_calendar
from procedure_library.calendar_year import UnusualDay, confirmed
from procedure_library.confirming import ConfirmedYear, confirm_year
from procedure_library.interruptions import (
    Interruption,
    NewInterruption,
    in_force,
    interruptions_of,
    record_interruption,
    revoke,
)
from procedure_library.reference import CalendarRow
from runtime import dossiers, queries
from runtime.deadlines import derive_changed
from runtime.models.dossiers import DossierEvent
from runtime.models.papers import Notice
from runtime.office import Office
from runtime.replay import replay, verify
from runtime.worlds import calendar_of_deadline, calendar_of_unit
from tests.runtime.small import MONDAY
from tests.runtime.town import Town

TUESDAY = MONDAY.replace(day=3)
BASIS = "Công điện 12/CĐ-UBND, ngày 03/03/2026"


def end(day: int, month: int = 3) -> datetime:
    return datetime(2026, month, day, 23, 59, tzinfo=ZONE)


@pytest.fixture
def work(town: Town, office: Office, settings: Settings) -> Work:
    return Work(town.session, TUESDAY, office.files, settings)


def storm(town: Town, **changes: Any) -> NewInterruption:
    known = NewInterruption(
        unit=town.units["tan_an"],
        with_below=False,
        since=date(2026, 3, 4),
        until=date(2026, 3, 5),
        cause="force_majeure",
        reason="Bão số 5",
        basis=BASIS,
    )
    return replace(known, **changes)


def recorded(town: Town, **changes: Any) -> Interruption:
    row = record_interruption(
        town.session, storm(town, **changes), by=town.official("administrator", "province"), at=TUESDAY
    )
    assert isinstance(row, Interruption), row
    return row


def asked(town: Town) -> list[Any]:
    """The jobs that wait: since which day deadlines are to be worked out again."""
    jobs = text("select args from procrastinate_jobs where task_name = 'deadlines.derive_again' order by id")
    return [args["since"] for args in town.session.scalars(jobs)]


def test_a_storm_moves_what_is_due_and_what_was_promised(town: Town, work: Work) -> None:
    dossier = town.received()
    assert (dossier.due_at, dossier.appointment_at) == (end(5), end(5))
    recorded(town)
    assert asked(town) == ["2026-03-04"]
    assert derive_changed(work, date(2026, 3, 4)) is None
    assert (dossier.due_at, dossier.appointment_at) == (end(9), end(9))
    assert [letter.kind for letter in queries.letters_of(town.session, dossier)][-1] == "reception_slip"
    assert town.all(Notice, dossier_id=dossier.id)[-1].news == "appointed"
    assert town.task(dossier).sort_at <= end(9)
    events = len(town.all(DossierEvent, dossier_id=dossier.id))
    derive_changed(work, date(2026, 3, 4))
    assert len(town.all(DossierEvent, dossier_id=dossier.id)) == events
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def test_what_is_received_during_the_storm_knows_of_it(town: Town) -> None:
    recorded(town)
    dossier = town.received(TUESDAY)
    assert dossier.due_at == end(10)
    assert verify(town.session, dossier) == ()


def test_history_is_judged_by_what_was_known_then(town: Town) -> None:
    dossier = town.received()
    recorded(town)
    assert verify(town.session, dossier) == ()


def test_other_causes_do_not_stop_a_term(town: Town) -> None:
    dossier = town.received()
    recorded(town, cause="other", reason="Chuyển trụ sở")
    assert asked(town) == []
    assert town.received(MONDAY).due_at == dossier.due_at == end(5)


def test_another_unit_goes_on(town: Town, work: Work) -> None:
    dossier = town.received()
    recorded(town, unit=town.units["hoa_binh"])
    derive_changed(work, date(2026, 3, 4))
    assert dossier.due_at == end(5)


@pytest.mark.parametrize(("with_below", "due"), [(False, 5), (True, 9)])
def test_a_province_may_decide_for_all_below_it(town: Town, with_below: bool, due: int) -> None:
    recorded(town, unit=town.units["province"], with_below=with_below)
    assert town.received().due_at == end(due)


def test_a_mistake_is_taken_back_and_the_promise_stands(town: Town, work: Work) -> None:
    dossier = town.received()
    row = recorded(town)
    derive_changed(work, row.since)
    by = town.official("administrator", "province")
    back = revoke(town.session, row, reason="Ghi nhầm đơn vị", by=by, at=TUESDAY)
    assert isinstance(back, Interruption)
    assert list(in_force(town.session)) == []
    assert interruptions_of(town.session, town.units["tan_an"]).days == {}
    assert len(interruptions_of(town.session, town.units["tan_an"], upto=row.id).days) == 2
    notices = len(town.all(Notice, dossier_id=dossier.id))
    derive_changed(work, row.since)
    assert (dossier.due_at, dossier.appointment_at) == (end(5), end(9))
    assert len(town.all(Notice, dossier_id=dossier.id)) == notices
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()
    for no in (row, back):
        again = revoke(town.session, no, reason="x", by=by, at=TUESDAY)
        assert again == Refusal("reference.interruption_revoked_already")


def test_a_later_promise_is_not_taken_back(town: Town, work: Work) -> None:
    """After an apology the appointment is later than the deadline, and stays where it is."""
    dossier = town.received()
    day = date(2026, 3, 20)
    dossiers.reappoint(
        town.session, dossier, new_day=day, reason="Cần xác minh", by=town.official("leader"), at=TUESDAY
    )
    recorded(town)
    derive_changed(work, date(2026, 3, 4))
    assert (dossier.due_at, dossier.appointment_at) == (end(9), end(20))


def test_a_term_that_stands_still_is_worked_out_when_the_supplement_comes(town: Town, work: Work) -> None:
    dossier = town.received()
    town.complete(dossier, "incomplete", reason="Thiếu chữ ký")
    recorded(town)
    derive_changed(work, date(2026, 3, 4))
    assert dossier.due_at is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"until": date(2026, 3, 3)}, "reference.ends_before_it_begins"),
        ({"until": date(2026, 6, 4)}, "reference.interruption_too_long"),
    ],
)
def test_impossible_days_are_told(town: Town, changes: dict[str, Any], code: str) -> None:
    problems = record_interruption(
        town.session, storm(town, **changes), by=town.official("administrator", "province"), at=TUESDAY
    )
    assert isinstance(problems, tuple)
    assert [(type(p), p.code, p.where) for p in problems] == [(Problem, code, "until")]


def test_a_swap_announced_late_moves_deadlines_too(town: Town, work: Work) -> None:
    dossier = town.received()
    calendar = latest_calendar(town.session)
    assert calendar is not None
    days = (*confirmed(calendar, 2026), UnusualDay(date(2026, 3, 4), False, "Nghỉ theo quyết định"))
    year = ConfirmedYear(2026, days, calendar.version, TUESDAY.date(), "Quyết định 7/QĐ-TTg")
    row = confirm_year(town.session, year, by=town.official("administrator", "province"), at=TUESDAY)
    assert isinstance(row, CalendarRow)
    assert asked(town) == ["2026-03-04"]
    derive_changed(work, date(2026, 3, 4))
    assert dossier.due_at == end(6)
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def test_further_dossiers_are_left_to_the_next_job(
    town: Town, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [town.received() for _ in range(3)]
    recorded(town)
    monkeypatch.setattr("runtime.deadlines.AT_ONCE", 2)
    assert derive_changed(work, date(2026, 3, 4)) == found[1].id
    assert [dossier.due_at for dossier in found] == [end(9), end(9), end(5)]
    assert derive_changed(work, date(2026, 3, 4), found[1].id) is None
    assert found[2].due_at == end(9)


def test_interruptions_of_another_day_are_read_with_the_calendar(town: Town) -> None:
    row = recorded(town)
    calendar = calendar_of_unit(town.session, town.units["tan_an"], TUESDAY.date())
    assert calendar is not None
    assert calendar.interruptions.version == row.id
    assert [calendar.is_working(date(2026, 3, day)) for day in (3, 4, 5, 6)] == [True, False, False, True]


def test_the_page_counts_with_the_days_that_gave_the_deadline(town: Town, work: Work) -> None:
    dossier = town.received()
    before = calendar_of_deadline(town.session, dossier)
    recorded(town)
    assert calendar_of_deadline(town.session, dossier) == before
    derive_changed(work, date(2026, 3, 4))
    after = calendar_of_deadline(town.session, dossier)
    assert before is not None
    assert after is not None
    assert (len(before.interruptions.days), len(after.interruptions.days)) == (0, 2)
