"""Amount and date as they would be if received now, with reasons; what is not known yet is not zero."""

from datetime import datetime

from common.clock import ZONE
from common.money import Money
from rules_dsl.terms import Deadline
from rules_dsl.unknown import Unknown
from runtime import applications
from runtime.quotes import Quote
from tests.runtime.small import MONDAY
from tests.runtime.tables import day
from tests.runtime.town import Town


def test_a_quote_says_how_much_and_when_and_why(town: Town) -> None:
    quoted = applications.quote(town.session, town.begun(), MONDAY)
    assert isinstance(quoted, Quote)
    assert quoted.totals == (Money(6000),)
    assert quoted.amounts[0].trace
    assert isinstance(quoted.deadline, Deadline)
    assert quoted.deadline.due_on == day("05/03/2026")
    assert [line.day for line in quoted.deadline.days if line.counted][-1] == day("05/03/2026")


def test_what_was_not_answered_yet_is_unknown_never_nothing(town: Town) -> None:
    application = town.begun()
    application.answers = {}
    quoted = applications.quote(town.session, application, MONDAY)
    assert isinstance(quoted, Quote)
    assert quoted.totals is None
    assert isinstance(quoted.amounts[0].value, Unknown)
    assert quoted.amounts[0].value.missing == ("person.copies",)


def test_past_the_loaded_calendar_the_date_is_unknown(town: Town) -> None:
    late = datetime(2026, 12, 31, 9, 0, tzinfo=ZONE)
    quoted = applications.quote(town.session, town.begun(at=late), late)
    assert isinstance(quoted, Quote)
    assert isinstance(quoted.deadline, Unknown)
    assert quoted.totals == (Money(6000),)
