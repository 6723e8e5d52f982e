"""Answers judged by the schema of their moment, and what a filing needs besides right answers: pure, for whoever
plays a dossier as well as for who keeps one."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from common.problems import Problem, Refusal
from form_builder.faults import called
from form_builder.judge import judge
from form_builder.moments import answers_at
from form_builder.visibility import prune
from procedure_library.compiled import Compiled
from procedure_library.moments import asks_applicant
from rules_dsl.evaluation import ComponentNeed
from runtime.engine import amounts
from runtime.engine.context import Context
from runtime.engine.event import Paper
from runtime.engine.state import State

Answers = Mapping[str, Any]
Judge = Callable[[Answers], dict[str, Any] | tuple[Problem, ...]]
# How the parameters of a message end in each language.
LANGUAGES = (("", "vi"), ("_en", "en"))


def judged_as_filed(
    compiled: Compiled, case_type: str, answers: Answers
) -> dict[str, Any] | tuple[Problem, ...]:
    """The answers without what is not asked, when the filing schema accepts them; else what is wrong."""
    form = compiled.form_at("filing", case_type)
    asked = prune(form, answers_at(form.schema, answers))
    return judge(form, asked) or asked


def filed_keys(compiled: Compiled, case_type: str) -> Collection[str]:
    """The keys of all that the applicant is asked."""
    keys: Collection[str] = compiled.schema_at("filing", case_type).get("properties", {})
    return keys


def judged_again(
    compiled: Compiled, case_type: str, stored: Answers, answers: Answers
) -> dict[str, Any] | tuple[Problem, ...]:
    """The applicant's whole answers; what officials have filled in stays as it is."""
    filed, asked = judged_as_filed(compiled, case_type, answers), filed_keys(compiled, case_type)
    if isinstance(filed, tuple):
        return filed
    return {**{key: said for key, said in stored.items() if key not in asked}, **filed}


def judged_reply(
    compiled: Compiled,
    case_type: str,
    stored: Answers,
    asked: Collection[str],
    answers: Answers,
    judged: Judge,
) -> dict[str, Any] | tuple[Problem, ...] | Refusal:
    """The applicant's whole answers in reply to a supplement that asked for some of them; none named: for all.

    Besides those only what they make wrong may be said otherwise than before. `judged` judges the whole.
    """
    if not asked:
        return judged(answers)
    said = judged(_with_these(stored, answers, asked))
    further = {problem.where.partition(".")[0] for problem in said} if isinstance(said, tuple) else set()
    open_now = {*asked, *further}
    for key in filed_keys(compiled, case_type):
        if key not in open_now and key in answers and answers[key] != stored.get(key):
            form = compiled.form_at("filing", case_type)
            named = {f"field{suffix}": called(form, key, language) for suffix, language in LANGUAGES}
            return Refusal("dossiers.not_asked_again", named)
    return judged(_with_these(stored, answers, open_now)) if further else said


def _with_these(stored: Answers, answers: Answers, keys: Collection[str]) -> dict[str, Any]:
    """What is stored, but these as they are answered now; what was emptied is gone."""
    kept = {key: said for key, said in stored.items() if key not in keys}
    return {**kept, **{key: said for key, said in answers.items() if key in keys}}


def judged_work(
    compiled: Compiled, stored: Answers, step_key: str, outcome: str, answers: Answers
) -> dict[str, Any] | tuple[Problem, ...] | None:
    """All answers with those of the questions the step answers or puts right; None when there are none.

    Only these are judged: what was accepted earlier is not questioned again by the form, and what was sent besides
    is dropped. Who asks the applicant for more may leave them unfinished.
    """
    form = compiled.work_form(step_key)
    if form is None:
        return None
    asked = form.schema.get("properties", {})
    kept = {key: value for key, value in stored.items() if key not in asked}
    # Whether they are asked may depend on what was said before.
    said = prune(form, {**kept, **answers_at(form.schema, answers)})
    everything = {**kept, **answers_at(form.schema, said)}
    asks = asks_applicant(compiled.graph, step_key, outcome)
    problems = judge(compiled.work_form(step_key, unfinished=asks) or form, everything)
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
