"""A dossier and its part in another unit: opened, heard, handed over; every message twice, each heard once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from common.problems import Finding
from config import Settings
from procedure_library.calling import neighbours_of
from procedure_library.linking import Passing
from procedure_library.publishing import Basis, publish
from runtime import dossiers, queries, tasks
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.models.dossiers import Dossier, DossierEvent, Reason
from runtime.models.tasks import Task
from runtime.office import Office
from runtime.replay import replay, verify
from tests.runtime.calling import CALL, OFFERED, callable_small, calling
from tests.runtime.linked import Post, open_steps, published
from tests.runtime.small import MONDAY
from tests.runtime.town import FORM, Town, publish_small

BEFORE = MONDAY - timedelta(days=2)


@pytest.fixture(params=[1, 2], ids=["once", "twice"])
def post(town: Town, office: Office, settings: Settings, request: pytest.FixtureRequest) -> Post:
    """Police in the commune next door, which registers residence; each message delivered so often."""
    town.units["police"].functions, town.units["hoa_binh"].functions = "", "police"
    published(town, replace(callable_small(), form=FORM))
    return Post(town, office, settings, request.param)


def begin(post: Post, drawn: Any = (), **attributes: Any) -> Dossier:
    body = calling(drawn, **attributes)
    publish_small(post.town.session, BEFORE, MONDAY.date(), steps=body.steps, transitions=body.transitions)
    parent = post.town.received()
    post.carry()
    return parent


def finish(post: Post, child: Dossier, *outcomes: str) -> None:
    for outcome in outcomes or ("fit", "granted", "collected"):
        task = post.town.task(child)
        by = post.town.official(task.role, "hoa_binh")
        reason = "Theo quy định"
        done = tasks.complete(post.town.session, task, outcome=outcome, reason=reason, by=by, at=MONDAY)
        assert isinstance(done, Task), done
    post.carry()


def sound(post: Post, *family: Dossier) -> None:
    """The history gives what is stored, and today's code decides the same."""
    for each in family:
        assert replay(post.town.session, each) == verify(post.town.session, each) == ()


def acts(post: Post, dossier: Dossier) -> list[str]:
    return [event.act for event in post.town.all(DossierEvent, dossier_id=dossier.id)]


def test_the_part_is_opened_next_door_and_its_result_comes_back(post: Post) -> None:
    parent = begin(post)
    child = post.child(parent)
    assert (child.unit_id, child.owner_id) == (post.town.units["hoa_binh"].id, parent.owner_id)
    assert child.applicant["full_name"] == parent.applicant["full_name"]
    assert (child.status, open_steps(post.town, child)) == ("in_process", ["examine"])
    assert child.code is not None
    assert open_steps(post.town, parent) == []
    finish(post, child)
    assert open_steps(post.town, parent) == ["sign"]
    assert child.status == "returned"
    assert acts(post, parent) == ["submit", "accept", "child_opened", "child_ended"]
    assert list(dict.fromkeys(post.carried)) == ["open", "opened", "ended", "collect"]
    assert len(post.town.all(Dossier, parent_id=parent.id)) == 1
    sound(post, parent, child)


def test_a_result_from_the_agency_is_handed_over_there(post: Post) -> None:
    parent = begin(post, call=replace(CALL, returns="agency"))
    child = post.child(parent)
    finish(post, child)
    assert (child.status, open_steps(post.town, child)) == ("decided", ["hand_over"])
    by = post.town.official("reception", "hoa_binh")
    assert isinstance(dossiers.hand_over(post.town.session, child, by=by, at=MONDAY), Dossier)


def test_a_refused_part_goes_the_other_way(post: Post) -> None:
    parent = begin(post)
    finish(post, post.child(parent), "fit", "refused")
    assert open_steps(post.town, parent) == ["weigh"]
    sound(post, parent, post.child(parent))


def test_a_part_that_the_applicant_withdraws_goes_the_other_way(post: Post) -> None:
    parent = begin(post)
    child = post.child(parent)
    done = dossiers.withdraw(post.town.session, child, reason="Đổi ý", by=post.town.citizen(), at=MONDAY)
    assert isinstance(done, Dossier)
    post.carry()
    assert open_steps(post.town, parent) == ["weigh"]


def test_a_part_that_cannot_be_opened_says_why(post: Post) -> None:
    post.town.units["hoa_binh"].functions = ""
    parent = begin(post)
    assert open_steps(post.town, parent) == ["by_hand"]
    (reason,) = post.town.all(Reason, dossier_id=parent.id)
    assert "police" in reason.text
    assert post.town.all(Dossier, parent_id=parent.id) == []
    sound(post, parent)


def test_answers_that_the_part_does_not_take_leave_nothing_behind(post: Post) -> None:
    stricter = {**FORM, "required": ["person", "why"], "properties": {**FORM["properties"]}}
    stricter["properties"]["why"] = {"type": "string", "title": "Lý do", "x-motcua-en": {"title": "Reason"}}
    (page,) = FORM["x-motcua-pages"]
    stricter["x-motcua-pages"] = [{**page, "fields": ["person", "why"]}]
    body = calling()
    publish_small(post.town.session, BEFORE, MONDAY.date(), steps=body.steps, transitions=body.transitions)
    published(post.town, replace(callable_small(), form=stricter), BEFORE.date())
    parent = post.town.received()
    post.carry()
    assert open_steps(post.town, parent) == ["by_hand"]
    assert post.town.all(Dossier, parent_id=parent.id) == []


@pytest.mark.parametrize(("act", "how"), [("withdraw", "withdrawn"), ("stop", "stopped")])
def test_the_part_ends_with_the_dossier(post: Post, act: str, how: str) -> None:
    parent = begin(post)
    by = post.town.citizen() if act == "withdraw" else post.town.official("leader")
    verb = getattr(dossiers, act)
    assert isinstance(verb(post.town.session, parent, reason="Không còn nhu cầu", by=by, at=MONDAY), Dossier)
    post.carry()
    child = post.child(parent)
    assert (parent.status, child.status) == (how, how)
    (known,) = from_plain(State, parent.state).children
    assert (known.ended, known.dropped) == (how, True)
    assert acts(post, child) == ["submit", "accept", "call_off"]
    sound(post, parent, child)


def test_a_part_decided_meanwhile_stands(post: Post) -> None:
    parent = begin(post)
    child = post.child(parent)
    for outcome in ("fit", "granted", "collected"):
        task = post.town.task(child)
        by = post.town.official(task.role, "hoa_binh")
        assert isinstance(tasks.complete(post.town.session, task, outcome=outcome, by=by, at=MONDAY), Task)
    by = post.town.citizen()
    assert isinstance(dossiers.withdraw(post.town.session, parent, by=by, at=MONDAY), Dossier)
    post.carry()
    assert (parent.status, child.status) == ("withdrawn", "decided")
    (known,) = from_plain(State, parent.state).children
    assert known.ended == "granted"
    sound(post, parent, child)


def test_a_dossier_withdrawn_before_its_part_is_open_opens_none(post: Post) -> None:
    body = calling()
    publish_small(post.town.session, BEFORE, MONDAY.date(), steps=body.steps, transitions=body.transitions)
    parent = post.town.received()
    by = post.town.citizen()
    assert isinstance(dossiers.withdraw(post.town.session, parent, by=by, at=MONDAY), Dossier)
    post.carry()
    assert post.town.all(Dossier, parent_id=parent.id) == []


def filling(post: Post, *required: str) -> Dossier:
    """A dossier whose call fills a page from the copies that the part was asked for."""
    takes = (Passing("person.copies", "register.copies"),)
    copies = {"type": "integer", "title": "Số bản", "x-motcua-en": {"title": "Copies"}}
    number = {"type": "string", "maxLength": 20, "title": "Số", "x-motcua-en": {"title": "Number"}}
    register = {
        "type": "object",
        "title": "Kết quả",
        "x-motcua-en": {"title": "Result"},
        "properties": {"copies": copies, "number": number},
        "required": list(required),
    }
    page = {
        "key": "register",
        "title": {"vi": "Kết quả cư trú", "en": "Residence"},
        "fields": ["register"],
    }
    form: dict[str, Any] = {
        **FORM,
        "x-motcua-pages": [*FORM["x-motcua-pages"], page],
        "properties": {**FORM["properties"], "register": register},
        "required": ["person", "register"],
    }
    body = calling(call=replace(CALL, takes=takes), fills=("register",))
    publish_small(
        post.town.session, BEFORE, MONDAY.date(), steps=body.steps, transitions=body.transitions, form=form
    )
    parent = post.town.received()
    post.carry()
    finish(post, post.child(parent))
    return parent


def test_what_the_part_found_fills_pages_of_the_dossier(post: Post) -> None:
    parent = filling(post, "copies")
    shown = queries.dossier_for(
        post.town.session, parent.code or "", post.town.official("approver"), at=MONDAY
    )
    assert shown is not None
    assert shown.answers is not None
    assert shown.answers["register"] == {"copies": 3}
    sound(post, parent)


def test_a_result_that_does_not_fill_the_pages_goes_the_way_of_failure(post: Post) -> None:
    parent = filling(post, "copies", "number")
    assert open_steps(post.town, parent) == ["by_hand"]
    (reason,) = post.town.all(Reason, dossier_id=parent.id)
    assert reason.text.startswith("register.number: ")
    child = post.child(parent)
    assert (child.status, open_steps(post.town, child)) == ("decided", ["hand_over"])
    sound(post, parent, child)


def test_a_version_that_breaks_a_caller_names_it(post: Post) -> None:
    begin(post)
    broken = replace(callable_small(), form=FORM, interface=replace(OFFERED, questions=()))
    basis = Basis("Quyết định 3/QĐ-UBND")
    by = post.town.official("publisher") if False else post.town.citizen()
    found = publish(post.town.session, broken, by=by, at=MONDAY, basis=basis, effective_from=MONDAY.date())
    assert isinstance(found, tuple)
    codes = {(each.code, str(each.parameters["caller"])) for each in found if isinstance(each, Finding)}
    assert codes == {("procedures.callers.broken", "Cấp giấy xác nhận")}
    assert neighbours_of(post.town.session, callable_small(), MONDAY.date()).callers
