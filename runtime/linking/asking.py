"""Messages asked for in the transaction of the act that they tell of. By name: their jobs let acts happen in turn."""

from sqlalchemy.orm import Session

from common.jobs import queue
from runtime.engine.link_effects import CollectResult, DropChild, OpenChild, TellCaller
from runtime.happening import Happening
from runtime.rows import Rows

OPEN, CALL_OFF, COLLECT, ENDED = "calls.open", "calls.call_off", "calls.collect", "calls.ended"


def open_child(_session: Session, happening: Happening, effect: OpenChild, rows: Rows) -> None:
    rows.defer(queue.tasks[OPEN], dossier_id=happening.dossier.id, number=effect.child.number)


def drop_child(_session: Session, happening: Happening, effect: DropChild, rows: Rows) -> None:
    number, how = effect.child.number, effect.how
    rows.defer(queue.tasks[CALL_OFF], dossier_id=happening.dossier.id, number=number, how=how)


def collect_result(_session: Session, happening: Happening, effect: CollectResult, rows: Rows) -> None:
    rows.defer(queue.tasks[COLLECT], dossier_id=happening.dossier.id, number=effect.child.number)


def tell_caller(_session: Session, happening: Happening, effect: TellCaller, rows: Rows) -> None:
    rows.defer(queue.tasks[ENDED], dossier_id=happening.dossier.id, outcome=effect.outcome)
