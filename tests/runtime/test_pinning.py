"""Which law a dossier lives under when the law changes under way: the table that a jurist can read."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from common.clock import ZONE
from common.identity.actor import machine
from common.money import Money
from common.problems import Refusal
from procedure_library.models import Version
from procedure_library.reference import record_parameter
from rules_dsl.evaluation import ParameterValue
from runtime import applications, dossiers, queries
from runtime.differences import difference
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.models.money import Charge, Payment
from runtime.models.tasks import Task
from runtime.paid import law_of
from runtime.replay import replay, verify
from tests.procedure_library.samples import task, to
from tests.runtime.small import RULES, STEPS, SUPPLEMENT, TRANSITIONS
from tests.runtime.tables import day, rows_of
from tests.runtime.town import FORM, SMALL, Town, publish_small

ROWS = rows_of("pinning.csv")
JANUARY, APRIL = date(2026, 1, 2), date(2026, 4, 1)
IN_JANUARY = datetime(2026, 1, 2, 8, 0, tzinfo=ZONE)
PROVINCE = "99"

# Until 01/04 the province decides what a copy costs.
LOCAL = RULES.format(supplement=SUPPLEMENT["pause"]).replace(
    "language en\n",
    'language en\nparameter level "Mức phí một bản"\n  set by province between 0 VND and 9_000 VND\n',
)
LOCAL = LOCAL.replace("pay 2_000 VND", "pay level")
DEARER = LOCAL.replace("pay level", "pay 3_000 VND")
LONGER = LOCAL.replace("3 working days", "5 working days")


def asking_more() -> dict[str, Any]:
    """The form with one more required question."""
    form: dict[str, Any] = deepcopy(FORM)
    person = form["properties"]["person"]
    person["properties"]["purpose"] = {
        "type": "string",
        "minLength": 1,
        "maxLength": 200,
        "title": "Mục đích",
        "x-motcua-en": {"title": "Purpose"},
    }
    person["required"].append("purpose")
    return form


CHECKING = {
    "steps": (*STEPS[:1], task("check", "checked"), *STEPS[1:]),
    "transitions": (to("started", "check"), to("check", "examine"), *TRANSITIONS[1:]),
}
CHANGES: dict[str, dict[str, Any]] = {
    "fee": {"rules": DEARER},
    "term": {"rules": LONGER},
    "question": {"rules": LOCAL, "form": asking_more()},
    "question and fee": {"rules": DEARER, "form": asking_more()},
    "step": {"rules": LOCAL, **CHECKING},
    "step and fee": {"rules": DEARER, **CHECKING},
}


@dataclass
class Story:
    """One row of the table, lived through."""

    town: Town
    old: Version
    new: Version

    def numbered(self, version_id: int) -> str:
        return "old" if version_id == self.old.id else "new"


def until(row: dict[str, str], town: Town) -> Story:
    """The world of the row: the procedure before, and what changes on 01/04, decided beforehand."""
    old = publish_small(town.session, IN_JANUARY, JANUARY, rules=LOCAL)
    decide(town, 2_000, JANUARY, IN_JANUARY)
    change = row["changes_on_01_04"]
    new = publish_small(town.session, IN_JANUARY, APRIL, **CHANGES[change]) if change in CHANGES else old
    if change == "province":
        decide(town, 3_000, APRIL, IN_JANUARY)
    return Story(town, old, new)


def decide(town: Town, amount: int, on: date, at: datetime) -> None:
    """The province decides what a copy costs from that day."""
    value = ParameterValue(Money(amount), from_on=on)
    record_parameter(
        town.session, SMALL, "level", value, area=PROVINCE, basis="Nghị quyết", by=machine("test"), at=at
    )
    town.session.flush()


def at_nine(text: str) -> datetime:
    return datetime.combine(day(text), time(9), ZONE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(list(row.values())[:5]))
def test_a_dossier_lives_under_the_law_that_the_table_says(row: dict[str, str], town: Town) -> None:
    story = until(row, town)
    application = town.begun(at=at_nine(row["begun"]))
    if "question" in row["changes_on_01_04"] and application.version_id == story.new.id:
        say_why(town, application, at_nine(row["begun"]))
    dossier, when_sending = sent(town, application, at_nine(row["sent"]))
    if row["paid_when_sent"] == "yes":
        assert isinstance(
            dossiers.pay(town.session, dossier, by=town.official("cashier"), at=at_nine(row["sent"])), Dossier
        )
    at_reception = received(town, application, dossier, at_nine(row["received"]))
    steps = walked(town, dossier, at_nine("06/04/2026"))
    (charge,) = queries.charges_of(town.session, dossier)
    assert {
        "when_sending": when_sending,
        "at_reception": at_reception,
        "version": story.numbered(dossier.version_id),
        "amount": str(charge.amount.minor),
        "law_of_amount": story.numbered(charge.version.id),
        "steps": " ".join(steps),
    } == {key: row[key] for key in list(row)[5:]}
    paid = select(func.sum(Payment.amount)).where(Payment.dossier_id == dossier.id)
    assert town.session.scalar(paid) == charge.amount.minor
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def sent(town: Town, application: Application, at: datetime) -> tuple[Dossier, str]:
    """The dossier, and what the applicant had to do before it could be sent."""
    citizen = town.citizen()
    asked = applications.submit(town.session, application, by=citizen, at=at)
    if isinstance(asked, Dossier):
        return asked, "through"
    assert isinstance(asked, Refusal)
    assert asked.code == "dossiers.law_changed"
    return again(town, application, at)


def received(town: Town, application: Application, dossier: Dossier, at: datetime) -> str:
    """Reception takes it; what the applicant had to do before it could."""
    reception = town.official("reception")
    asked = dossiers.accept(town.session, dossier, by=reception, at=at)
    if isinstance(asked, Dossier):
        return "through"
    assert asked.code in ("dossiers.form_changed", "dossiers.law_changed_since_filing")
    assert dossier.status == "submitted"
    dossiers.return_for_completion(town.session, dossier, reason="Quy định mới", by=reception, at=at)
    refused = applications.submit(town.session, application, by=town.citizen(), at=at)
    assert isinstance(refused, Refusal)
    assert refused.code == "dossiers.law_changed"
    _, did = again(town, application, at)
    assert (did == "complete") == (asked.code == "dossiers.form_changed")
    later = at + timedelta(minutes=30)
    assert isinstance(dossiers.accept(town.session, dossier, by=reception, at=later), Dossier)
    return did


def again(town: Town, application: Application, at: datetime) -> tuple[Dossier, str]:
    """The applicant looks at what has changed, answers what is new, and sends."""
    citizen = town.citizen()
    changed = difference(town.session, application, at)
    assert changed is not None
    typed = dict(application.answers["person"])
    assert applications.follow_the_law(town.session, application, by=citizen, at=at) is None
    assert application.answers["person"] == typed
    if changed.problems:
        assert [problem.where for problem in changed.problems] == ["person.purpose"]
        say_why(town, application, at)
    dossier = applications.submit(town.session, application, confirmed=True, by=citizen, at=at)
    assert isinstance(dossier, Dossier), dossier
    return dossier, "complete" if changed.problems else "confirm"


def say_why(town: Town, application: Application, at: datetime) -> None:
    """Answers the question that only the new form asks."""
    answers = {"person": {**application.answers["person"], "purpose": "Xin việc"}}
    applications.save_page(town.session, application, "person", answers, by=town.citizen(), at=at)


def walked(town: Town, dossier: Dossier, at: datetime) -> list[str]:
    """The steps that come to officials until the result is ready."""
    outcomes = {"check": "checked", "examine": "fit", "sign": "granted", "collect": "collected"}
    steps = []
    while dossier.status == "in_process":
        steps.append(town.task(dossier).step)
        assert isinstance(town.complete(dossier, outcomes[steps[-1]], at), Task)
    return steps


def test_a_new_step_reaches_the_inbox_of_the_next_dossier_and_never_of_one_in_process(town: Town) -> None:
    until({"changes_on_01_04": "step"}, town)
    before, after = at_nine("31/03/2026"), at_nine("02/04/2026")
    in_process, next_one = town.received(before), town.received(after)
    rows = queries.inbox(town.session, town.official("case_officer"), at=after).rows
    assert {row.reference: row.step.vi for row in rows} == {
        in_process.code: "Bước examine",
        next_one.code: "Bước check",
    }
    walked(town, in_process, after)
    assert "check" not in {each.step for each in town.all(Task, dossier_id=in_process.id)}


def test_what_the_province_decides_later_does_not_reach_a_received_dossier(town: Town) -> None:
    """A correction with effect back in time is law for those received afterwards."""
    until({"changes_on_01_04": "nothing"}, town)
    received_before = town.received(at_nine("30/03/2026"))
    later = at_nine("02/04/2026")
    decide(town, 3_000, date(2026, 3, 1), later)
    walked(town, received_before, later)
    received_after = town.received(later)
    walked(town, received_after, later)
    assert [each.amount for each in town.all(Payment)] == [6_000, 9_000]
    for dossier in (received_before, received_after):
        assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def test_what_was_not_decided_at_reception_is_read_once_it_is(town: Town) -> None:
    """A dossier waits for the table of its province, but not for good."""
    publish_small(town.session, IN_JANUARY, JANUARY, rules=LOCAL)
    at = at_nine("30/03/2026")
    dossier = town.received(at)
    town.complete(dossier, "fit", at)
    town.complete(dossier, "granted", at)
    refused = town.complete(dossier, "collected", at)
    assert isinstance(refused, Refusal)
    assert refused.code == "dossiers.value_unknown"
    decide(town, 2_000, JANUARY, at)
    assert isinstance(town.complete(dossier, "collected", at), Task)
    assert [each.amount for each in town.all(Payment)] == [6_000]
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def test_every_record_names_the_law_it_read(town: Town) -> None:
    story = until({"changes_on_01_04": "nothing"}, town)
    dossier = town.received(at_nine("30/03/2026"))
    for charge in town.all(Charge, dossier_id=dossier.id):
        law = law_of(town.session, charge)
        assert (law.version, law.digest) == (story.old.id, story.old.digest)
        assert (law.calendar, law.calendar_version) == ("vn", 1)
        assert law.settings is not None
        assert len(law.settings) == 1
    assert dossier.state["settings"] == list(law.settings)


def test_a_version_of_a_future_day_does_nothing_before(town: Town) -> None:
    until({"changes_on_01_04": "question and fee"}, town)
    eve = datetime(2026, 3, 31, 23, 59, tzinfo=ZONE)
    application = town.begun(at=eve)
    assert difference(town.session, application, eve) is None
    changed = difference(town.session, application, eve + timedelta(minutes=1))
    assert changed is not None
    assert [field.path for field in changed.asked_now] == ["person.purpose"]


def test_a_paid_amount_is_not_changed_by_other_answers(town: Town) -> None:
    until({"changes_on_01_04": "nothing"}, town)
    at = at_nine("30/03/2026")
    application = town.begun(at=at)
    dossier, _ = sent(town, application, at)
    dossiers.pay(town.session, dossier, by=town.official("cashier"), at=at)
    assert dossiers.pay(town.session, dossier, by=town.official("cashier"), at=at) == Refusal(
        "dossiers.nothing_to_pay"
    )
    dossiers.return_for_completion(
        town.session, dossier, reason="Sai số bản", by=town.official("reception"), at=at
    )
    answers = {"person": {**application.answers["person"], "copies": 5}}
    applications.save_page(town.session, application, "person", answers, by=town.citizen(), at=at)
    refused = applications.submit(town.session, application, by=town.citizen(), at=at)
    assert isinstance(refused, Refusal)
    assert refused.code == "dossiers.paid_otherwise"
    applications.save_page(
        town.session,
        application,
        "person",
        {"person": {**answers["person"], "copies": 3}},
        by=town.citizen(),
        at=at,
    )
    assert isinstance(applications.submit(town.session, application, by=town.citizen(), at=at), Dossier)


def test_money_is_taken_at_the_old_amount_only_while_it_is_in_force(town: Town) -> None:
    until({"changes_on_01_04": "fee"}, town)
    dossier = town.filed(at_nine("30/03/2026"))
    cashier = town.official("cashier")
    refused = dossiers.pay(town.session, dossier, by=cashier, at=at_nine("01/04/2026"))
    assert isinstance(refused, Refusal)
    assert refused.code == "dossiers.law_changed_since_filing"
    assert isinstance(dossiers.pay(town.session, dossier, by=cashier, at=at_nine("31/03/2026")), Dossier)
