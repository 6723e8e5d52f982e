"""Orders about many dossiers at once: moved to another version and back, work that goes over to another unit."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.actor import Actor
from common.identity.models import Unit
from common.jobs import Work
from common.problems import Refusal
from procedure_library.models import Procedure, Version
from runtime import transfers
from runtime.models.moves import Move
from runtime.models.transfers import WorkTransfer
from runtime.moves import asking, carrying_out
from runtime.moves.asking import Wanted
from tests.runtime.machine.house import House

BASIS = "Nghị định 18/2026/NĐ-CP, Điều 37"


def move(house: House, procedure: str, by: Actor, *, back: bool) -> Refusal | None:
    """To the latest version, as previewed; `back`: and undone at once, where nothing has happened since."""
    asked = house.do(lambda session: _previewed(session, procedure, house, by))
    if not isinstance(asked, int):
        return asked if isinstance(asked, Refusal) else None
    _worked_off(house, asking.look_further, asked)
    ordered = house.do(
        lambda s: carrying_out.order(s, s.get_one(Move, asked), basis=BASIS, by=by, at=house.at)
    )
    if isinstance(ordered, Refusal):
        return ordered
    _worked_off(house, carrying_out.move_further, asked)
    if not back:
        return None
    undone = house.do(
        lambda s: carrying_out.order_undoing(s, s.get_one(Move, asked), reason=BASIS, by=by, at=house.at)
    )
    if isinstance(undone, Refusal):
        return undone
    _worked_off(house, carrying_out.undo_further, asked)
    return None


def _previewed(session: Session, procedure: str, house: House, by: Actor) -> Any:
    """The number of the preview; None where the procedure has one version only."""
    ours = select(Version).join(Procedure).where(Procedure.key == procedure).order_by(Version.number)
    *earlier, latest = session.scalars(ours).all()
    if not earlier:
        return None
    wanted = Wanted(latest, [version.id for version in earlier], (house.unit_id,))
    asked = asking.ask(session, wanted, by=by, at=house.at)
    return asked.id if isinstance(asked, Move) else asked


def _worked_off(house: House, some: Callable[[Work, int], bool], number: int) -> None:
    """A job that asks for itself again until nothing is left; and once more, which changes nothing."""
    while house.do(lambda session: some(house.work(session), number)):
        pass
    before = house.rows()
    house.do(lambda session: some(house.work(session), number))
    assert house.rows() == before


def hand_on(house: House, source: str, target: str, by: Actor) -> Any:
    """The open work of one unit goes over to another."""

    def ordered(session: Session) -> Any:
        units = {unit.key: unit for unit in session.scalars(select(Unit))}
        order = transfers.Ordered(units[target], "Sắp xếp đơn vị", BASIS)
        made = transfers.order(session, units[source], order, by=by, at=house.at)
        return made.id if isinstance(made, WorkTransfer) else made

    number = house.do(ordered)
    if isinstance(number, int):
        _worked_off(house, transfers.carry_out, number)
        return None
    return number
