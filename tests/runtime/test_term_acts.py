"""The term extended, stopped and going on by an act of the office: the table that an official can read and correct."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from common.clock import ZONE
from common.problems import Refusal
from runtime import dossiers, halting, queries
from runtime.engine.advance import Advance
from runtime.engine.effects import IssueLetter, Notify
from runtime.engine.events import (
    AnyEvent,
    Complete,
    Extend,
    Resume,
    Suspend,
    Withdraw,
)
from runtime.models.dossiers import Dossier
from runtime.replay import replay, verify
from runtime.views.term import term_of
from tests.runtime.small import APPLICANT, MONDAY, RULES, Desk, finish, official, received, small
from tests.runtime.tables import rows_of
from tests.runtime.town import Town, publish_small

REASON = "Luật Xây dựng, Điều 102"
ONCE = "by 2 working days once"


def extendable(allowed: str) -> Any:
    rules = RULES.format(supplement=f"extendable {allowed}" if allowed else "")
    return small(rules=rules)


@pytest.mark.parametrize("row", rows_of("term_acts.csv"), ids=lambda row: f"{row['allowed']}-{row['acts']}")
def test_the_deadline_moves_as_the_table_says(row: dict[str, str]) -> None:
    desk = received(extendable(row["allowed"]))
    answer: Advance | Refusal | None = None
    for act in row["acts"].split("; "):
        assert not isinstance(answer, Refusal)
        answer = desk.ask(event_of(desk, act))
    if isinstance(answer, Refusal):
        assert answer.code == row["then"]
        return
    due = desk.state.due
    assert due is not None
    assert (f"{due.on:%d/%m}" if due.on else "none") == row["then"]


def event_of(desk: Desk, act: str) -> AnyEvent:
    what, _, day = act.rpartition(" on ")
    at = datetime(2026, int(day[3:]), int(day[:2]), 10, 0, tzinfo=ZONE)
    reason = "" if "without reason" in what else REASON
    who = {"by": official("leader"), "at": at}
    verb, *rest = what.split()
    if verb == "extend":
        # A second click comes from a page that knew of one extension fewer.
        after = desk.state.extensions - ("again" in rest)
        return Extend(**who, amount=int(rest[0]), after=after, reason=reason)
    if verb == "suspend":
        return Suspend(**who, why=rest[0], reason=reason)  # type: ignore[arg-type]
    if verb == "resume":
        return Resume(**who)
    return Complete(by=official("case_officer"), at=at, task=desk.state.tasks[0].number, outcome="fit")


def test_who_extends_promises_the_new_day_with_a_slip_and_tells_the_applicant() -> None:
    desk = received(extendable(ONCE))
    answer = desk.ask(event_of(desk, "extend 2 on 03/03"))
    assert isinstance(answer, Advance)
    assert desk.state.appointment == datetime(2026, 3, 9, 23, 59, tzinfo=ZONE)
    assert {IssueLetter("reception_slip"), Notify("extended")} <= set(answer.effects)


def test_while_the_office_stands_still_the_applicant_may_still_withdraw() -> None:
    desk = received()
    assert isinstance(desk.ask(event_of(desk, "suspend incident on 03/03")), Advance)
    assert desk.state.suspension is not None
    assert isinstance(desk.ask(Withdraw(by=APPLICANT, at=MONDAY)), Advance)
    assert (desk.state.status, desk.state.suspension) == ("withdrawn", None)


def test_a_supplement_is_no_suspension_by_the_office() -> None:
    desk = received()
    assert isinstance(finish(desk, "incomplete"), Advance)
    assert (desk.state.status, desk.state.suspension) == ("awaiting_supplement", None)


def test_the_citizen_reads_since_when_and_why_and_every_day_is_told(town: Town) -> None:
    dossier = town.received()
    leader, tuesday = town.official("leader"), MONDAY + timedelta(days=1)
    reason = "Chờ Sở Tư pháp trả lời xác minh."
    held = halting.suspend(town.session, dossier, why="authority", reason=reason, by=leader, at=tuesday)
    assert isinstance(held, Dossier)
    view = queries.dossier_for(town.session, dossier.code or "", town.citizen(), at=tuesday)
    assert view is not None
    assert view.state.suspension is not None
    assert [each.reason for each in queries.history_of(town.session, view) if each.act == "suspend"] == [
        reason
    ]
    term = term_of(town.session, dossier, view.state, MONDAY + timedelta(days=2), "vi")
    assert term is not None
    assert term.by_office
    assert [day.why for day in term.days][-2:] == [
        "Cơ quan tạm dừng tính thời hạn",
        "Cơ quan tạm dừng, không tính",
    ]
    on = MONDAY + timedelta(days=3)
    assert isinstance(halting.resume(town.session, dossier, by=leader, at=on), Dossier)
    assert (replay(town.session, dossier), verify(town.session, dossier)) == ((), ())


def test_an_extension_is_kept_replayed_and_verified(town: Town) -> None:
    publish_small(town.session, MONDAY - timedelta(days=30), MONDAY.date(), rules=extendable(ONCE).rules)
    dossier = town.received(MONDAY)
    leader = town.official("leader")
    at = MONDAY + timedelta(days=1)
    longer = halting.extend(town.session, dossier, amount=2, after=0, reason=REASON, by=leader, at=at)
    assert isinstance(longer, Dossier), longer
    again = halting.extend(town.session, dossier, amount=2, after=0, reason=REASON, by=leader, at=at)
    assert again == Refusal("dossiers.already_done", {"who": leader.name, "at": "09:00 03/03/2026"})
    assert (replay(town.session, dossier), verify(town.session, dossier)) == ((), ())
    assert isinstance(dossiers.withdraw(town.session, dossier, by=town.citizen(), at=at), Dossier)
