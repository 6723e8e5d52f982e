"""Limits of steps counted again: days lost since then, and the time for which the office stopped the clock, are no
part of them. One place for both: the act that lets the clock go on, and the one that derives the deadline again."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from common.problems import Refusal
from procedure_library.definition import Duration, Step
from rules_dsl.evaluation import Evaluation
from rules_dsl.terms import LedgerEntry
from runtime.engine import amounts, clock
from runtime.engine.context import Context
from runtime.engine.opening import ends_at
from runtime.engine.record import Record
from runtime.engine.state import Limit, OpenTask, State


def entered_at(records: Iterable[Record]) -> Mapping[str, datetime]:
    """Since when the dossier rests at each of its steps."""
    since: dict[str, datetime] = {}
    before = since
    for record in records:
        if record.act == "undo_move":
            since = before
        if record.act == "undo_move" or record.walk is None:
            continue
        waiting = record.walk.marking.waiting
        stays = {key: since[key] for key in waiting if key in since and key != record.step}
        before, since = since, {**dict.fromkeys(waiting, record.at), **stays}
    return since


def recounted(context: Context, state: State, at: datetime) -> dict[str, Any]:
    """What a record says of the limits that count otherwise now: tasks, clocks of steps, the last day of a
    supplement, and the rules that said so. `state` has the ledger as it is by now. Empty where nothing moves."""
    counting = _Counting(context, state, at)
    tasks = tuple(task for task in map(counting.task, state.tasks) if task not in state.tasks)
    changed = {task.number: task for task in tasks}
    limits = tuple(counting.limit(limit, changed) for limit in state.limits)
    answer_by = counting.answer_by()
    found = {
        "tasks": tasks,
        "limits": limits if limits != state.limits else (),
        "answer_by": answer_by if answer_by != state.answer_by else None,
    }
    moved = {name: value for name, value in found.items() if value}
    return moved | ({"evaluations": tuple(counting.read)} if moved and counting.read else {})


class _Counting:
    """Counts each limit from where it began. What cannot be told (a calendar, a fact) leaves the limit as it is."""

    def __init__(self, context: Context, state: State, at: datetime) -> None:
        self.context, self.state, self.at = context, state, at
        self.attempts = {run.limit for run in state.runs}
        self.read: list[Evaluation] = []

    def task(self, task: OpenTask) -> OpenTask:
        if task.kind != "step" or task.due_at is None:
            return task
        step = self.context.compiled.step(task.step)
        budget = next((ask.budget for ask in step.asks if ask.key == task.ask), None) or step.budget
        return replace(task, due_at=self._until(budget, task.opened_at) or task.due_at)

    def limit(self, limit: Limit, tasks: Mapping[int, OpenTask]) -> Limit:
        if limit in self.attempts:
            return limit
        if limit.task is not None:
            task = tasks.get(limit.task)
            return replace(limit, at=task.due_at) if task and task.due_at else limit
        step, since = self.context.compiled.step(limit.step), self.context.entered.get(limit.step)
        if since is None:
            return limit
        return replace(limit, at=self._rests_until(step, since) or limit.at)

    def answer_by(self) -> datetime | None:
        """The first of the last days of the supplements that the applicant owes."""
        requested = [
            (self.context.compiled.step(k), self.context.entered.get(k)) for k in self.state.awaiting
        ]
        limits = [self._until(step.budget, since) for step, since in requested if since and step.budget]
        known = [limit for limit in limits if limit is not None]
        return min(known) if known and len(known) == len(limits) else self.state.answer_by

    def _until(self, budget: Duration | None, since: datetime) -> datetime | None:
        return clock.task_due(budget, since, self.context.reference.calendar, self._halts(since))

    def _rests_until(self, step: Step, since: datetime) -> datetime | None:
        if not step.moment:
            return self._until(step.budget, since)
        facts = amounts.facts_at(self.context, self.state, step.key, self.at)
        if isinstance(facts, Refusal):
            return None
        rules = amounts.evaluate(self.context, facts, (step.moment,))
        self.read += rules
        return ends_at(self.context, step, amounts.allowance_of(rules), since, self._halts(since))

    def _halts(self, since: datetime) -> tuple[LedgerEntry, ...]:
        return clock.halts(self.state.ledger, since)
