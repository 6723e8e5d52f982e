"""Answers judged by the schema of their moment, and what a filing needs besides right answers."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from common.problems import Problem, Refusal
from form_builder.judge import judge
from form_builder.moments import answers_at, unfinished
from form_builder.visibility import prune
from procedure_library.compiled import Compiled
from procedure_library.moments import asks_applicant
from procedure_library.queries import definition_of
from procedure_library.seeing import work_schema
from rules_dsl.evaluation import ComponentNeed
from runtime.engine import amounts
from runtime.engine.context import Context
from runtime.engine.events import Paper
from runtime.engine.state import State
from runtime.models.dossiers import Dossier
from runtime.worlds import stored_answers

Answers = Mapping[str, Any]


def judged_as_filed(
    compiled: Compiled, case_type: str, answers: Answers
) -> dict[str, Any] | tuple[Problem, ...]:
    """The answers without what is not asked, when the filing schema accepts them; else what is wrong."""
    form = compiled.form_at("filing", case_type)
    asked = prune(form, answers_at(form.schema, answers))
    return judge(form, asked) or asked


def judged_filing(
    session: Session, dossier: Dossier, answers: Answers
) -> dict[str, Any] | tuple[Problem, ...]:
    """All answers with those of the applicant changed; what officials have filled in stays as it is."""
    compiled = definition_of(session, dossier.version_id)
    stored = stored_answers(session, dossier)
    filed = judged_as_filed(compiled, dossier.case_type, {**stored, **answers})
    if isinstance(filed, tuple):
        return filed
    asked = compiled.schema_at("filing", dossier.case_type).get("properties", {})
    return {**{key: said for key, said in stored.items() if key not in asked}, **filed}


def judged_at_task(
    session: Session, dossier: Dossier, step_key: str, outcome: str, answers: Answers
) -> dict[str, Any] | tuple[Problem, ...] | None:
    """All answers with those of the questions the step answers or puts right; None when there are none.

    Only these are judged: what was accepted earlier is not questioned again by the form, and what was sent besides
    is dropped. Who asks the applicant for more may leave them unfinished.
    """
    compiled = definition_of(session, dossier.version_id)
    schema = work_schema(compiled.definition, compiled.step(step_key))
    if schema is None:
        return None
    stored = stored_answers(session, dossier)
    kept = {key: value for key, value in stored.items() if key not in schema.get("properties", {})}
    # Whether they are asked may depend on what was said before.
    everything = {**kept, **answers_at(schema, prune(schema, {**kept, **answers_at(schema, answers)}))}
    demanded = unfinished(schema) if asks_applicant(compiled.graph, step_key, outcome) else schema
    problems = judge(demanded, everything)
    return tuple(each for each in problems if each.where.partition(".")[0] not in kept) or everything


def missing_to_file(
    context: Context, state: State, papers: Iterable[Paper], at: datetime
) -> tuple[Problem, ...] | Refusal:
    """Conditions that the applicant does not meet, and components for which nothing was handed in online."""
    facts = amounts.facts_at(context, state, "filing", at)
    if isinstance(facts, Refusal):
        return facts
    kind = amounts.case_type(context)
    failed = [
        Problem("dossiers.condition_failed", f"conditions.{found.rule}", amounts.titled(context, found.rule))
        for found in amounts.evaluate(context, facts, kind.conditions)
        if found.value is False
    ]
    if context.channel != "online":
        return tuple(failed)
    needs = amounts.evaluate(context, facts, kind.components)
    needed = {e.rule: e.value for e in needs if isinstance(e.value, ComponentNeed) and e.value.needed}
    return (*failed, *_not_handed_in(context, needed, {p.component for p in papers if p.files}))


def _not_handed_in(
    context: Context, needed: Mapping[str, ComponentNeed], handed_in: set[str]
) -> list[Problem]:
    """One problem for each missing component; of a group of alternatives one paper is enough."""
    met = {need.alternative_of for name, need in needed.items() if name in handed_in}
    problems: dict[str, Problem] = {}
    for name, need in needed.items():
        group = need.alternative_of
        if name in handed_in or (group is not None and group in met):
            continue
        missing = Problem("dossiers.component_missing", f"papers.{name}", amounts.titled(context, name))
        problems.setdefault(group or name, missing)
    return list(problems.values())
