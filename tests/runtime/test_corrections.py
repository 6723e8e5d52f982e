"""An error of the office in a returned result: a new dossier that points to the old, at the office's cost."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from common.problems import Refusal
from runtime import applications, corrections, dossiers, queries
from runtime.demo.accounts import PASSWORD
from runtime.engine.status import CLOSED, POSSIBLE_IN
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.models.money import Charge, Payment
from runtime.models.papers import Document
from runtime.models.tasks import Task
from runtime.replay import replay, verify
from runtime.worlds import stored_answers
from tests.runtime.small import MONDAY
from tests.runtime.town import Town
from tests.web.people import send, sign_in

KEY, LATER = "a-key-of-the-page-1", MONDAY + timedelta(days=1)
REASON = "Ghi sai số bản trên kết quả"


def returned(town: Town) -> Dossier:
    dossier = town.finished()
    handed = dossiers.hand_over(town.session, dossier, by=town.official("reception"), at=MONDAY)
    assert isinstance(handed, Dossier)
    return handed


def begun(town: Town, old: Dossier, key: str = KEY, reason: str = REASON) -> Application | Refusal:
    by = town.official("reception")
    return corrections.begin(town.session, old, reason=reason, key=key, by=by, at=LATER)


def corrected(town: Town, old: Dossier) -> Dossier:
    application = begun(town, old)
    assert isinstance(application, Application), application
    by = town.official("reception")
    new = dossiers.enter_at_counter(town.session, application, by=by, at=LATER)
    assert isinstance(new, Dossier), new
    return new


def test_the_new_dossier_begins_with_what_was_said_and_belongs_to_the_same_applicant(town: Town) -> None:
    old = returned(town)
    new = corrected(town, old)
    assert stored_answers(town.session, new) == stored_answers(town.session, old)
    assert (new.owner_id, new.procedure_key, new.status) == (old.owner_id, old.procedure_key, "in_process")
    assert old.status == "returned"


def test_nobody_pays_for_it_from_filing_to_result(town: Town) -> None:
    new = corrected(town, returned(town))
    for outcome in ("fit", "granted", "collected"):
        assert isinstance(town.complete(new, outcome, LATER), Task)
    assert new.status == "decided"
    assert town.all(Charge, dossier_id=new.id) == []
    assert town.all(Payment, dossier_id=new.id) == []
    assert (replay(town.session, new), verify(town.session, new)) == ((), ())


def test_both_name_each_other(town: Town, client: FlaskClient) -> None:
    old = returned(town)
    new = corrected(town, old)
    for dossier, other, login, pages in (
        (old, new, "congdan", "/my/dossiers"),
        (new, old, "congdan", "/my/dossiers"),
        (old, new, "tiepnhan", "/desk/dossiers"),
        (new, old, "tiepnhan", "/desk/dossiers"),
    ):
        sign_in(client, login, PASSWORD)
        page = client.get(f"{pages}/{dossier.filing_number}").text
        assert f'href="{pages}/{other.filing_number}"' in page
        assert (REASON in page) == (dossier is new)


def test_a_double_click_begins_one(town: Town) -> None:
    old = returned(town)
    first = begun(town, old)
    assert begun(town, old) is first
    assert begun(town, old, key="a-key-of-another-page") is first
    assert len(town.all(Application, corrects_id=old.id)) == 1


def test_while_one_is_under_way_no_second_one_begins(town: Town) -> None:
    old = returned(town)
    new = corrected(town, old)
    assert begun(town, old, key="a-key-of-another-page") == Refusal(
        "dossiers.corrected_already", {"number": new.code or ""}
    )


def test_what_was_handed_in_is_not_asked_for_again(town: Town) -> None:
    old = returned(town)
    view = queries.dossier_for(town.session, old.filing_number, town.citizen(), at=MONDAY)
    assert view is not None
    paper = Document(
        application_id=view.application.id,
        component="",
        name="chung_sinh.pdf",
        media_type="application/pdf",
        size=3,
        digest="0" * 64,
        uploaded_at=MONDAY,
    )
    town.session.add(paper)
    town.session.flush()
    application = begun(town, old)
    assert isinstance(application, Application)
    (kept,) = applications.documents_of(town.session, application.id)
    assert (kept.name, kept.digest) == (paper.name, paper.digest)


@pytest.mark.parametrize("status", ["in_process", "decided", "withdrawn"])
def test_only_a_returned_result_is_corrected_so(town: Town, status: str) -> None:
    dossier = town.finished() if status == "decided" else town.received()
    if status == "withdrawn":
        assert isinstance(dossiers.withdraw(town.session, dossier, by=town.citizen(), at=MONDAY), Dossier)
    assert begun(town, dossier) == Refusal("dossiers.not_now.correct")


def test_it_says_what_was_wrong_and_is_reception_s_to_begin(town: Town) -> None:
    old = returned(town)
    assert begun(town, old, reason=" ") == Refusal("dossiers.reason_missing")
    by = town.official("case_officer")
    refused = corrections.begin(town.session, old, reason=REASON, key=KEY, by=by, at=LATER)
    assert refused == Refusal("dossiers.not_yours")


def test_nothing_that_is_closed_reopens() -> None:
    # These leave the status as it is: transitions.csv; what comes late from a linked dossier is noted: calls.csv.
    moves_on = {act for act, states in POSSIBLE_IN.items() if states & CLOSED}
    noted = {"child_opened", "child_ended", "child_failed"}
    assert moves_on == {"refund", "refuse_refund", "tell_portal"} | noted


def test_reception_puts_it_right_on_the_form_of_the_counter(town: Town, client: FlaskClient) -> None:
    old = returned(town)
    sign_in(client, "tiepnhan", PASSWORD)
    page = f"/desk/dossiers/{old.code}/correction"
    assert f'href="{page}"' in client.get(f"/desk/dossiers/{old.code}").text
    assert send(client, page, page, once=KEY, reason="").status_code == 422
    answers = [send(client, page, page, once=KEY, reason=REASON) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    form = client.get(answers[0].location).text
    assert "Hồ sơ đính chính" in form
    assert "6.000" not in form
