"""A course done with a dossier in the database, by the verbs that pages call and the jobs of the machine."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from common.clock import ZONE
from common.identity.actor import Actor, machine
from common.jobs import Work
from common.problems import Refusal
from config import Settings
from procedure_library.course import WAIT, CourseAct
from procedure_library.playing import Supposed
from runtime import applications, dossiers, halting, refunds, tasks
from runtime.acts import NOTHING, answers_ref
from runtime.acts import act as happens
from runtime.engine.event import Paper
from runtime.engine.events import AnyEvent
from runtime.engine.machine_events import ChildEnded, ChildFailed, ChildOpened
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.happening import Said
from runtime.holding import hold
from runtime.jobs import JOBS
from runtime.judging import judged_at_task
from runtime.limits import pass_due
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task
from runtime.versions import application_of
from tests.runtime.town import Town

BY = machine("test")
# Acts defer them by name.
assert JOBS


class Desk:
    """One dossier at the counter of the town hall, and what is done with it."""

    def __init__(self, town: Town, settings: Settings, key: str, given: Supposed) -> None:
        self.town, self.settings, self.key, self.given = town, settings, key, given
        self.dossier: Dossier | None = None
        self.said: list[CourseAct] = []

    @property
    def state(self) -> State:
        assert self.dossier is not None
        return from_plain(State, self.dossier.state)

    def do(self, act: CourseAct, papers: tuple[Paper, ...]) -> None:
        """The act; whatever is refused is a failure."""
        at = datetime.fromisoformat(act.at).astimezone(ZONE)
        self.said.append(act)
        if self.dossier is not None:
            self._limits(at)
        if act.act == WAIT:
            return
        answered = self._submit(act, at, papers) if self.dossier is None else _VERBS[act.act](self, act, at)
        assert not isinstance(answered, Refusal | tuple), (act, answered)

    def _limits(self, to: datetime) -> None:
        """As the job does that looks every five minutes, at the very minute."""
        dossier = self._dossier
        while dossier.limit_at is not None and dossier.limit_at <= to:
            before = dossier.limit_at
            pass_due(Work(self.town.session, before, None, self.settings))  # type: ignore[arg-type]
            if dossier.limit_at == before:
                return

    def _submit(self, act: CourseAct, at: datetime, papers: tuple[Paper, ...]) -> Any:
        by = self.by(act)
        begun = applications.begin(
            self.town.session,
            procedure_key=self.key,
            case_type=self.given.case_type,
            unit_id=self.town.units["tan_an"].id,
            channel=self.given.channel,
            by=by,
            at=at,
        )
        assert not isinstance(begun, Refusal), begun
        begun.answers = act.answers
        self.town.session.flush()
        sent = applications.submit(self.town.session, begun, papers=papers, by=by, at=at)
        if isinstance(sent, Dossier):
            self.dossier = sent
        return sent

    @property
    def _dossier(self) -> Dossier:
        assert self.dossier is not None
        return self.dossier

    def by(self, act: CourseAct) -> Actor:
        return self.town.official(act.role)

    def who(self, act: CourseAct, at: datetime) -> dict[str, Any]:
        return {"by": self.by(act), "at": at}

    def complete(self, act: CourseAct, at: datetime) -> Any:
        number = next(each.number for each in self.state.tasks if each.step == act.step)
        question = select(Task).where(Task.dossier_id == self._dossier.id, Task.number == number)
        task = self.town.session.scalars(question).one()
        how = {"outcome": act.outcome, "answers": act.answers, "reason": act.reason}
        return tasks.complete(self.town.session, task, **how, **self.who(act, at))

    def child(self, act: CourseAct, at: datetime) -> Any:
        child = next(each for each in self.state.children if each.step == act.step and not each.ended)
        if act.act == "child_failed":
            return self._hears(ChildFailed(by=BY, at=at, child=child.number, reason="trial"))
        name = f"T-{child.number}"
        self._hears(ChildOpened(by=BY, at=at, child=child.number, dossier=name))
        said = None
        if act.outcome == "granted":
            held = hold(self.town.session, self._dossier.id)
            said = judged_at_task(self.town.session, held, act.step, act.outcome, act.answers)
            assert not isinstance(said, tuple), said
        ref = answers_ref(self.state, said) if said is not None else None
        how: Any = act.outcome
        ended = ChildEnded(by=BY, at=at, child=child.number, dossier=name, outcome=how, answers=ref)
        return self._hears(ended, Said(answers=said))

    def _hears(self, event: AnyEvent, said: Said = NOTHING) -> Any:
        return happens(self.town.session, self._dossier, event, said)


Verb = Callable[[Desk, CourseAct, datetime], Any]


def _with_reason(verb: Callable[..., Any]) -> Verb:
    return lambda d, act, at: verb(d.town.session, d.dossier, reason=act.reason, **d.who(act, at))


def _plainly(verb: Callable[..., Any]) -> Verb:
    return lambda d, act, at: verb(d.town.session, d.dossier, **d.who(act, at))


def _answered(desk: Desk, act: CourseAct, at: datetime) -> Any:
    said = act.answers or None
    return dossiers.answer_supplement(desk.town.session, desk.dossier, answers=said, **desk.who(act, at))


def _resubmit(desk: Desk, act: CourseAct, at: datetime) -> Any:
    application = application_of(desk.town.session, desk.dossier)
    application.answers = act.answers
    return applications.submit(
        desk.town.session, application, papers=desk.state.papers, confirmed=True, **desk.who(act, at)
    )


def _extend(desk: Desk, act: CourseAct, at: datetime) -> Any:
    how = {"amount": act.amount, "after": desk.state.extensions, "reason": act.reason}
    return halting.extend(desk.town.session, desk.dossier, **how, **desk.who(act, at))


def _reappoint(desk: Desk, act: CourseAct, at: datetime) -> Any:
    how = {"new_day": date.fromisoformat(act.day), "reason": act.reason}
    return dossiers.reappoint(desk.town.session, desk.dossier, **how, **desk.who(act, at))


def _suspend(desk: Desk, act: CourseAct, at: datetime) -> Any:
    how: Any = {"why": "incident", "reason": act.reason}
    return halting.suspend(desk.town.session, desk.dossier, **how, **desk.who(act, at))


_VERBS: dict[str, Verb] = {
    "resubmit": _resubmit,
    "pay": _plainly(dossiers.pay),
    "accept": _plainly(dossiers.accept),
    "refuse": _with_reason(dossiers.refuse),
    "return_for_completion": _with_reason(dossiers.return_for_completion),
    "complete": Desk.complete,
    "answer_supplement": _answered,
    "reappoint": _reappoint,
    "extend": _extend,
    "suspend": _suspend,
    "resume": _with_reason(halting.resume),
    "hand_over": _plainly(dossiers.hand_over),
    "hand_to_post": lambda d, act, at: dossiers.hand_to_post(
        d.town.session, d.dossier, parcel=act.reason, **d.who(act, at)
    ),
    "refund": lambda d, act, at: refunds.refund(
        d.town.session, d.dossier, reason=act.reason, key="key", **d.who(act, at)
    ),
    "refuse_refund": _with_reason(refunds.refuse_refund),
    "withdraw": _with_reason(dossiers.withdraw),
    "stop": _with_reason(dossiers.stop),
    "child_ended": Desk.child,
    "child_failed": Desk.child,
}
