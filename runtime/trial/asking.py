"""What an act of a course asks of the engine, with its answers judged as pages would have them judged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from common.problems import Problem, Refusal
from procedure_library.course import CourseAct
from runtime.acts import answers_ref
from runtime.answering import judged_again, judged_as_filed, judged_reply, judged_work, missing_to_file
from runtime.engine import families
from runtime.engine.events import (
    Accept,
    AnswerSupplement,
    AnyEvent,
    Complete,
    Extend,
    HandOver,
    HandToPost,
    Pay,
    Reappoint,
    Refund,
    Refuse,
    RefuseRefund,
    Resubmit,
    Resume,
    ReturnForCompletion,
    Stop,
    Submit,
    Suspend,
    Withdraw,
)
from runtime.engine.machine_events import ChildEnded, ChildFailed, ChildOpened, Fail, ReceiveMessage, Report
from runtime.trial.table import Table
from runtime.trial.told_law import changed_since_filing

CHILD = "T-{}"


@dataclass(frozen=True, slots=True)
class Asked:
    """The events of an act, one after the other, and all answers after it; None: they stay."""

    events: tuple[AnyEvent, ...]
    answers: Mapping[str, Any] | None = None


Refused = Refusal | tuple[Problem, ...]
Makes = Callable[[Table, CourseAct, dict[str, Any]], Asked | Refused]


def asked(table: Table, act: CourseAct) -> Asked | Refused:
    """The events, or why the act cannot be asked for."""
    makes = _MAKES.get(act.act)
    if makes is None:
        return Refusal("trials.unknown_act", {"act": act.act})
    return makes(table, act, {"by": table.people.actor(act.role), "at": table.at})


def _submit(table: Table, act: CourseAct, who: dict[str, Any]) -> Asked | Refused:
    said = judged_as_filed(table.compiled, table.supposed.case_type, act.answers)
    return said if isinstance(said, tuple) else _sent(table, Submit, said, who)


def _resubmit(table: Table, act: CourseAct, who: dict[str, Any]) -> Asked | Refused:
    answers = act.answers or table.answers
    said = judged_again(table.compiled, table.supposed.case_type, table.answers, answers)
    return said if isinstance(said, tuple) else _sent(table, Resubmit, said, who)


def _sent(table: Table, event: Callable[..., AnyEvent], said: dict[str, Any], who: Any) -> Asked | Refused:
    context = table.context(said)
    papers = table.papers(context)
    missing = missing_to_file(context, table.state, papers, table.at)
    if isinstance(missing, Refusal) or missing:
        return missing
    return Asked((event(**who, answers=answers_ref(table.state, said), papers=papers),), said)


def _complete(table: Table, act: CourseAct, who: dict[str, Any]) -> Asked | Refused:
    task = next(
        (each for each in table.state.tasks if (each.step, each.ask) == (act.step, act.ask)),
        None,
    )
    if task is None:
        return Refusal("dossiers.task_closed")
    said = None if task.kind != "step" else _worked(table, act)
    if isinstance(said, tuple):
        return said
    ref = answers_ref(table.state, said) if said is not None else None
    said_too = {"outcome": act.outcome, "reason": act.reason, "answers": ref, "asks": act.asks}
    return Asked((Complete(**who, task=task.number, **said_too),), said)


def _worked(table: Table, act: CourseAct) -> dict[str, Any] | tuple[Problem, ...] | None:
    return judged_work(table.compiled, table.answers, act.step, act.outcome, act.answers)


def _answer_supplement(table: Table, act: CourseAct, who: dict[str, Any]) -> Asked | Refused:
    """Without answers of its own it brings papers only."""
    papers = table.state.papers
    if not act.answers:
        return Asked((AnswerSupplement(**who, papers=papers),))
    compiled, kind = table.compiled, table.supposed.case_type
    said = judged_reply(
        compiled,
        kind,
        table.answers,
        table.state.asked,
        act.answers,
        lambda answers: judged_again(compiled, kind, table.answers, answers),
    )
    if isinstance(said, Refusal | tuple):
        return said
    return Asked((AnswerSupplement(**who, answers=answers_ref(table.state, said), papers=papers),), said)


def _report(table: Table, act: CourseAct, who: dict[str, Any]) -> Asked | Refused:
    run = next((each for each in table.state.runs if each.step == act.step), None)
    if run is None:
        return Refusal("dossiers.run_over")
    if act.act == "fail":
        return Asked((Fail(**who, run=run.number),))
    said = _worked(table, act)
    if isinstance(said, tuple):
        return said
    ref = answers_ref(table.state, said) if said is not None else None
    return Asked((Report(**who, run=run.number, outcome=act.outcome, answers=ref),), said)


def _child(table: Table, act: CourseAct, who: dict[str, Any]) -> Asked | Refused:
    """Opened and ended at once; a part that was never opened fails without a number."""
    child = next((each for each in families.awaited(table.state) if each.step == act.step), None)
    if child is None:
        return Refusal("trials.no_part_awaited")
    if act.act == "child_failed":
        return Asked((ChildFailed(**who, child=child.number, reason=act.reason or "trial"),))
    dossier = child.dossier or CHILD.format(child.number)
    first = () if child.dossier else (ChildOpened(**who, child=child.number, dossier=dossier),)
    said = _worked(table, act) if act.outcome == "granted" else None
    if isinstance(said, tuple):
        return said
    ref = answers_ref(table.state, said) if said is not None else None
    how: Any = act.outcome
    ended = ChildEnded(**who, child=child.number, dossier=dossier, outcome=how, answers=ref)
    return Asked((*first, ended), said)


def _message(table: Table, act: CourseAct, who: dict[str, Any]) -> Asked | Refused:
    step = table.compiled.graph.steps.get(act.step)
    if step is None or step.kind != "message":
        return Refusal("dossiers.message_not_awaited", {"key": act.step})
    number = f"T-{len(table.state.heard) + 1}"
    return Asked((ReceiveMessage(**who, key=step.message, message_id=number),))


def _day(table: Table, act: CourseAct, who: dict[str, Any]) -> Asked | Refused:
    try:
        new_day = date.fromisoformat(act.day)
    except ValueError:
        return Refusal("trials.day_unreadable")
    return Asked((Reappoint(**who, new_day=new_day, reason=act.reason),))


def _extend(table: Table, act: CourseAct, who: dict[str, Any]) -> Asked:
    after = table.state.extensions
    return Asked((Extend(**who, amount=act.amount, after=after, reason=act.reason),))


def _suspend(_table: Table, act: CourseAct, who: dict[str, Any]) -> Asked:
    why: Any = act.outcome if act.outcome in ("incident", "authority") else "incident"
    return Asked((Suspend(**who, why=why, reason=act.reason),))


def _hand_over(table: Table, act: CourseAct, who: dict[str, Any]) -> Asked:
    method: Any = act.outcome if act.outcome in ("counter", "online", "post") else "counter"
    return Asked((HandOver(**who, method=method),))


def _refund(table: Table, act: CourseAct, who: dict[str, Any]) -> Asked:
    worked = any(record.act == "complete" for record in table.records)
    return Asked((Refund(**who, worked=worked, reason=act.reason),))


def _pay(table: Table, _act: CourseAct, who: dict[str, Any]) -> Asked | Refused:
    return changed_since_filing(table, money_only=True) or Asked((Pay(**who),))


def _accept(table: Table, _act: CourseAct, who: dict[str, Any]) -> Asked | Refused:
    return changed_since_filing(table) or Asked((Accept(**who, papers=table.state.papers),))


def _with_reason(event: Callable[..., AnyEvent]) -> Makes:
    return lambda _table, act, who: Asked((event(**who, reason=act.reason),))


_MAKES: Mapping[str, Makes] = {
    "submit": _submit,
    "resubmit": _resubmit,
    "pay": _pay,
    "accept": _accept,
    "refuse": _with_reason(Refuse),
    "return_for_completion": _with_reason(ReturnForCompletion),
    "complete": _complete,
    "answer_supplement": _answer_supplement,
    "report": _report,
    "fail": _report,
    "child_ended": _child,
    "child_failed": _child,
    "receive_message": _message,
    "reappoint": _day,
    "extend": _extend,
    "suspend": _suspend,
    "resume": _with_reason(Resume),
    "hand_over": _hand_over,
    "hand_to_post": _with_reason(HandToPost),
    "refund": _refund,
    "refuse_refund": _with_reason(RefuseRefund),
    "withdraw": _with_reason(Withdraw),
    "stop": _with_reason(Stop),
}
