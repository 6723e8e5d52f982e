"""Units merge: their open work comes to the successor, unsent applications are told where to go instead."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from common.clock import ZONE
from common.identity.accounts import actor_of
from common.identity.actor import Actor
from common.identity.administration.units import close_unit
from common.identity.models import Account, Assignment
from common.identity.succession import in_charge, taken_over
from common.problems import Refusal
from runtime import applications, dossiers, queries, tasks
from runtime.handed_in import attach, documents_of
from runtime.letters.heads import heading
from runtime.models.dossiers import Dossier
from runtime.models.money import Payment
from runtime.models.papers import Document
from runtime.models.tasks import Task
from runtime.replay import replay, verify
from tests.runtime.small import MONDAY
from tests.runtime.town import Town, scan

FRIDAY = date(2026, 3, 6)
LAST_DAY, DAY_AFTER = (datetime(2026, 3, day, 9, 0, tzinfo=ZONE) for day in (6, 9))


def merge(
    town: Town, closed: str = "tan_an", successor: str | None = "hoa_binh", until: date = FRIDAY
) -> None:
    heir = town.units[successor] if successor else None
    by = town.official("administrator", "province")
    done = close_unit(town.session, town.units[closed], until=until, successor=heir, by=by, at=MONDAY)
    assert done is None
    town.session.flush()


def official(town: Town, role: str, unit: str, at: datetime) -> Actor:
    """An official of the unit as of that day."""
    question = (
        select(Account)
        .join(Assignment)
        .where(Assignment.role == role, Assignment.unit_id == town.units[unit].id)
    )
    account = town.session.scalars(question.order_by(Account.id)).first()
    assert account is not None
    return actor_of(town.session, account, at.date())


def seen(town: Town, role: str, unit: str, at: datetime) -> list[str]:
    rows = queries.inbox(town.session, official(town, role, unit, at), at=at).rows
    return [row.reference for row in rows]


def test_open_work_comes_to_the_successor_on_the_day_after(town: Town) -> None:
    dossier = town.received()
    code = str(dossier.code)
    merge(town)
    assert seen(town, "case_officer", "hoa_binh", LAST_DAY) == []
    assert seen(town, "case_officer", "hoa_binh", DAY_AFTER) == [code]
    # Those of the closed unit keep their posts until its dossiers are done; a third unit sees nothing.
    assert seen(town, "case_officer", "tan_an", DAY_AFTER) == [code]
    assert seen(town, "case_officer", "son_thuy", DAY_AFTER) == []
    assert seen(town, "reception", "hoa_binh", DAY_AFTER) == []


def test_who_may_see_and_do_what_follows_the_work(town: Town) -> None:
    dossier = town.received()
    code, work = str(dossier.code), town.task(dossier)
    heir = official(town, "case_officer", "hoa_binh", LAST_DAY)
    assert queries.dossier_for(town.session, code, heir, at=LAST_DAY) is None
    assert queries.task_for(town.session, work.id, heir) is None
    merge(town)
    heir = official(town, "case_officer", "hoa_binh", DAY_AFTER)
    assert queries.dossier_for(town.session, code, heir, at=DAY_AFTER) is not None
    assert queries.task_for(town.session, work.id, heir) is work
    # The role still counts, not only the unit.
    assert queries.task_for(town.session, work.id, official(town, "reception", "hoa_binh", DAY_AFTER)) is None
    third = official(town, "case_officer", "son_thuy", DAY_AFTER)
    assert queries.dossier_for(town.session, code, third, at=DAY_AFTER) is None
    refused = tasks.claim(town.session, work, by=third, at=DAY_AFTER)
    assert isinstance(refused, Refusal)


def test_the_successor_finishes_what_the_closed_unit_began(town: Town) -> None:
    dossier = town.received()
    merge(town)
    for outcome, role in (("fit", "case_officer"), ("granted", "approver"), ("collected", "cashier")):
        by = official(town, role, "hoa_binh", DAY_AFTER)
        done = tasks.complete(town.session, town.task(dossier), outcome=outcome, by=by, at=DAY_AFTER)
        assert isinstance(done, Task), done
    handed = dossiers.hand_over(
        town.session, dossier, by=official(town, "reception", "hoa_binh", DAY_AFTER), at=DAY_AFTER
    )
    assert isinstance(handed, Dossier)
    # Its code stays; the receipt stands in the book of who took the money.
    assert str(dossier.code).startswith("000.21.01.H99-")
    assert town.all(Payment)[0].unit_id == town.units["hoa_binh"].id
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def test_letters_are_written_by_the_unit_that_exists(town: Town) -> None:
    dossier = town.received()
    merge(town)
    definition = queries.dossier_for(town.session, str(dossier.code), town.citizen(), at=MONDAY)
    assert definition is not None

    def printed(at: datetime) -> Any:
        law = definition.compiled.definition
        return heading(town.session, dossier, law, "apology", "1", at, "vi")["agency"]["name"]

    assert printed(LAST_DAY) == town.units["tan_an"].name_vi
    assert printed(DAY_AFTER) == town.units["hoa_binh"].name_vi


def test_what_was_filed_before_is_received_by_the_successor_under_its_own_code(town: Town) -> None:
    dossier = town.filed()
    merge(town)
    reception = official(town, "reception", "hoa_binh", DAY_AFTER)
    accepted = dossiers.accept(town.session, dossier, by=reception, at=DAY_AFTER)
    assert isinstance(accepted, Dossier), accepted
    assert str(dossier.code) == f"{town.units['hoa_binh'].code}-260309-0001"
    assert dossier.unit is dossier.solving_unit is town.units["hoa_binh"]
    assert town.task(dossier).unit_id == town.units["hoa_binh"].id
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def test_successors_of_successors_and_units_without_any(town: Town) -> None:
    merge(town, "tan_an", "hoa_binh")
    merge(town, "hoa_binh", "son_thuy", FRIDAY + timedelta(days=7))
    old, middle, new = (town.units[key] for key in ("tan_an", "hoa_binh", "son_thuy"))
    week, fortnight = (FRIDAY + timedelta(days=days) for days in (1, 8))
    assert [in_charge(town.session, old, on) for on in (FRIDAY, week, fortnight)] == [old, middle, new]
    assert taken_over(town.session, {new.id}, week) == {}
    assert taken_over(town.session, {new.id}, fortnight) == {new.id: {old.id, middle.id}}
    merge(town, "son_thuy", None, fortnight)
    assert in_charge(town.session, old, fortnight + timedelta(days=1)) is None


@pytest.mark.parametrize("successor", ["hoa_binh", None])
def test_an_unsent_application_to_a_closed_unit_is_refused_and_told_where_to_go(
    town: Town, successor: str | None
) -> None:
    application, citizen = town.begun(), town.citizen()
    merge(town, successor=successor)
    refused = applications.submit(town.session, application, by=citizen, at=DAY_AFTER)
    assert isinstance(refused, Refusal)
    if successor:
        assert refused.code == "dossiers.unit_succeeded"
        assert refused.parameters["successor"] == town.units[successor].name_vi
    else:
        assert refused.code == "dossiers.unit_closed"
    assert application.dossier_id is None


def test_switching_loses_nothing(town: Town) -> None:
    application, citizen = town.begun(), town.citizen()
    kept = attach(
        town.session,
        application,
        component="",
        name="a.pdf",
        source=scan(),
        limit=99,
        by=citizen,
        at=MONDAY,
    )
    assert isinstance(kept, Document)
    typed = dict(application.answers)
    merge(town)
    moved = applications.readdress(
        town.session, application, town.units["hoa_binh"].id, by=citizen, at=DAY_AFTER
    )
    assert moved is None
    assert application.answers == typed
    assert documents_of(town.session, application.id) == (kept,)
    sent = applications.submit(town.session, application, by=citizen, at=DAY_AFTER)
    assert isinstance(sent, Dossier), sent
    assert sent.unit is town.units["hoa_binh"]


def test_an_application_goes_only_where_the_procedure_is_received(town: Town) -> None:
    application, citizen = town.begun(), town.citizen()
    merge(town)
    for unit in (town.units["tan_an"].id, town.units["justice"].id, 999_999):
        refused = applications.readdress(town.session, application, unit, by=citizen, at=DAY_AFTER)
        assert refused == Refusal("dossiers.unit_does_not_receive")


def test_at_the_counter_the_successor_goes_on_with_what_was_typed(town: Town) -> None:
    application = town.begun(town.official("reception"))
    merge(town)
    reception = official(town, "reception", "hoa_binh", DAY_AFTER)
    assert queries.application_for(town.session, application.id, reception) is application
    refused = dossiers.enter_at_counter(town.session, application, by=reception, at=DAY_AFTER)
    assert isinstance(refused, Refusal)
    assert refused.code == "dossiers.unit_succeeded"
    third = official(town, "reception", "son_thuy", DAY_AFTER)
    heir = town.units["hoa_binh"].id
    assert applications.readdress(town.session, application, heir, by=third, at=DAY_AFTER) == Refusal(
        "dossiers.not_yours"
    )
    assert applications.readdress(town.session, application, heir, by=reception, at=DAY_AFTER) is None
    entered = dossiers.enter_at_counter(town.session, application, by=reception, at=DAY_AFTER)
    assert isinstance(entered, Dossier), entered
