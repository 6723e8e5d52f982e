"""Dates of the one-stop law, from the tables of the domain brief."""

from datetime import date, datetime, time, timedelta

import pytest

from common.clock import ZONE
from common.problems import Refusal
from procedure_library.ready_made import national_calendar
from runtime.engine.advance import Advance
from runtime.engine.effects import IssueLetter
from runtime.engine.events import AnswerSupplement, Reappoint
from runtime.engine.timing import end_of, last_day_to_apologise, next_session_on, progress
from tests.runtime.small import APPLICANT, Desk, finish, official, received, small
from tests.runtime.tables import day, instant, rows_of

CALENDAR = national_calendar().calendar


@pytest.mark.parametrize("row", rows_of("progress.csv"))
def test_the_board_shows_the_class_of_the_table(row: dict[str, str]) -> None:
    due, finished, today = (day(row[name]) if row[name] else None for name in ("due", "finished", "today"))
    assert progress(due, finished, today or day("01/01/2026"), CALENDAR) == row["progress"]


def test_where_the_calendar_ends_only_today_is_due_soon() -> None:
    assert progress(day("31/12/2026"), None, day("31/12/2026"), CALENDAR) == "due_soon"
    assert progress(day("04/01/2027"), None, day("31/12/2026"), CALENDAR) == "in_limit"


@pytest.mark.parametrize("row", rows_of("hand_over_to_solving_unit.csv"))
def test_one_stop_hands_on_the_same_day_or_the_next_morning(row: dict[str, str]) -> None:
    assert next_session_on(instant(row["received"]), CALENDAR) == day(row["handed_over"])


@pytest.mark.parametrize("row", rows_of("apology.csv"))
def test_an_apology_comes_a_working_day_ahead_and_once(row: dict[str, str]) -> None:
    promised, last, new = (day(row[name]) for name in ("appointment", "last_day_to_act", "new_day"))
    assert last_day_to_apologise(promised, CALENDAR) == last
    desk = _promised_for(promised)
    first = desk.ask(_apology(new, at=last))
    assert isinstance(first, Advance)
    assert first.state.appointment == end_of(new)
    # The board goes on counting against the deadline that the law gave.
    assert first.state.due == desk.records[1].due
    if row["then"] != "ok":
        assert desk.ask(_apology(day("27/03/2026"), at=last)) == Refusal(row["then"])


def test_an_apology_on_the_promised_day_is_too_late() -> None:
    promised = day("12/03/2026")
    refused = _promised_for(promised).ask(_apology(day("16/03/2026"), at=promised))
    assert refused == Refusal("dossiers.apology_too_late", {"last": "11/03/2026"})


def test_a_new_appointment_lies_after_the_old_one() -> None:
    promised = day("12/03/2026")
    refused = _promised_for(promised).ask(_apology(promised, at=day("10/03/2026")))
    assert refused == Refusal("dossiers.appointment_not_later", {"promised": "12/03/2026"})


def test_a_new_appointment_is_never_promised_past_the_loaded_calendar() -> None:
    promised = day("31/12/2026")
    refused = _promised_for(promised).ask(_apology(day("05/01/2027"), at=day("29/12/2026")))
    assert refused == Refusal("dossiers.calendar_not_loaded", {"year": 2027})


def test_a_supplement_moves_the_appointment_with_a_new_slip() -> None:
    """D8, restart: asked on Wednesday, answered on Friday, three working days from there."""
    desk = received(small("restart"))
    finish(desk, "incomplete", at=datetime(2026, 3, 4, 10, 0, tzinfo=ZONE))
    assert desk.state.answer_by == end_of(day("13/03/2026"))
    friday = datetime(2026, 3, 6, 10, 0, tzinfo=ZONE)
    answered = desk.ask(AnswerSupplement(by=APPLICANT, at=friday))
    assert isinstance(answered, Advance)
    assert answered.state.due is not None
    assert answered.state.appointment == end_of(day("11/03/2026"))
    assert answered.state.due.on == day("11/03/2026")
    assert IssueLetter("reception_slip") in answered.effects
    assert answered.state.answer_by is None


def test_seconds_after_the_cut_off_still_belong_to_its_minute() -> None:
    at = datetime(2026, 3, 10, 15, 0, 59, tzinfo=ZONE)
    assert received(at=at).state.received_at == at.replace(second=0)


def _promised_for(promised: date) -> Desk:
    """A dossier of three working days that was received so that it is promised for that day."""
    back = timedelta(days=3)
    while CALENDAR.add_working_days(promised - back, 3) != promised:
        back += timedelta(days=1)
    return received(at=datetime.combine(promised - back, time(9, 0), ZONE))


def _apology(new_day: date, at: date) -> Reappoint:
    by = official("leader")
    return Reappoint(
        by=by, at=datetime.combine(at, time(16, 0), ZONE), new_day=new_day, reason="Phải xác minh"
    )
