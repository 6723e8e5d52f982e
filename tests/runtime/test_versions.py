"""What an application and a dossier are judged by when the law changes under way."""

from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from common.clock import ZONE
from common.money import Money
from common.problems import Refusal
from common.text import Text
from runtime import applications, dossiers
from runtime.differences import AmountChange, difference
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier, DossierEvent
from runtime.replay import replay, verify
from tests.runtime.small import MONDAY, RULES, SUPPLEMENT, small
from tests.runtime.town import FORM, Town, publish_small

APRIL = date(2026, 4, 1)
IN_APRIL = datetime(2026, 4, 2, 9, 0, tzinfo=ZONE)
DEARER = RULES.replace("2_000 VND", "3_000 VND").format(supplement=SUPPLEMENT["pause"])


def _asking_more() -> dict[str, Any]:
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


def test_sending_shows_what_a_new_version_changes_before_it_is_confirmed(town: Town) -> None:
    application = town.begun()
    old = application.version_id
    new = publish_small(town.session, MONDAY, APRIL, rules=DEARER)
    assert difference(town.session, application, MONDAY) is None
    citizen = town.citizen()
    refused = applications.submit(town.session, application, by=citizen, at=IN_APRIL)
    assert refused == Refusal("dossiers.law_changed", {"version": 2})
    assert application.version_id == old
    changed = difference(town.session, application, IN_APRIL)
    assert changed is not None
    assert changed.amounts == (AmountChange(Text("Charge for copies", ""), Money(6000), Money(9000)),)
    assert (changed.version, changed.problems) == (new, ())
    sent = applications.submit(town.session, application, confirmed=True, by=citizen, at=IN_APRIL)
    assert isinstance(sent, Dossier)
    assert sent.version_id == new.id


def test_a_confirmed_new_form_still_has_to_be_answered(town: Town) -> None:
    application = town.begun()
    publish_small(town.session, MONDAY, APRIL, form=_asking_more())
    changed = difference(town.session, application, IN_APRIL)
    assert changed is not None
    assert [p.where for p in changed.problems] == ["person.purpose"]
    problems = applications.submit(town.session, application, confirmed=True, by=town.citizen(), at=IN_APRIL)
    assert isinstance(problems, tuple)
    assert [p.where for p in problems] == ["person.purpose"]


def test_reception_sends_back_what_was_never_asked(town: Town) -> None:
    filed = town.filed()
    before = filed.version_id
    new = publish_small(town.session, MONDAY, APRIL, form=_asking_more())
    reception = town.official("reception")
    refused = dossiers.accept(town.session, filed, by=reception, at=IN_APRIL)
    assert refused == Refusal("dossiers.form_changed", {"version": 2})
    assert (filed.status, filed.version_id) == ("submitted", before)
    dossiers.return_for_completion(
        town.session, filed, reason="Mẫu đơn mới hỏi mục đích", by=reception, at=IN_APRIL
    )
    application = _application(town, filed)
    citizen = town.citizen()
    answers = {"person": {**application.answers["person"], "purpose": "Xin việc"}}
    applications.save_page(town.session, application, "person", answers, by=citizen, at=IN_APRIL)
    sent = applications.submit(town.session, application, confirmed=True, by=citizen, at=IN_APRIL)
    assert isinstance(sent, Dossier), sent
    accepted = dossiers.accept(town.session, filed, by=reception, at=IN_APRIL)
    assert isinstance(accepted, Dossier), accepted
    assert filed.version_id == new.id
    assert replay(town.session, filed) == verify(town.session, filed) == ()


def test_a_received_dossier_keeps_its_version_for_life(town: Town) -> None:
    received = town.received()
    before = received.version_id
    publish_small(town.session, MONDAY, date(2026, 3, 1), rules=DEARER)
    for outcome in ("fit", "granted", "collected"):
        town.complete(received, outcome, MONDAY)
    assert received.version_id == before
    assert received.state["owed"][0]["amount"] == {"amount": 6000, "currency": "VND"}


def test_a_case_type_that_is_gone_cannot_be_sent(town: Town) -> None:
    application = town.begun()
    other = replace(small().case_types[0], key="other")
    publish_small(town.session, MONDAY, APRIL, case_types=(other,))
    refused = applications.submit(town.session, application, confirmed=True, by=town.citizen(), at=IN_APRIL)
    assert refused == Refusal("dossiers.no_longer_offered")


def _events(town: Town, dossier: Dossier) -> list[Any]:
    return town.all(DossierEvent, dossier_id=dossier.id)


def _application(town: Town, dossier: Dossier) -> Any:
    return town.all(Application, dossier_id=dossier.id)[0]
