"""Who sees what of linked dossiers: one dossier for the applicant, each unit its own part, leaders each once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from config import Settings
from runtime import dossiers, queries
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.figures.counting import figures
from runtime.figures.period import around
from runtime.limits import pass_due
from runtime.models.dossiers import Dossier
from runtime.models.papers import Letter
from runtime.models.tasks import Task
from runtime.office import Office
from runtime.queries import ToldPart
from tests.runtime.linked import Post
from tests.runtime.test_linked_birth import MONDAY, TUESDAY, finish, part, received, registered
from tests.runtime.town import Town

LATE = MONDAY + timedelta(days=4)


@pytest.fixture
def post(town: Town, office: Office, settings: Settings) -> Post:
    return Post(town, office, settings)


def parts(post: Post, parent: Dossier) -> dict[str, ToldPart]:
    view = queries.dossier_for(post.town.session, parent.filing_number, post.town.citizen(), at=MONDAY)
    assert view is not None
    found = queries.parts_of(post.town.session, parent, view.compiled, view.state, MONDAY)
    return {each.procedure.vi.partition(" (")[0]: each for each in found}


def test_the_applicant_has_one_dossier_with_its_parts_inside(post: Post) -> None:
    parent = registered(post)
    mine = queries.dossiers_of(post.town.session, post.town.citizen())
    assert [row.filing_number for row in mine.rows] == [parent.filing_number]
    finish(post, parent, "residence", TUESDAY)
    told = parts(post, parent)
    assert [(each.unit.vi, each.ended, each.returns) for each in told.values()] == [
        ("Công an tỉnh Lam Sơn", "granted", "caller"),
        ("Bảo hiểm xã hội tỉnh Lam Sơn", "", "caller"),
        ("Công an tỉnh Lam Sơn", "", "agency"),
    ]
    results = [letter.key for each in told.values() for letter in each.letters]
    assert results == ["residence_notice"]
    assert all(each.dossier and each.dossier.appointment_at for each in told.values())


def test_a_part_that_waits_for_the_applicant_is_told_in_the_list(post: Post) -> None:
    parent = registered(post)
    child = part(post, parent, "residence")
    child.status = "awaiting_supplement"
    post.town.session.flush()
    (row,) = queries.dossiers_of(post.town.session, post.town.citizen()).rows
    assert (row.filing_number, row.asks_in) == (parent.filing_number, child.filing_number)


def test_look_up_names_the_parts(post: Post) -> None:
    parent = registered(post, example="term_2026_09_07_10_00")
    number = parent.applicant["identity_number"]
    found = queries.look_up(post.town.session, str(parent.code), number)
    assert found is not None
    assert [(name.vi, percent is not None) for name, percent in found.parts] == [
        ("Đăng ký thường trú", True),
        ("Cấp thẻ bảo hiểm y tế", True),
    ]


def test_the_ward_sees_its_parts_without_their_answers_and_acts_on_none(post: Post) -> None:
    parent = registered(post)
    child = part(post, parent, "residence")
    seen = queries.dossier_for(
        post.town.session, str(child.code), post.town.official("case_officer"), at=MONDAY
    )
    assert seen is not None
    assert (seen.acts, seen.may_work, seen.only_at(post.town.official("case_officer"))) == ((), (), ())
    stranger = post.town.official("case_officer", "son_thuy")
    assert queries.dossier_for(post.town.session, str(child.code), stranger, at=MONDAY) is None


def test_the_police_see_their_part_and_of_the_dossier_its_number(post: Post) -> None:
    parent = registered(post)
    child = part(post, parent, "residence")
    police = post.town.official("case_officer", "police")
    assert queries.dossier_for(post.town.session, str(parent.code), police, at=MONDAY) is None
    view = queries.dossier_for(post.town.session, str(child.code), police, at=MONDAY)
    assert view is not None
    assert set(view.answers or ()) == {"applicant", "child", "residence"}
    whole = queries.whole_of(post.town.session, child, police)
    assert whole is not None
    assert (whole.dossier.code, whole.may_open) == (parent.code, False)
    ward = queries.whole_of(post.town.session, child, post.town.official("case_officer"))
    assert ward is not None
    assert ward.may_open
    letter = Letter(dossier_id=parent.id, event=1, kind="reception_slip", issued_at=MONDAY)
    post.town.session.add(letter)
    post.town.session.flush()
    assert queries.letter_for(post.town.session, letter.id, police) is None


def test_lists_mark_a_part_and_a_dossier_that_waits_for_a_late_one(post: Post) -> None:
    parent = registered(post, example="term_2026_09_07_10_00")
    police = post.town.official("case_officer", "police")
    assert [row.is_part for row in queries.inbox(post.town.session, police, at=MONDAY).rows] == [True]
    pass_due(post.work_at(LATE))
    (own,) = queries.search(post.town.session, post.town.official("leader"), str(parent.code)).rows
    assert (own.is_part, own.has_late_part) == (False, True)
    (row,) = queries.search(post.town.session, police, "").rows
    assert (row.is_part, row.has_late_part) == (True, False)


def test_before_reception_the_parts_are_named_with_the_units_that_will_open_them(post: Post) -> None:
    parent = received(post)
    told = parts(post, parent)
    assert [each.unit.vi for each in told.values()] == [
        "Công an tỉnh Lam Sơn",
        "Bảo hiểm xã hội tỉnh Lam Sơn",
        "Công an tỉnh Lam Sơn",
    ]
    assert {each.dossier for each in told.values()} == {None}


def test_a_withdrawn_part_is_told_and_the_others_go_on(post: Post) -> None:
    parent = registered(post)
    child = part(post, parent, "identity")
    by = post.town.citizen()
    assert isinstance(dossiers.withdraw(post.town.session, child, by=by, at=MONDAY), Dossier)
    post.carry(MONDAY)
    assert [each.ended for each in parts(post, parent).values()] == ["", "", "withdrawn"]
    steps = post.town.session.scalars(
        select(Task.step).where(Task.dossier_id == parent.id, Task.status == "open")
    )
    assert list(steps) == ["card_help"]
    assert from_plain(State, parent.state).status == "in_process"


def test_leaders_count_each_dossier_once_where_it_is_solved(post: Post) -> None:
    registered(post)
    units = {name: post.town.units[name].id for name in ("tan_an", "police", "insurance")}
    counted = figures(
        post.town.session, around(MONDAY.date(), "month"), [*units.values()], today=MONDAY.date()
    )
    received = {
        name: sum(each.received for (unit, _key), each in counted.items() if unit == units[name])
        for name in units
    }
    assert received == {"tan_an": 1, "police": 2, "insurance": 1}
