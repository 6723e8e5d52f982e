"""D6: a birth with residence, insurance and identity card in other units, from one form to all results."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from common.clock import ZONE, local_date
from config import Settings
from procedure_library.definition import Definition
from procedure_library.package import read_package
from procedure_library.ready_made import CATALOGUE
from runtime import applications, dossiers, handed_in, tasks
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.limits import pass_due
from runtime.models.applications import Application
from runtime.models.dossiers import Answers, Dossier
from runtime.models.papers import Document, Letter
from runtime.models.tasks import Task
from runtime.office import Office
from runtime.replay import replay, verify
from tests.runtime.linked import Post, open_steps
from tests.runtime.tables import instant, rows_of
from tests.runtime.town import Town, scan

MONDAY = datetime(2026, 9, 7, 10, 0, tzinfo=ZONE)
TUESDAY = MONDAY + timedelta(days=1)
LINKED = "lien_thong_khai_sinh"
REGISTERED = {
    "number": "45",
    "book": "01/2026",
    "registered_on": "2026-09-08",
    "personal_number": "092326001234",
}
FOUND = {"marriage_found": "confirmed", "residence_found": "confirmed", "opinion": "Đủ điều kiện."}
RESULTS: dict[str, dict[str, Any]] = {
    "residence": {"notice_number": "12/TB", "registered_on": "2026-09-09"},
    "insurance": {"card_number": "TE1929232600123", "usable_from": "2026-08-25"},
    "identity": {"receipt": "77/GH", "issued_on": "2026-09-14"},
}
UNIT = {"residence": "police", "insurance": "insurance", "identity": "police"}


@pytest.fixture(params=[1, 2], ids=["once", "twice"])
def post(town: Town, office: Office, settings: Settings, request: pytest.FixtureRequest) -> Post:
    return Post(town, office, settings, request.param)


def birth() -> Definition:
    definition = read_package(CATALOGUE / LINKED)
    assert isinstance(definition, Definition)
    return definition


def answers(example: str) -> Any:
    return next(each for each in birth().examples if each.key == example).facts["answers"]


def received(post: Post, at: datetime = MONDAY, example: str = "card_wanted") -> Dossier:
    """Sent from home by the mother, accepted at the ward."""
    town, by = post.town, post.town.citizen()
    application = applications.begin(
        town.session,
        procedure_key=LINKED,
        case_type="ordinary",
        unit_id=town.units["tan_an"].id,
        channel="online",
        by=by,
        at=at,
    )
    assert isinstance(application, Application), application
    application.answers = answers(example)
    if answers(example)["residence"]["place"] == "other":
        handed_in.attach(
            town.session,
            application,
            component="home_paper",
            name="nha.pdf",
            source=scan(),
            limit=9999,
            by=by,
            at=at,
        )
    sent = applications.submit(town.session, application, by=by, at=at)
    assert isinstance(sent, Dossier), sent
    accepted = dossiers.accept(town.session, sent, by=town.official("reception"), at=at)
    assert isinstance(accepted, Dossier), accepted
    return accepted


def work(post: Post, dossier: Dossier, outcome: str, at: datetime, unit: str = "tan_an", **said: Any) -> None:
    """The open task, completed by whoever has its role in the unit."""
    task = post.town.task(dossier)
    by = post.town.official(task.role, unit)
    done = tasks.complete(post.town.session, task, outcome=outcome, by=by, at=at, **said)
    assert isinstance(done, Task), done


def registered(post: Post, at: datetime = MONDAY, **more: Any) -> Dossier:
    """The birth is in the register and the certificate signed; the parts are open."""
    parent = received(post, at, **more)
    work(post, parent, "fit", at, answers={"examination": FOUND})
    work(post, parent, "registered", at, answers={"registration": REGISTERED})
    work(post, parent, "granted", at)
    post.carry(at)
    return parent


def part(post: Post, parent: Dossier, step: str) -> Dossier:
    children = {each.step: each for each in from_plain(State, parent.state).children}
    return post.child(parent, children[step].number)


def finish(post: Post, parent: Dossier, step: str, at: datetime, outcome: str = "granted") -> None:
    child = part(post, parent, step)
    work(post, child, "fit", at, UNIT[step], answers={"register": RESULTS[step]})
    work(post, child, outcome, at, UNIT[step], reason="Theo quy định")
    post.carry(at)


def sound(post: Post, parent: Dossier) -> None:
    for each in (parent, *post.town.all(Dossier, parent_id=parent.id)):
        assert replay(post.town.session, each) == verify(post.town.session, each) == ()


def results(post: Post, dossier: Dossier) -> list[str]:
    question = select(Letter.key).where(Letter.dossier_id == dossier.id, Letter.kind == "result")
    return list(post.town.session.scalars(question))


def test_three_parts_open_side_by_side_in_other_units(post: Post) -> None:
    parent = registered(post)
    children = post.town.all(Dossier, parent_id=parent.id)
    names = {step: post.town.units[unit].id for step, unit in UNIT.items()}
    assert {each.step for each in from_plain(State, parent.state).children} == set(names)
    for step, unit in names.items():
        child = part(post, parent, step)
        assert (child.unit_id, child.owner_id, child.status) == (unit, parent.owner_id, "in_process")
        assert child.code is not None
    assert len(children) == 3
    sound(post, parent)


def test_all_results_come_back_and_one_part_is_late(post: Post) -> None:
    parent = registered(post)
    finish(post, parent, "residence", TUESDAY)
    # Social insurance has said nothing by its second working day: leaders are told, the dossier goes on waiting.
    late = datetime(2026, 9, 10, 8, 0, tzinfo=ZONE)
    pass_due(post.work_at(late))
    known = {each.step: each for each in from_plain(State, parent.state).children}
    assert (known["insurance"].late_at, known["insurance"].ended) == (late, "")
    assert open_steps(post.town, parent) == ["card_help"]
    work(post, parent, "told", late, reason="Thẻ trả sau tại công an.")
    finish(post, parent, "insurance", late)
    assert (parent.status, results(post, parent)) == ("decided", ["birth_certificate"])
    residence, insurance = (part(post, parent, step) for step in ("residence", "insurance"))
    assert (results(post, residence), results(post, insurance)) == (["residence_notice"], ["insurance_card"])
    assert (residence.status, insurance.status) == ("returned", "returned")
    handed = dossiers.hand_over(post.town.session, parent, by=post.town.official("reception"), at=late)
    assert isinstance(handed, Dossier)
    # The card comes after all is over: noted, and handed over where it was made.
    finish(post, parent, "identity", datetime(2026, 9, 14, 9, 0, tzinfo=ZONE))
    card = part(post, parent, "identity")
    assert (parent.status, card.status, results(post, card)) == ("returned", "decided", ["card_receipt"])
    assert {each.step: each.ended for each in from_plain(State, parent.state).children} == dict.fromkeys(
        UNIT, "granted"
    )
    assert post.town.session.get_one(Dossier, parent.id).state["children"]
    sound(post, parent)


def test_what_the_parts_found_stands_in_the_dossier(post: Post) -> None:
    parent = registered(post, example="term_2026_09_07_10_00")
    for step in ("residence", "insurance"):
        finish(post, parent, step, TUESDAY)
    body = post.town.session.get_one(Answers, (parent.id, parent.state["answers"]["number"])).body
    assert body is not None
    assert body["residence_result"] == RESULTS["residence"]
    assert body["insurance_result"] == RESULTS["insurance"]
    assert parent.status == "decided"
    sound(post, parent)


def test_a_refused_residence_stops_neither_birth_nor_insurance(post: Post) -> None:
    parent = registered(post, example="term_2026_09_07_10_00")
    finish(post, parent, "residence", TUESDAY, "refused")
    assert open_steps(post.town, parent) == ["residence_help"]
    finish(post, parent, "insurance", TUESDAY)
    work(post, parent, "told", TUESDAY, reason="Chủ hộ chưa đồng ý: đăng ký lại tại công an.")
    assert (parent.status, results(post, parent)) == ("decided", ["birth_certificate"])
    sound(post, parent)


def test_papers_go_with_the_part_that_asks_for_them(post: Post) -> None:
    parent = registered(post, example="term_verification")
    residence = part(post, parent, "residence")
    (application,) = post.town.all(Application, dossier_id=residence.id)
    (paper,) = post.town.all(Document, application_id=application.id)
    assert (paper.component, paper.name) == ("lawful_residence", "nha.pdf")
    assert set(application.answers) == {"applicant", "child", "residence"}
    sound(post, parent)


def test_a_withdrawal_ends_the_parts(post: Post) -> None:
    parent = registered(post)
    by = post.town.citizen()
    assert isinstance(dossiers.withdraw(post.town.session, parent, by=by, at=TUESDAY), Dossier)
    post.carry(TUESDAY)
    assert {child.status for child in post.town.all(Dossier, parent_id=parent.id)} == {"withdrawn"}
    sound(post, parent)


@pytest.mark.parametrize("row", rows_of("linked_birth.csv"), ids=lambda row: row["received"])
def test_the_whole_is_promised_as_the_table_says(
    town: Town, office: Office, settings: Settings, row: dict[str, str]
) -> None:
    """D6: with the days on which the applicant confirmed on VNeID left out."""
    post = Post(town, office, settings)
    at = instant(row["received"])
    example = {"no": "term_2026_09_07_10_00", "yes": "term_verification", "24/11": "term_2026_11_20_09_00"}
    parent = received(post, at, example[row["verification"]])
    if row["excluded"] != "0":
        work(post, parent, "incomplete", at, reason="Cha chưa xác nhận trên VNeID.")
        answered_at = at + timedelta(days=int(row["excluded"]))
        by = town.citizen()
        assert isinstance(dossiers.answer_supplement(town.session, parent, by=by, at=answered_at), Dossier)
    assert parent.due_at is not None
    assert f"{local_date(parent.due_at):%d/%m/%Y}" == row["due"]


@pytest.mark.parametrize("row", rows_of("linked_birth_supplement.csv"), ids=lambda row: row["asked"])
def test_a_supplement_has_seven_working_days(
    town: Town, office: Office, settings: Settings, row: dict[str, str]
) -> None:
    """D6b."""
    post = Post(town, office, settings)
    at = instant(row["asked"])
    parent = received(post, at, "term_2026_11_20_09_00" if at.month == 11 else "term_2026_09_07_10_00")
    work(post, parent, "incomplete", at, reason="Thiếu Giấy chứng sinh.")
    state = from_plain(State, parent.state)
    assert state.answer_by is not None
    assert f"{local_date(state.answer_by):%d/%m/%Y}" == row["last"]
