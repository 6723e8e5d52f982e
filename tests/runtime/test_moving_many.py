"""Five hundred dossiers move to another version: previewed, moved as previewed, undone where nothing happened since."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from common.audit import AuditRow
from common.clock import ZONE
from common.jobs import Work
from common.money import Money
from common.problems import Refusal
from config import Settings
from procedure_library.models import Version
from runtime import queries, tasks
from runtime.models.dossiers import Dossier, DossierEvent, Reason
from runtime.models.moves import Move, MoveLine
from runtime.models.papers import Notice
from runtime.models.tasks import Task
from runtime.moves import asking, carrying_out
from runtime.moves.asking import Wanted
from runtime.moves.reading import lines, move_for, moves_of, summary
from runtime.office import Office
from runtime.replay import replay, verify
from tests.runtime.many import copies_of
from tests.runtime.small import MONDAY, RULES, STEPS, SUPPLEMENT
from tests.runtime.test_moves import CHECKING, asking_more
from tests.runtime.town import Town, publish_small

TUESDAY = MONDAY + timedelta(days=1)
BASIS = "Nghị định 18/2026/NĐ-CP, Điều 37"
DEARER = RULES.format(supplement=SUPPLEMENT["pause"]).replace("2_000", "3_000")


@dataclass
class Hall:
    """The town with a worker at hand."""

    town: Town
    work: Work
    old: Version
    new: Version

    def previewed(self, steps: dict[str, str] | None = None, **wanted: object) -> Move:
        asked = Wanted(
            **{"to": self.new, "versions": (self.old.id,), "units": (self.town.units["tan_an"].id,), **wanted}
        )
        by = self.town.official("leader")
        move = asking.ask(self.town.session, asked, steps, by=by, at=TUESDAY)
        assert isinstance(move, Move), move
        self.worked_off(asking.look_further, move)
        return move

    def ordered(self, move: Move) -> Move:
        done = carrying_out.order(
            self.town.session, move, basis=BASIS, by=self.town.official("leader"), at=TUESDAY
        )
        assert isinstance(done, Move), done
        self.worked_off(carrying_out.move_further, move)
        return move

    def undone(self, move: Move, only: int | None = None) -> Move:
        by = self.town.official("leader")
        done = carrying_out.order_undoing(
            self.town.session, move, reason="Nhầm phiên bản", only=only, by=by, at=TUESDAY
        )
        assert isinstance(done, Move), done
        self.worked_off(carrying_out.undo_further, move)
        return move

    def worked_off(self, job: Callable[[Work, int], bool], move: Move) -> None:
        while job(self.work, move.id):
            pass
        self.town.session.flush()

    def outcomes(self, move: Move) -> Counter[str]:
        question = select(MoveLine.outcome).where(MoveLine.move_id == move.id)
        return Counter(self.town.session.scalars(question))


@pytest.fixture
def hall(town: Town, office: Office, settings: Settings) -> Hall:
    old = publish_small(town.session, MONDAY, date(2026, 1, 2))
    work = Work(town.session, TUESDAY, office.files, settings)
    return Hall(town, work, old, old)


def then_published(hall: Hall, **changes: object) -> None:
    hall.new = publish_small(hall.town.session, TUESDAY, date(2026, 3, 3), **changes)


def agrees(hall: Hall, dossiers: Sequence[Dossier]) -> None:
    for dossier in dossiers:
        hall.town.session.refresh(dossier)
        assert replay(hall.town.session, dossier) == verify(hall.town.session, dossier) == ()


def test_five_hundred_dossiers_move_and_come_back(hall: Hall) -> None:
    first = hall.town.received()
    every = [first, *copies_of(hall.town.session, first, 499)]
    then_published(hall, rules=DEARER)
    before = {dossier.id: dossier.state for dossier in every}

    move = hall.previewed()
    told = summary(hall.town.session, move)
    assert (told.looked_at, told.movable, told.dearer, told.cancelled) == (500, 500, 500, 0)
    page, further = lines(hall.town.session, move)
    assert (len(page), further) == (50, page[-1].dossier.id)
    assert page[0].told.before.amounts == (Money(6_000),)
    assert page[0].told.after.amounts == (Money(9_000),)
    assert hall.town.session.scalar(select(func.count()).where(DossierEvent.act == "move")) == 0

    hall.ordered(move)
    assert hall.outcomes(move) == {"moved": 500}
    assert move.status == "moved"
    agrees(hall, every[::50])
    assert {dossier.version_id for dossier in every[::50]} == {hall.new.id}
    assert hall.town.session.scalar(select(func.count()).where(Notice.news == "moved")) == 500
    audited = select(func.count()).where(AuditRow.act == "dossier.move")
    assert hall.town.session.scalar(audited) == 500

    hall.undone(move)
    assert hall.outcomes(move) == {"undone": 500}
    assert move.status == "undone"
    agrees(hall, every[::50])
    for dossier in every:
        hall.town.session.refresh(dossier)
        assert dossier.state == before[dossier.id]
        assert dossier.version_id == hall.old.id
    (charge,) = queries.charges_of(hall.town.session, every[0])
    assert (charge.amount, charge.version.id) == (Money(6_000), hall.old.id)


def test_the_figures_of_a_preview_count_what_each_line_says(hall: Hall) -> None:
    rules = DEARER.replace("3 working days", "5 working days")
    by_another = tuple(replace(each, role="leader") if each.key == "examine" else each for each in STEPS)
    open_one, signing = hall.town.received(), hall.town.received()
    hall.town.complete(signing, "fit")
    then_published(hall, rules=rules, steps=by_another, form=asking_more())
    told = summary(hall.town.session, hall.previewed())
    assert (told.looked_at, told.movable, told.again, told.cancelled) == (2, 2, 2, 1)
    assert (told.dearer, told.cheaper, told.later, told.earlier, told.must) == (2, 0, 2, 0, 0)
    assert (told.reasons, told.unplaced) == ({}, {})
    assert open_one.version_id == hall.old.id


def test_what_has_changed_since_the_preview_is_left_out(hall: Hall) -> None:
    touched, untouched = hall.town.received(), hall.town.received()
    then_published(hall, rules=DEARER)
    move = hall.previewed()
    tasks.claim(hall.town.session, hall.town.task(touched), by=hall.town.official("case_officer"), at=TUESDAY)
    hall.ordered(move)
    assert hall.outcomes(move) == {"moved": 1, "left_out": 1}
    assert (touched.version_id, untouched.version_id) == (hall.old.id, hall.new.id)
    assert summary(hall.town.session, move).reasons == {carrying_out.CHANGED: (1, ())}


def test_a_move_stands_where_work_went_on_and_the_rest_comes_back(hall: Hall) -> None:
    worked, idle = hall.town.received(), hall.town.received()
    then_published(hall, rules=DEARER)
    move = hall.ordered(hall.previewed())
    assert isinstance(hall.town.complete(worked, "fit", TUESDAY), Task)
    hall.undone(move)
    assert hall.outcomes(move) == {"stays": 1, "undone": 1}
    assert (worked.version_id, idle.version_id) == (hall.new.id, hall.old.id)
    agrees(hall, [worked, idle])


def test_the_applicant_is_asked_in_the_same_batch_where_the_preview_says_so(hall: Hall) -> None:
    examined, signing = hall.town.received(), hall.town.received()
    hall.town.complete(signing, "fit")
    then_published(hall, form=asking_more())
    move = hall.previewed(asks_again=True)
    told = summary(hall.town.session, move)
    assert (told.movable, told.again, told.asks) == (2, 2, 1)
    (first, second), _ = lines(hall.town.session, move)
    assert (first.told.asks, first.told.steps) == (True, ("supplement",))
    assert (second.told.asks, second.told.not_asked) == (False, "dossiers.move.no_supplement")
    assert hall.town.session.scalar(select(func.count()).where(DossierEvent.act == "ask_again")) == 0

    hall.ordered(move)
    agrees(hall, [examined, signing])
    assert hall.outcomes(move) == {"moved": 2}
    assert (examined.status, signing.status) == ("awaiting_supplement", "in_process")
    acts = [each.act for each in hall.town.all(DossierEvent, dossier_id=examined.id)]
    assert acts[-2:] == ["move", "ask_again"]
    letter = queries.letters_of(hall.town.session, examined)[-1]
    assert letter.kind == "supplement_request"
    (*_, asked) = hall.town.all(Reason, dossier_id=examined.id)
    assert BASIS in asked.text
    assert "Mục đích" in asked.text
    hall.undone(move)
    assert hall.outcomes(move) == {"stays": 1, "undone": 1}


def test_one_dossier_alone_may_come_back(hall: Hall) -> None:
    one, other = hall.town.received(), hall.town.received()
    then_published(hall, rules=DEARER)
    move = hall.undone(hall.ordered(hall.previewed()), only=one.id)
    assert (one.version_id, other.version_id, move.status) == (hall.old.id, hall.new.id, "moved")
    hall.undone(move)
    assert (other.version_id, move.status) == (hall.old.id, "undone")


def test_tasks_cancelled_by_a_move_are_open_again_when_it_is_undone(hall: Hall) -> None:
    dossier = hall.town.received()
    officer = hall.town.official("case_officer")
    tasks.claim(hall.town.session, hall.town.task(dossier), by=officer, at=MONDAY)
    then_published(hall, **CHECKING)
    (gone,) = summary(hall.town.session, hall.previewed()).unplaced.items()
    assert (gone[0], gone[1][0]) == ("examine", 1)
    assert summary(hall.town.session, hall.previewed()).reasons == {
        "dossiers.move.step_gone": (1, ("examine",))
    }
    assert {step.key for step in gone[1][1]} == {"check", "sign", "collect"}
    move = hall.ordered(hall.previewed({"examine": "check"}))
    assert hall.town.task(dossier).step == "check"
    agrees(hall, [dossier])
    hall.undone(move)
    again = hall.town.task(dossier)
    assert (again.step, again.status, again.claimed_by, again.done_at) == (
        "examine",
        "claimed",
        officer.account_id,
        None,
    )
    agrees(hall, [dossier])
    assert isinstance(hall.town.complete(dossier, "fit", TUESDAY), Task)
    agrees(hall, [dossier])


def test_orders_are_given_once(hall: Hall) -> None:
    hall.town.received()
    then_published(hall, rules=DEARER)
    move = hall.previewed()
    hall.ordered(move)
    leader = hall.town.official("leader")
    again = carrying_out.order(hall.town.session, move, basis=BASIS, by=leader, at=TUESDAY)
    assert isinstance(again, Refusal)
    assert (again.code, again.parameters["who"]) == ("dossiers.already_done", leader.name)
    assert not carrying_out.move_further(hall.work, move.id)
    assert hall.town.session.scalar(select(func.count()).where(DossierEvent.act == "move")) == 1


@pytest.mark.parametrize("role", ["approver", "case_officer", "reception", "administrator"])
def test_only_leaders_of_the_unit_ask_see_and_order(hall: Hall, role: str) -> None:
    hall.town.received()
    then_published(hall, rules=DEARER)
    move = hall.previewed()
    unit = "tan_an" if role != "administrator" else "province"
    units = hall.town.units
    by = hall.town.official(role, unit if unit in units else next(iter(units)))
    asked = asking.ask(
        hall.town.session, Wanted(hall.new, (hall.old.id,), (units["tan_an"].id,)), by=by, at=TUESDAY
    )
    ordered = carrying_out.order(hall.town.session, move, basis=BASIS, by=by, at=TUESDAY)
    assert isinstance(asked, Refusal)
    assert isinstance(ordered, Refusal)
    assert move_for(hall.town.session, move.id, by) is None
    assert moves_of(hall.town.session, by) == ()


def test_the_filter_takes_what_it_says(hall: Hall) -> None:
    early, late = hall.town.received(MONDAY), hall.town.received(MONDAY + timedelta(hours=26))
    hall.town.complete(late, "fit", MONDAY + timedelta(hours=27))
    then_published(hall, rules=DEARER)

    def found(**wanted: object) -> list[int]:
        return [line.dossier.id for line in lines(hall.town.session, hall.previewed(**wanted))[0]]

    assert found() == [early.id, late.id]
    assert found(step="sign") == [late.id]
    assert found(since=date(2026, 3, 3)) == [late.id]
    assert found(until=date(2026, 3, 2)) == [early.id]
    assert found(versions=(_another(hall).id,)) == []


def _another(hall: Hall) -> Version:
    return publish_small(hall.town.session, datetime(2026, 2, 1, tzinfo=ZONE), date(2026, 1, 1))
