"""Officials of the demo at work: they take the open tasks and complete them towards a goal."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from common.clock import local_date
from common.problems import MotcuaError, Refusal
from form_builder.moments import schema_at
from form_builder.schema import read_form
from procedure_library.moments import filled_at
from runtime import tasks
from runtime.demo import people
from runtime.demo.answers import FIRST_CHOICE, answered
from runtime.demo.setting import Setting
from runtime.demo.ways import SUPPLEMENT, outcome_towards
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task
from runtime.worlds import stored_answers

MOST_STEPS = 30
# Who completes an open task claims it by the same act; some claim it first.
CLAIMED_FIRST = 0.15
# Minutes; and how much of a step's days are taken at most by what was filed before the last weeks.
SOON, DAYS_TAKEN, RECENT = 90, 1.6, timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Work:
    setting: Setting
    dossier: Dossier
    rng: Random

    def until(
        self, goal: str, at: datetime, *, reason: str = "", steps: int | None = None
    ) -> Generator[datetime, None, datetime]:
        """Completes tasks until the goal, or that many; yields before each act, returns the last instant."""
        done = 0
        while steps is None or done < steps:
            task = self._open_task()
            if task is None:
                return at
            at = self.setting.hours.later(at, self.rng, most=self._pace(task.step, at))
            yield at
            done += 1
            if done > MOST_STEPS:
                raise MotcuaError(f"the demo cannot reach {goal}")
            self._complete(task, goal, reason, at)
            if goal == SUPPLEMENT and self.dossier.status == "awaiting_supplement":
                return at
        return at

    def _pace(self, step_key: str, at: datetime) -> int:
        """At most so many minutes. Long ago, steps took what they are given, and now and then longer."""
        budget = self.setting.compiled.step(step_key).budget
        if budget is None or at > self.setting.hours.now - RECENT:
            return SOON
        return round(DAYS_TAKEN * budget.amount * 24 * 60)

    def _open_task(self) -> Task | None:
        question = select(Task).where(
            Task.dossier_id == self.dossier.id, Task.kind == "step", Task.status.in_(("open", "claimed"))
        )
        return self.setting.session.scalars(question.order_by(Task.number).limit(1)).first()

    def _complete(self, task: Task, goal: str, reason: str, at: datetime) -> None:
        by = self.setting.people.one(task.unit_id, task.role, self.rng)
        graph = self.setting.compiled.graph
        outcome = outcome_towards(graph, task.step, goal) or graph.steps[task.step].ways[0].key
        if self.rng.random() < CLAIMED_FIRST:
            tasks.claim(self.setting.session, task, by=by, at=at)
        result = tasks.complete(
            self.setting.session,
            task,
            outcome=outcome,
            answers=self._answers(task.step, goal, at),
            reason=reason,
            by=by,
            at=at,
        )
        if isinstance(result, Refusal | tuple):
            raise MotcuaError(f"the demo officer was refused: {result}")

    def _answers(self, step_key: str, goal: str, at: datetime) -> dict[str, Any]:
        """The pages the step fills; those it may correct stay as they are. Who will be granted met no obstacle."""
        compiled = self.setting.compiled
        step = compiled.step(step_key)
        fills = filled_at(compiled.definition, step)
        form = read_form(schema_at(compiled.definition.form, fills), compiled.places)
        usual = FIRST_CHOICE if goal == "refused" else 1
        somebody = people.somebody(self.rng)
        filled = answered(form, somebody, local_date(at), self.rng, usual) if fills else {}
        corrected = schema_at(compiled.definition.form, step.corrects).get("properties", {})
        stored = stored_answers(self.setting.session, self.dossier)
        return {**{key: said for key, said in stored.items() if key in corrected}, **filled}
