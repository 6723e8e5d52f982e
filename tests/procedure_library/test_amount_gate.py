"""A local amount passes the gate of a publication: the rules that read it are checked and tried with it."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from common.audit import AuditRow
from common.clock import ZONE
from common.identity.actor import machine
from common.messages import message_of
from common.money import Money
from common.problems import Finding
from common.text import Text
from procedure_library.amount_gate import Decision, effect_of
from procedure_library.amounts import decide, judged, newest_row
from procedure_library.definition import Definition, Example
from procedure_library.models import Version
from procedure_library.publishing import Basis, publish
from procedure_library.reference import ParameterRow
from rules_dsl.evaluation import ParameterValue
from tests.procedure_library.samples import FACTS, RULES, definition

AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
TODAY, NEXT_YEAR = AT.date(), date(2027, 1, 1)
BY = machine("Hạnh")
LOCAL = """
tham_số issue_amount "Mức phí do tỉnh quyết định"
  tiếng_anh "Charge set by the province"
  căn_cứ "Luật 60/2014/QH13, Điều 11"
  do tỉnh_quy_định trong_khoảng 0 VND và 50_000 VND theo dossier.channel
"""


def procedure(**changes: Any) -> Definition:
    """The sample, with a charge that the province sets, and an example filed at the counter."""
    rules = RULES.replace("thu 5_000 VND", "thu issue_amount") + LOCAL
    counter = {**FACTS, "dossier": {**FACTS["dossier"], "channel": "counter"}}
    expect = {"components": ["identity"]}
    examples = (
        Example("online", Text("Nộp trực tuyến", "Filed online"), FACTS, expect),
        Example("counter", Text("Nộp trực tiếp", "Filed at the counter"), counter, expect),
    )
    return definition(**{"rules": rules, "examples": examples, **changes})


@pytest.fixture
def law(session: Session) -> None:
    published(session, procedure(), date(2026, 1, 1))


def published(session: Session, law: Definition, since: date) -> None:
    version = publish(session, law, by=BY, at=AT, basis=Basis("1/QĐ"), effective_from=since)
    assert isinstance(version, Version), version


def decision(amount: int = 8_000, *keys: str, since: date = TODAY, **more: Any) -> Decision:
    value = ParameterValue(Money(amount), since, more.pop("until", None), keys)
    return Decision(
        **{
            "where": "",
            "area": "92",
            "procedure": "good_standing",
            "name": "issue_amount",
            "value": value,
            "basis": "Nghị quyết 5/2026/NQ-HĐND",
            **more,
        }
    )


def decided(session: Session, given: Decision) -> ParameterRow:
    seen = newest_row(session, given.procedure, given.name)
    row = decide(session, given, seen=seen, by=BY, at=AT)
    assert isinstance(row, ParameterRow), row
    session.flush()
    return row


def codes(found: object) -> list[str]:
    assert isinstance(found, tuple), found
    return [finding.code for finding in found]


def changes(session: Session, given: Decision) -> list[tuple[int, str, str, str]]:
    found = effect_of(session, given, TODAY).changes
    return [(each.version, each.example.vi, each.before.vi, each.after.vi) for each in found]


UNDECIDED = "@procedures.example.unknown|issue_amount"


@pytest.mark.usefixtures("law")
def test_whoever_decides_sees_which_examples_change(session: Session) -> None:
    assert changes(session, decision(8_000)) == [
        (1, "Nộp trực tuyến", UNDECIDED, "16.000 đồng"),
        (1, "Nộp trực tiếp", UNDECIDED, "16.000 đồng"),
    ]
    decided(session, decision(8_000))
    assert changes(session, decision(4_000, "online")) == [(1, "Nộp trực tuyến", "16.000 đồng", "8.000 đồng")]
    assert changes(session, decision(8_000, since=NEXT_YEAR)) == []


@pytest.mark.usefixtures("law")
def test_what_is_still_open_is_a_reminder(session: Session) -> None:
    (open_still,) = judged(session, [decision(4_000, "online")], TODAY)
    assert (open_still.code, open_still.severity) == ("reference.still_unknown", "warning")
    assert message_of(open_still).text == (
        "«Phí cấp giấy xác nhận» vẫn chưa tính được cho tình huống mẫu «Nộp trực tiếp»"
    )


@pytest.mark.usefixtures("law")
def test_versions_that_are_to_come_are_tried_as_well(session: Session) -> None:
    doubled = procedure(
        rules=procedure().rules.replace("thu issue_amount", "thu issue_amount + issue_amount")
    )
    published(session, doubled, NEXT_YEAR)
    assert [(version, after) for version, _, _, after in changes(session, decision(1_000))] == [
        (1, "2.000 đồng"),
        (1, "2.000 đồng"),
        (2, "4.000 đồng"),
        (2, "4.000 đồng"),
    ]
    assert {version for version, *_ in changes(session, decision(1_000, since=NEXT_YEAR))} == {2}


@pytest.mark.usefixtures("law")
@pytest.mark.parametrize("before", [True, False])
def test_an_amount_that_a_version_to_come_does_not_allow_is_refused(session: Session, before: bool) -> None:
    narrower = procedure(rules=procedure().rules.replace("50_000 VND", "5_000 VND"))
    published(session, narrower, NEXT_YEAR)
    if before:
        decided(session, decision(4_000))
    seen = newest_row(session, "good_standing", "issue_amount")
    refused = decide(session, decision(8_000), seen=seen, by=BY, at=AT)
    assert codes(refused) == ["reference.breaks_rule", "reference.breaks_rule"]
    assert newest_row(session, "good_standing", "issue_amount") == seen


@pytest.mark.usefixtures("law")
@pytest.mark.parametrize(("follows", "warned"), [(None, True), (date(2026, 7, 1), False)])
def test_days_after_the_last_that_nothing_follows_are_a_reminder(
    session: Session, follows: date | None, warned: bool
) -> None:
    if follows:
        decided(session, decision(9_000, since=follows))
    found = judged(session, [decision(8_000, until=date(2026, 6, 30))], TODAY)
    assert [finding.code for finding in found] == (["reference.nothing_follows"] if warned else [])


@pytest.mark.usefixtures("law")
@pytest.mark.parametrize(
    ("given", "code"),
    [
        (decision(50_001), "reference.out_of_bounds"),
        (decision(8_000, "online", "x"), "reference.wrong_keys"),
        (decision(8_000, name="issue"), "reference.unknown_name"),
        (decision(8_000, procedure="elsewhere"), "procedures.source.unknown"),
        (decision(8_000, since=NEXT_YEAR, until=TODAY), "reference.ends_before_it_begins"),
    ],
)
def test_what_is_wrong_by_itself_is_refused(session: Session, given: Decision, code: str) -> None:
    assert codes(decide(session, given, seen=0, by=BY, at=AT)) == [code]
    assert session.scalars(select(ParameterRow)).all() == []


@pytest.mark.usefixtures("law")
def test_a_decision_is_recorded_once_with_its_audit_row(session: Session) -> None:
    row = decided(session, decision(8_000))
    assert (row.value, row.area, row.recorded_by) == ({"amount": 8000, "currency": "VND"}, "92", "Hạnh")
    act = session.scalars(select(AuditRow).where(AuditRow.act == "parameter.recorded")).one()
    assert act.subject_key == "issue_amount"
    assert codes(decide(session, decision(8_000), seen=row.id, by=BY, at=AT)) == ["reference.amount_stands"]


@pytest.mark.usefixtures("law")
def test_who_did_not_see_the_last_decision_decides_nothing(session: Session) -> None:
    first = decided(session, decision(8_000))
    late: ParameterRow | tuple[Finding, ...] = decide(session, decision(9_000), seen=0, by=BY, at=AT)
    assert codes(late) == ["reference.amount_newer"]
    assert isinstance(decide(session, decision(9_000), seen=first.id, by=BY, at=AT), ParameterRow)
