"""On which day the clock speaks: the tables of the domain brief, over weekends and Tết."""

from datetime import date, datetime, time

import pytest

from common.clock import ZONE
from common.identity.actor import machine
from common.problems import Refusal
from procedure_library.ready_made import national_calendar
from runtime.engine.advance import Advance
from runtime.engine.effects import IssueLetter
from runtime.engine.events import AnswerSupplement, Stop
from runtime.engine.thresholds import apology_asked, collect_from, due_soon_from, new_day_proposed, widest
from runtime.engine.timing import end_of
from tests.runtime.small import APPLICANT, Desk, finish, official, received
from tests.runtime.tables import day, rows_of

CALENDAR = national_calendar().calendar
CLOCK = machine("clock")


@pytest.mark.parametrize("row", rows_of("due_soon.csv"))
def test_a_limit_is_near_from_the_day_of_the_table(row: dict[str, str]) -> None:
    assert due_soon_from(day(row["limit"]), int(row["days"]), CALENDAR) == day(row["since"])


@pytest.mark.parametrize("row", rows_of("apology_asked.csv"))
def test_an_apology_is_proposed_on_the_days_of_the_table(row: dict[str, str]) -> None:
    promised, received_on, today = (day(row[name]) for name in ("promised", "received", "today"))
    asked = apology_asked(promised, received_on, today, int(row["days"]), CALENDAR)
    assert (asked and asked.name) == (row["asked"] or None)
    assert (asked and asked.since) == (day(row["since"]) if row["since"] else None)


def test_what_the_calendar_cannot_tell_is_not_told() -> None:
    new_year = date(2027, 1, 6)
    assert due_soon_from(new_year, 1, CALENDAR) is None
    assert apology_asked(new_year, date(2026, 12, 1), date(2026, 12, 31), 1, CALENDAR) is None
    assert collect_from(date(2026, 12, 30), 5, CALENDAR) is None
    assert new_day_proposed(date(2026, 12, 30), date(2026, 12, 28), 3, CALENDAR) is None
    # How far the clock looks is never less for that.
    assert widest(date(2026, 12, 31), 3, CALENDAR) == date(2027, 1, 7)


def test_a_proposed_day_lies_after_the_promise_or_after_today() -> None:
    assert new_day_proposed(day("12/03/2026"), day("10/03/2026"), 2, CALENDAR) == day("16/03/2026")
    assert new_day_proposed(day("12/03/2026"), day("20/03/2026"), 1, CALENDAR) == day("23/03/2026")


@pytest.mark.parametrize("row", rows_of("stop_after_supplement.csv"))
def test_the_machine_stops_from_the_day_after_the_last(row: dict[str, str]) -> None:
    desk, last, since = _asked(day(row["requested"])), day(row["last_day"]), day(row["stop_from"])
    assert desk.state.answer_by == end_of(last)
    too_early = desk.ask(_stop(datetime.combine(last, time(23, 59), ZONE)))
    assert too_early == Refusal("dossiers.supplement_not_overdue")
    stopped = desk.ask(_stop(datetime.combine(since, time(0, 0), ZONE)))
    assert isinstance(stopped, Advance)
    assert (stopped.state.status, stopped.record.acting_as) == ("stopped", "machine")
    assert IssueLetter("stop_notice") in stopped.effects


def test_the_machine_does_not_stop_what_was_answered_however_late() -> None:
    desk = _asked(day("08/09/2026"))
    late = datetime(2026, 9, 18, 8, 0, tzinfo=ZONE)
    assert isinstance(desk.ask(AnswerSupplement(by=APPLICANT, at=late)), Advance)
    refused = desk.ask(_stop(datetime(2026, 9, 18, 9, 0, tzinfo=ZONE)))
    assert refused == Refusal("dossiers.supplement_not_overdue")


def test_a_leader_may_stop_before_the_machine() -> None:
    desk = _asked(day("08/09/2026"))
    stop = Stop(by=official("leader"), at=datetime(2026, 9, 9, 9, 0, tzinfo=ZONE), reason="Người nộp đề nghị")
    assert isinstance(desk.ask(stop), Advance)


def _asked(requested: date) -> Desk:
    """A dossier for which the applicant was asked for a supplement on that day."""
    at = datetime.combine(requested, time(9, 0), ZONE)
    desk = received(at=at)
    finish(desk, "incomplete", at=at)
    return desk


def _stop(at: datetime) -> Stop:
    return Stop(by=CLOCK, at=at, reason="Hết thời hạn bổ sung")
