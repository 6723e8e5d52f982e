"""What may be done next with the dossier of a trial, and by whom."""

from collections.abc import Iterator
from typing import Literal

from common.money import Money
from common.problems import Refusal
from procedure_library.definition import Outcome
from procedure_library.playing import Offer
from runtime.engine import amounts, families, walk
from runtime.engine.rights import APPLICANT, MACHINE, ROLES, possible
from runtime.engine.state import OpenTask
from runtime.engine.status import Act
from runtime.trial.people import OFFICIALS
from runtime.trial.table import Table

# What people do with the dossier as a whole; directing work and moving to another version is no part of a course.
WHOLE: tuple[Act, ...] = (
    "submit",
    "resubmit",
    "pay",
    "accept",
    "return_for_completion",
    "refuse",
    "answer_supplement",
    "hand_over",
    "hand_to_post",
    "refund",
    "refuse_refund",
    "extend",
    "reappoint",
    "suspend",
    "resume",
    "withdraw",
    "stop",
)
FILLS: tuple[Act, ...] = ("submit", "resubmit", "answer_supplement")


def offers(table: Table) -> tuple[Offer, ...]:
    """What lies before somebody first: work at steps, then the acts on the whole dossier."""
    return (*_machines(table), *_tasks(table), *_whole(table))


def _whole(table: Table) -> Iterator[Offer]:
    by_role = {
        role: possible(table.state, table.people.actor(role), table.people.parties)
        for role in (APPLICANT, *OFFICIALS)
    }
    for act in WHOLE:
        able = [role for role in ROLES[act] if act in by_role.get(role, ())]
        pays = _due(table) if able and act == "pay" else ()
        if able and (pays or act != "pay"):
            fills: Literal["application", ""] = "application" if act in FILLS else ""
            allowed = table.state.allowance.extension if table.state.allowance else None
            most = allowed.amount if act == "extend" and allowed else 0
            yield Offer(act, able[0], fills=fills, pays=pays, most=most)


def _tasks(table: Table) -> Iterator[Offer]:
    for task in table.state.tasks:
        if task.kind == "step":
            step = table.compiled.step(task.step)
            yield Offer(
                "complete",
                task.role,
                task.step,
                task.ask,
                step.ways,
                _work(table, task.step) if not task.ask else "",
                _collected(table, task),
                due_at=task.due_at,
            )


def _machines(table: Table) -> Iterator[Offer]:
    """What other systems answer."""
    for run in table.state.runs:
        outcomes: tuple[Outcome, ...] = table.compiled.step(run.step).outcomes
        yield Offer("report", MACHINE, run.step, outcomes=outcomes, fills=_work(table, run.step))
        yield Offer("fail", MACHINE, run.step)
    for key in table.state.marking.waiting if table.state.marking else ():
        if table.compiled.step(key).kind == "message":
            yield Offer("receive_message", MACHINE, key)
    for child in families.awaited(table.state):
        ways = table.compiled.step(child.step).ways
        yield Offer("child_ended", MACHINE, child.step, outcomes=ways, fills=_work(table, child.step))
        yield Offer("child_failed", MACHINE, child.step)


def _work(table: Table, step: str) -> Literal["work", ""]:
    return "work" if table.compiled.work_form(step) is not None else ""


def _due(table: Table) -> tuple[Money, ...]:
    """What who pays now would pay."""
    if table.state.status != "awaiting_payment":
        left = amounts.paid(table.state.owed)
        return left.sums if left else ()
    marking = table.state.marking
    steps = [key for key in marking.waiting if table.compiled.step(key).kind == "payment"] if marking else []
    read = [walk.amounts_to_pay(table.context(), table.state, step, table.at) for step in steps]
    found = [e for each in read if not isinstance(each, Refusal) for e in each]
    left = amounts.paid(amounts.owed(found))
    return left.sums if left else ()


def _collected(table: Table, task: OpenTask) -> tuple[Money, ...]:
    step = table.compiled.step(task.step)
    if task.ask or not step.collects:
        return ()
    context = table.context()
    facts = amounts.facts_at(context, table.state, step.key, table.at)
    if isinstance(facts, Refusal):
        return ()
    read = amounts.evaluate(context, facts, amounts.to_collect(step, table.state))
    left = amounts.paid(amounts.owed(read))
    return left.sums if left else ()
