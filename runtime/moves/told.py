"""What a preview says of one dossier: exactly what the act would do to it, asked of the engine and not written."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.actor import Actor
from common.money import Money, totals
from common.problems import Refusal
from procedure_library.transition import TransitionClause
from runtime.engine.advance import Advance, advance
from runtime.engine.context import Context
from runtime.engine.events import AskAgain
from runtime.engine.events import Move as MoveEvent
from runtime.engine.placing import kinds
from runtime.engine.plain import from_plain
from runtime.engine.record import Record
from runtime.engine.state import State
from runtime.models.dossiers import Dossier
from runtime.models.moves import Move
from runtime.worlds import context_of

KEPT_BY_CLAUSE = "dossiers.move.clause_keeps"
# The engine asks for a basis, which nobody has stated when a preview is asked for; a preview writes nothing.
PREVIEW = "?"


class Means(Struct, frozen=True):
    """What a dossier means for its applicant at one moment: all its amounts, what is due, and when."""

    amounts: tuple[Money, ...] = ()
    due_on: date | None = None
    appointment: datetime | None = None

    @classmethod
    def of(cls, state: State) -> "Means":
        amounts = totals(line.amount for line in state.owed)
        return cls(tuple(amounts), state.due.on if state.due else None, state.appointment)


class Told(Struct, frozen=True):
    """`why` is the code of why it cannot move ("": it can) with its parameters; `must`: the clause demands it.

    `again` are the places of the form where the applicant has to answer anew. `stood` are the steps where it waits
    and the kind of each, `steps` those it would wait at. `cancelled`, `opened` and `kept` are steps of tasks.
    `asks`: the applicant is asked at once; `not_asked` is the code of why not, where that was wanted.
    """

    before: Means
    stood: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    must: bool = False
    after: Means = field(default_factory=Means)
    steps: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    asks: bool = False
    not_asked: str = ""

    @property
    def changes(self) -> bool:
        """Whether anything is different for the applicant."""
        return bool(self.again) or self.before != self.after


def tell(session: Session, move: Move, dossier: Dossier, by: Actor, at: datetime) -> Told:
    """What the move would do to the dossier now; nothing is written."""
    assert dossier.received_at is not None
    state, received_on = from_plain(State, dossier.state), local_date(dossier.received_at)
    before, stood = Means.of(state), kinds(state)
    clause = TransitionClause.of(move.version.publication)
    if clause.keeps(received_on):
        return Told(before, stood, KEPT_BY_CLAUSE)
    context = context_of(session, dossier, at, version_id=move.to_version_id)
    answer = advance(context, state, MoveEvent(by=by, at=at, basis=PREVIEW, steps=move.steps))
    if isinstance(answer, Refusal):
        parameters = {name: str(value) for name, value in answer.parameters.items()}
        return Told(before, stood, answer.code, parameters, clause.demands(received_on))
    told = _moved(before, stood, state, answer, must=clause.demands(received_on))
    return _asking(told, context, answer, by, at) if move.asks_again and told.again else told


def _asking(told: Told, context: Context, moved: Advance, by: Actor, at: datetime) -> Told:
    """And what asking the applicant at once makes of it. Who is asked already is asked by the move."""
    if moved.state.status == "awaiting_supplement":
        return told
    answer = advance(context, moved.state, AskAgain(by=by, at=at, reason=PREVIEW))
    if isinstance(answer, Refusal):
        return replace(told, not_asked=answer.code)
    asked = _moved(told.before, told.stood, moved.state, answer, must=told.must)
    return replace(asked, again=told.again, cancelled=told.cancelled + asked.cancelled, opened=(), asks=True)


def _moved(before: Means, stood: Mapping[str, str], state: State, answer: Advance, *, must: bool) -> Told:
    after, record = answer.state, answer.record
    assert after.marking is not None
    return Told(
        before,
        stood,
        must=must,
        after=Means.of(after),
        steps=after.marking.waiting,
        again=record.asked_again,
        cancelled=_cancelled(state, record),
        opened=tuple(task.step for task in record.tasks),
        kept=tuple(task.step for task in after.tasks if state.task(task.number) is not None),
    )


def _cancelled(state: State, record: Record) -> tuple[str, ...]:
    numbers = {closed.number for closed in record.closed}
    return tuple(task.step for task in state.tasks if task.number in numbers)
