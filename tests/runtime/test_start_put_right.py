"""What a running term is counted from is put right later: the deadline follows, the promise stands."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from rules_dsl.ledger import LedgerEntry
from runtime import queries
from runtime.engine.advance import Advance
from runtime.engine.events import AnswerSupplement
from runtime.engine.state import Due
from runtime.models.money import Payment
from runtime.models.tasks import Task
from runtime.replay import replay, verify
from runtime.views.term import term_of
from tests.runtime.small import APPLICANT, MONDAY, finish, received, ref, small
from tests.runtime.test_term_start import (
    PAID_FIRST,
    PAID_FIRST_TO,
    VISITED,
    at,
    counted_from,
    end,
    examine,
    publish,
    state_of,
)
from tests.runtime.town import FORM, Town, publish_small

# The approver looks at that page again.
VISITED_TWICE = tuple(replace(each, fills=("visit",)) if each.key == "sign" else each for each in VISITED)


@pytest.fixture
def visited_twice(town: Town) -> Town:
    publish(town, "visit.held_on", steps=VISITED_TWICE)
    return town


def _said_at_filing() -> dict[str, Any]:
    """The applicant says it in the form."""
    form: dict[str, Any] = deepcopy(FORM)
    seen = {"type": "string", "format": "date", "title": "Ngày kiểm tra"}
    form["properties"]["person"]["properties"]["seen_on"] = seen
    return form


@pytest.mark.parametrize(("held_on", "due"), [("2026-03-06", 11), ("2026-03-10", 13), ("2026-03-09", 12)])
def test_a_start_put_right_moves_the_deadline_and_not_the_promise(
    visited_twice: Town, held_on: str, due: int
) -> None:
    """Thursday the 12th was promised for a visit on Monday the 9th; the approver finds that it was another day."""
    dossier = visited_twice.received()
    examine(visited_twice, dossier, "fit", at(10), "2026-03-09")
    slips = len(queries.letters_of(visited_twice.session, dossier))
    examine(visited_twice, dossier, "granted", at(11), held_on)
    assert (dossier.due_at, dossier.appointment_at) == (end(due), end(12))
    assert visited_twice.task(dossier).sort_at == end(due)
    assert len(queries.letters_of(visited_twice.session, dossier)) == slips
    assert replay(visited_twice.session, dossier) == verify(visited_twice.session, dossier) == ()


def test_a_start_put_right_is_told_on_its_day(visited_twice: Town) -> None:
    dossier = visited_twice.received()
    examine(visited_twice, dossier, "fit", at(10), "2026-03-09")
    examine(visited_twice, dossier, "granted", at(11), "2026-03-06")
    state = state_of(dossier)
    assert state.ledger[-1] == LedgerEntry("start_corrected", at(11), since=at(6, 0))
    assert state.allowance is not None
    assert state.allowance.since == at(6, 0)
    term = term_of(visited_twice.session, dossier, state, at(11), "vi")
    assert term is not None
    assert [(day.name, day.why) for day in term.days[-2:]] == [
        ("Thứ Tư 11/03/2026", "Ngày thứ 3 trong 3 ngày"),
        ("Thứ Tư 11/03/2026", "Sửa lại ngày bắt đầu, thời hạn tính từ 06/03/2026"),
    ]
    assert (term.used, term.of) == (3, 3)


def test_emptying_the_field_stops_no_clock(visited_twice: Town) -> None:
    dossier = visited_twice.received()
    examine(visited_twice, dossier, "fit", at(10), "2026-03-09")
    examine(visited_twice, dossier, "granted", at(11))
    assert (dossier.due_at, dossier.appointment_at) == (end(12), end(12))
    assert verify(visited_twice.session, dossier) == ()


@pytest.mark.parametrize(
    ("supplement", "due", "promised"), [("pause", 13, 13), ("restart", 17, 17), ("continue", 11, 12)]
)
def test_a_start_put_right_with_the_supplement_goes_by_its_rule(
    supplement: str, due: int, promised: int
) -> None:
    """The applicant said the 9th, was asked on the 10th, and said on the 12th that it was the 6th: only a supplement
    that stopped the clock gives a new date."""
    rules = counted_from("person.seen_on", supplement)
    said = {"full_name": "Nguyễn Thị Lan", "copies": 3, "seen_on": "2026-03-09"}
    desk = received(small(rules=rules, form=_said_at_filing()), at(9), answers={"person": said})
    assert desk.state.appointment == end(12)
    assert isinstance(finish(desk, "incomplete", at(10)), Advance)
    desk.say(person={**said, "seen_on": "2026-03-06"})
    asked = desk.ask(AnswerSupplement(by=APPLICANT, at=at(12), answers=ref(2)))
    assert isinstance(asked, Advance), asked
    assert desk.state.due == Due(at(due).date(), end(due))
    assert desk.state.appointment == end(promised)


def test_a_further_payment_is_another_event_and_no_correction(town: Town) -> None:
    """Counted from the payment of the 3rd; what the approver takes on the 4th gives the office no day more."""
    rules = counted_from("dossier.paid_on") + STAMP
    steps = tuple(replace(step, collects=("stamp",)) if step.key == "sign" else step for step in PAID_FIRST)
    (kind,) = small().case_types
    publish_small(
        town.session,
        MONDAY,
        MONDAY.date(),
        rules=rules,
        steps=steps,
        transitions=PAID_FIRST_TO,
        case_types=(replace(kind, amounts=("copies", "stamp")),),
    )
    dossier = town.received()
    for outcome, day in (("fit", 3), ("granted", 4)):
        assert isinstance(town.complete(dossier, outcome, at(day)), Task)
    assert len(town.all(Payment, dossier_id=dossier.id)) == 2
    assert dossier.due_at == dossier.appointment_at == end(6)
    assert verify(town.session, dossier) == ()


STAMP = """charge stamp "Charge for the stamp"
  cites "Circular 1/2026, art. 5"
  pay 1_000 VND
"""
