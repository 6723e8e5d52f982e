"""What acts on a procedure do to those who file, receive and call it; what was begun in time goes on."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from common.identity.actor import machine
from common.jobs import Work
from common.problems import Finding, Problem, Refusal
from config import Settings
from procedure_library.amounts import locals_of
from procedure_library.calling import callables
from procedure_library.definition import Definition
from procedure_library.life.announcing import Announcement, announce
from procedure_library.life.queries import suspended_keys
from procedure_library.models import Version
from procedure_library.publishing import Basis, publish
from procedure_library.queries import version_in_force
from procedure_library.sources import find
from runtime import applications, corrections, dossiers
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier, DossierEvent
from runtime.models.moves import Move
from runtime.moves.carrying_out import order
from runtime.office import Office
from runtime.under_way import under_way
from runtime.unsent import erase, tell
from tests.runtime.announced import BASIS, REASON, announced, asked
from tests.runtime.calling import CALLED, callable_small, calling
from tests.runtime.linked import Post, open_steps, published
from tests.runtime.small import MONDAY, small
from tests.runtime.test_moves import CHECKING
from tests.runtime.test_pinning import LOCAL
from tests.runtime.town import FORM, SMALL, Town, publish_small

DAY = timedelta(days=1)
TODAY = MONDAY.date()
MINUTE = timedelta(minutes=1)


def test_what_was_typed_is_kept_and_sent_when_intake_resumes(town: Town) -> None:
    begun = town.begun()
    announced(town, "suspended", MONDAY)
    refused = applications.submit(town.session, begun, by=town.citizen(), at=MONDAY + MINUTE)
    assert isinstance(refused, Refusal)
    assert refused.code == "dossiers.intake_suspended"
    assert refused.parameters["basis"] == BASIS.number
    assert applications.save_page(
        town.session, begun, "person", begun.answers, by=town.citizen(), at=MONDAY + MINUTE
    ) in ((), None)
    announced(town, "resumed", MONDAY + DAY)
    assert isinstance(applications.submit(town.session, begun, by=town.citizen(), at=MONDAY + DAY), Dossier)


def test_the_counter_is_refused_too_and_keeps_what_reception_typed(town: Town) -> None:
    reception = town.official("reception")
    begun = town.begun(by=reception)
    announced(town, "suspended", MONDAY, until_on=TODAY + 3 * DAY)
    refused = dossiers.enter_at_counter(town.session, begun, by=reception, at=MONDAY + DAY)
    assert isinstance(refused, Refusal)
    assert refused.code == "dossiers.intake_suspended_until"
    assert begun.dossier_id is None
    assert begun.answers["person"]["copies"] == 3
    assert isinstance(
        dossiers.enter_at_counter(town.session, begun, by=reception, at=MONDAY + 4 * DAY), Dossier
    )


@pytest.mark.parametrize("act", ["suspended", "retired"])
def test_what_was_filed_before_is_completed_received_and_corrected(town: Town, act: Any) -> None:
    filed, done = town.filed(), town.finished()
    reception = town.official("reception")
    assert isinstance(dossiers.hand_over(town.session, done, by=reception, at=MONDAY), Dossier)
    announced(town, act, MONDAY + MINUTE)
    later = MONDAY + DAY
    dossiers.return_for_completion(town.session, filed, reason="Thiếu chữ ký", by=reception, at=later)
    (application,) = town.all(Application, dossier_id=filed.id)
    sent = applications.submit(town.session, application, by=town.citizen(), at=later + MINUTE)
    assert isinstance(sent, Dossier), sent
    assert isinstance(dossiers.accept(town.session, sent, by=reception, at=later + MINUTE), Dossier)
    again = corrections.begin(
        town.session, done, reason="Ghi sai", key="a-key-of-the-page-1", by=reception, at=later
    )
    assert isinstance(again, Application), again
    assert isinstance(dossiers.enter_at_counter(town.session, again, by=reception, at=later), Dossier)


@pytest.mark.parametrize("act", ["suspended", "retired"])
def test_a_call_fails_by_the_drawn_way(town: Town, office: Office, settings: Settings, act: Any) -> None:
    published(town, replace(callable_small(), form=FORM))
    body = calling()
    publish_small(town.session, MONDAY, TODAY, steps=body.steps, transitions=body.transitions)
    announced(town, act, MONDAY, CALLED)
    parent, post = town.received(), Post(town, office, settings)
    post.carry()
    assert open_steps(town, parent) == ["by_hand"]
    assert [each.act for each in town.all(DossierEvent, dossier_id=parent.id)][-1] == "child_failed"
    assert (CALLED in callables(town.session, TODAY)) is (act == "suspended")


def test_an_application_is_not_erased_while_nobody_can_send_it(
    town: Town, office: Office, settings: Settings
) -> None:
    town.begun()
    announced(town, "suspended", MONDAY + 20 * DAY)

    def night(day: int) -> int:
        work = Work(town.session, MONDAY + day * DAY, office.files, settings)
        tell(work)
        erase(work)
        return len(town.all(Application))

    assert [night(day) for day in (23, 30, 60)] == [1, 1, 1]
    announced(town, "resumed", MONDAY + 61 * DAY)
    # It can be sent again for as long as the notice lasts.
    assert [night(day) for day in (61, 67, 69)] == [1, 1, 0]


def test_a_retired_procedure_is_published_again_only_once_it_is_reinstated(town: Town) -> None:
    announced(town, "retired", MONDAY, from_on=TODAY + 5 * DAY)

    def again(on: date) -> Any:
        return publish(
            town.session,
            small(form=FORM, **CHECKING),
            by=machine("test"),
            at=MONDAY,
            basis=Basis("9/QĐ"),
            effective_from=on,
        )

    assert isinstance(again(TODAY + 4 * DAY), Version)
    refused = again(TODAY + 5 * DAY)
    told = {"day": "07/03/2026", "basis": BASIS.number}
    assert refused == (Finding("procedures.publication.retired", SMALL, told),)
    announced(town, "reinstated", MONDAY, from_on=TODAY + 5 * DAY)
    assert isinstance(again(TODAY + 5 * DAY), Version)


@pytest.mark.parametrize("withdrawn", [False, True])
def test_dossiers_are_not_moved_to_what_is_not_in_force(town: Town, *, withdrawn: bool) -> None:
    old, leader = town.received().version_id, town.official("leader")
    new = publish_small(town.session, MONDAY, TODAY + 9 * DAY, **CHECKING)
    if withdrawn:
        announced(town, "withdrawn", MONDAY, version=new.number)
    move = Move(
        procedure_key=SMALL,
        version=new,
        from_versions=[old],
        units=[town.units["tan_an"].id],
        steps={},
        status="previewed",
        asked_by=leader.account_id,
        asked_at=MONDAY,
    )
    town.session.add(move)
    on = MONDAY + (10 * DAY if withdrawn else DAY)
    refused = order(town.session, move, basis="Điều 37", by=leader, at=on)
    assert refused == Refusal("dossiers.move.not_in_force", {"version": new.number})


def test_what_is_under_way_is_counted(town: Town) -> None:
    town.begun(), town.filed(), town.received()
    (version,) = {each.version_id for each in town.all(Dossier, status="in_process")}
    found = under_way(town.session, SMALL)
    assert (found.received, found.filed, found.unsent, found.open) == ({version: 1}, 1, 1, 1)


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("resumed", {}, "procedures.act.not_suspended"),
    ("reinstated", {}, "procedures.act.not_retired"),
    ("withdrawn", {"version": 1}, "procedures.act.in_force_already"),
    ("withdrawn", {"version": 9}, "procedures.act.no_such_version"),
]


@pytest.mark.parametrize(("act", "said", "code"), REFUSED, ids=lambda each: str(each)[-20:])
def test_what_cannot_be_done_is_refused_in_words(
    town: Town, act: Any, said: dict[str, Any], code: str
) -> None:
    refused = asked(town, act, MONDAY, **said)
    assert isinstance(refused, Refusal)
    assert refused.code == code


def test_what_was_not_said_is_a_problem_of_its_field(town: Town) -> None:
    nothing = replace(BASIS, number=" ", signed_on=TODAY + DAY, file="")
    found = asked(town, "suspended", MONDAY, basis=nothing, from_on=TODAY - DAY, until_on=TODAY - 2 * DAY)
    assert [(each.where, type(each)) for each in found] == [
        (field, Problem) for field in ("basis_number", "basis_signed_on", "basis_file", "from_on", "until_on")
    ]


def test_only_a_publisher_announces(town: Town) -> None:
    said = Announcement("a-key-of-the-page-1", REASON, BASIS)
    for role in ("reception", "leader"):
        other = announce(town.session, SMALL, "retired", said, by=town.official(role), at=MONDAY)
        assert other == Refusal("procedures.act.not_your_role")


def test_the_same_form_is_one_act_and_no_other_act(town: Town) -> None:
    first = announced(town, "suspended", MONDAY, key="a-key-of-the-page-1")
    assert asked(town, "suspended", MONDAY, key="a-key-of-the-page-1") is first
    assert asked(town, "retired", MONDAY, key="a-key-of-the-page-1") == Refusal("procedures.act.form_used")
    assert suspended_keys(town.session, TODAY) == (SMALL,)


def test_a_publication_is_withdrawn_once(town: Town) -> None:
    new = publish_small(town.session, MONDAY, TODAY + 9 * DAY, **CHECKING)
    announced(town, "withdrawn", MONDAY, version=new.number)
    refused = asked(town, "withdrawn", MONDAY, version=new.number)
    assert isinstance(refused, Refusal)
    assert refused.code == "procedures.act.withdrawn_already"
    assert version_in_force(town.session, SMALL, TODAY + 9 * DAY) != new


@pytest.mark.parametrize("change", ["update procedure_acts set reason_vi = ''", "delete from procedure_acts"])
def test_nobody_changes_what_was_announced(town: Town, session: Session, change: str) -> None:
    announced(town, "suspended", MONDAY)
    with pytest.raises(DBAPIError, match="permission denied"), session.begin_nested():
        session.execute(text(change))


def test_a_province_still_decides_amounts_for_what_a_retired_procedure_leaves_under_way(town: Town) -> None:
    publish_small(town.session, MONDAY, TODAY, rules=LOCAL)
    announced(town, "retired", MONDAY)
    assert list(locals_of(town.session, SMALL, TODAY + 5 * DAY) or ()) == ["level"]
    assert isinstance(find(town.session, SMALL, TODAY + 5 * DAY), Definition)
