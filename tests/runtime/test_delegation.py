"""Leave: who may do whose work on which day, and what the record says of it."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from common.audit import AuditRow
from common.clock import ZONE
from common.identity import delegating
from common.identity.accounts import actor_of
from common.identity.actor import Actor
from common.identity.models import Account, Delegation
from common.problems import Problem, Refusal
from runtime import queries, tasks
from runtime.models.dossiers import DossierEvent
from runtime.models.tasks import Task
from runtime.replay import replay, verify
from tests.runtime.small import MONDAY
from tests.runtime.tables import rows_of
from tests.runtime.town import Town

ROWS = rows_of("delegation.csv")
SINCE, UNTIL = date(2026, 3, 2), date(2026, 3, 6)
KEY = "key-of-the-page-1"
PERSONS = {
    "the officer": ("case_officer", 0),
    "the other officer": ("case_officer", 1),
    "the cashier": ("cashier", 0),
}


def person(town: Town, name: str) -> Account:
    role, nth = PERSONS[name]
    return town.session.get_one(Account, town.official(role, nth=nth).account_id)


def arrange(town: Town, to: str, **changes: object) -> Delegation | tuple[Problem, ...] | Refusal:
    officer = person(town, "the officer")
    asked = {
        "since": SINCE,
        "until": UNTIL,
        "key": KEY,
        "by": actor_of(town.session, officer, SINCE),
        "at": MONDAY,
        "unit": town.units["tan_an"],
    }
    return delegating.delegate(town.session, officer, person(town, to), **{**asked, **changes})  # type: ignore[arg-type]


def on(town: Town, name: str, at: datetime) -> Actor:
    return actor_of(town.session, person(town, name), at.date())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['delegated']}-{row['act']}-{row['by']}")
def test_who_may_do_whose_work_on_which_day(town: Town, row: dict[str, str]) -> None:
    dossier = town.received()
    task = town.task(dossier)
    if row["delegated"] != "nobody":
        assert isinstance(arrange(town, row["delegated"]), Delegation)
    what, _, day = row["act"].rpartition(" on ")
    verb, _, hers = what.partition(" ")
    at = datetime(2026, 3, int(day[:2]), 10, 0, tzinfo=ZONE)
    if hers:
        assert isinstance(
            tasks.claim(town.session, task, by=on(town, "the officer", MONDAY), at=MONDAY), Task
        )
    by = on(town, row["by"], at)
    if verb == "release":
        done: object = tasks.release(town.session, task, by=by, at=at)
    else:
        done = tasks.complete(town.session, task, outcome="fit", by=by, at=at)
    if isinstance(done, Refusal):
        assert done.code == row["then"]
        return
    record = town.all(DossierEvent, dossier_id=dossier.id)[-1].record
    for_whom = town.session.get(Account, record.get("acting_for", 0))
    assert record["account"] == by.account_id
    assert (for_whom is not None and for_whom is person(town, "the officer")) == (
        row["then"] == "for the officer"
    )


def test_nothing_recorded_depends_on_a_delegation_that_is_gone(town: Town) -> None:
    dossier = town.received()
    held = arrange(town, "the cashier")
    assert isinstance(held, Delegation)
    delegate = on(town, "the cashier", MONDAY)
    assert isinstance(
        tasks.complete(town.session, town.task(dossier), outcome="fit", by=delegate, at=MONDAY), Task
    )
    town.session.delete(held)
    town.session.flush()
    assert (replay(town.session, dossier), verify(town.session, dossier)) == ((), ())
    view = queries.dossier_for(town.session, dossier.code or "", town.official("reception"), at=MONDAY)
    assert view is not None
    last = queries.history_of(town.session, view)[-1]
    assert (last.who, last.acting_for) == (delegate.name, person(town, "the officer").full_name)


def test_the_delegate_sees_the_work_in_the_inbox_while_it_runs(town: Town) -> None:
    town.received()
    assert isinstance(arrange(town, "the cashier"), Delegation)
    later = MONDAY + timedelta(days=7)
    assert len(queries.inbox(town.session, on(town, "the cashier", MONDAY), at=MONDAY).rows) == 1
    assert queries.inbox(town.session, on(town, "the cashier", later), at=later).rows == ()


def test_a_page_posted_twice_makes_one_delegation(town: Town) -> None:
    first, second = arrange(town, "the cashier"), arrange(town, "the cashier")
    assert first is second
    assert len(town.all(Delegation)) == 1
    made = select(AuditRow).where(AuditRow.act == "delegation.made")
    assert len(town.session.scalars(made).all()) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"since": date(2026, 3, 1)}, "identity.delegation_in_the_past"),
        ({"until": date(2026, 3, 1)}, "identity.post_ends_before_it_begins"),
        ({"key": "another-page-key1"}, "identity.delegated_already"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    town: Town, changes: dict[str, object], code: str
) -> None:
    assert isinstance(arrange(town, "the cashier"), Delegation)
    again = arrange(town, "the cashier", **{"key": "a-key-of-its-own-1", **changes})
    assert isinstance(again, tuple)
    assert [problem.code for problem in again] == [code]


def test_only_a_colleague_of_the_unit_may_stand_in(town: Town) -> None:
    officer = person(town, "the officer")
    for to in (officer, town.session.get_one(Account, town.official("case_officer", "son_thuy").account_id)):
        refused = delegating.delegate(
            town.session,
            officer,
            to,
            town.units["tan_an"],
            since=SINCE,
            until=UNTIL,
            key=KEY,
            by=actor_of(town.session, officer, SINCE),
            at=MONDAY,
        )
        assert refused == (Problem("identity.delegate_elsewhere", "delegate", {"name": to.full_name}),)


def test_a_leader_arranges_it_for_her_and_nobody_else_does(town: Town) -> None:
    assert arrange(town, "the cashier", by=town.official("cashier")) == delegating.NOT_YOURS
    assert arrange(town, "the cashier", by=town.official("leader", "son_thuy")) == delegating.NOT_YOURS
    assert isinstance(arrange(town, "the cashier", by=town.official("leader")), Delegation)


def test_ended_early_it_is_over_today_and_cannot_end_twice(town: Town) -> None:
    held = arrange(town, "the cashier")
    assert isinstance(held, Delegation)
    wednesday = MONDAY + timedelta(days=2)
    officer = on(town, "the officer", wednesday)
    assert delegating.end(town.session, held, by=officer, at=wednesday) is None
    assert held.until == date(2026, 3, 3)
    again = delegating.end(town.session, held, by=officer, at=wednesday)
    assert again == Refusal("identity.delegation_over", {"day": "03/03/2026"})
    assert not on(town, "the cashier", wednesday).holds("case_officer")


def test_a_delegate_hands_nothing_on(town: Town) -> None:
    assert isinstance(arrange(town, "the cashier"), Delegation)
    cashier, other = person(town, "the cashier"), person(town, "the other officer")
    handed = delegating.delegate(
        town.session,
        cashier,
        other,
        town.units["tan_an"],
        since=SINCE,
        until=UNTIL,
        key="a-second-page-key1",
        by=actor_of(town.session, cashier, SINCE),
        at=MONDAY,
    )
    assert isinstance(handed, Delegation)
    whose = {account for *_, account in on(town, "the other officer", MONDAY).lent}
    assert person(town, "the officer").id not in whose
