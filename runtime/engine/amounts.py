"""Rules read for a dossier: facts of a moment in, evaluations out. What is unknown names itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from common.clock import local_date, to_the_minute
from common.money import Money, totals
from common.problems import Problem, Refusal
from common.text import Text
from procedure_library.definition import CaseType, Step
from rules_dsl.evaluation import Evaluation
from rules_dsl.facts import Facts, read_facts, scope
from rules_dsl.terms import Allowance
from rules_dsl.unknown import Unknown
from runtime.engine.context import Context
from runtime.engine.record import Paid
from runtime.engine.state import Owed, State

ZERO = Money(0)


def case_type(context: Context) -> CaseType:
    """The kind of procedure that the application names; it was checked when the application was begun."""
    kind = context.compiled.case_type(context.case_type)
    assert kind is not None
    return kind


def facts_at(context: Context, state: State, moment: str, at: datetime) -> Facts | Refusal:
    """What rules may read at the moment. Before reception they read "as if received now"."""
    body = {"answers": context.answers, "dossier": dossier_facts(context, state, at)}
    facts = read_facts(context.compiled.scope_at(moment, context.case_type), body)
    if isinstance(facts, tuple):
        return unreadable(facts)
    return facts


def dossier_facts(context: Context, state: State, at: datetime) -> dict[str, Any]:
    """The closed list of facts about the dossier itself."""
    facts: dict[str, Any] = {
        "submitted_at": (state.submitted_at or at).isoformat(),
        "received_at": to_the_minute(state.received_at or at).isoformat(),
        "channel": context.channel,
        "case_type": context.case_type,
        "area": context.area,
        "supplements": state.supplements,
        "charged_so_far": _charged(state).minor,
    }
    if state.decision is not None:
        facts["decided_on"] = local_date(state.decision.at).isoformat()
    return facts


def _charged(state: State) -> Money:
    """What was paid so far in đồng, the currency of the fact."""
    return sum((o.amount for o in state.owed if o.paid and o.amount.currency == ZERO.currency), ZERO)


def unreadable(problems: Sequence[Problem]) -> Refusal:
    return Refusal("dossiers.answers_unreadable", {"where": problems[0].where})


def evaluate(context: Context, facts: Facts, names: Sequence[str]) -> tuple[Evaluation, ...]:
    rulebook = context.compiled.rulebook
    return tuple(rulebook.evaluate(name, facts, context.reference) for name in names)


def known(context: Context, evaluations: Sequence[Evaluation]) -> Refusal | None:
    """Refuses when any value is unknown, naming the rule and what is missing."""
    for evaluation in evaluations:
        if isinstance(evaluation.value, Unknown):
            said = missing(context, evaluation.value.missing)
            return Refusal("dossiers.value_unknown", {**titled(context, evaluation.rule), **said})
    return None


def missing(context: Context, names: Sequence[str]) -> dict[str, str]:
    """What is not known, in both languages: questions of the form, facts of the dossier, parameters."""
    facts = scope(context.compiled.definition.form).facts
    rules = {rule.name: rule.title for rule in context.compiled.rules.rules}
    titles = [facts[name].title if name in facts else rules.get(name) or Text("") for name in names]
    vi = (title.vi or name for title, name in zip(titles, names, strict=True))
    en = (title.in_("en") or name for title, name in zip(titles, names, strict=True))
    return {"missing": ", ".join(vi), "missing_en": ", ".join(en)}


def titled(context: Context, rule: str) -> dict[str, str]:
    """The rule's sentence in both languages, for a message; its name where it has none."""
    title = next((r.title for r in context.compiled.rules.rules if r.name == rule), Text(""))
    return {"rule": title.vi or rule, "rule_en": title.in_("en") or rule}


def allowance_of(terms: Sequence[Evaluation]) -> Allowance | None:
    """The allowance that the term rule gave; None when the case type has no term."""
    return next((term.value for term in terms if isinstance(term.value, Allowance)), None)


def owed(evaluations: Sequence[Evaluation]) -> tuple[Owed, ...]:
    """The amounts among the evaluations that are known."""
    return tuple(Owed(e.rule, e.value) for e in evaluations if isinstance(e.value, Money))


def to_collect(step: Step, state: State) -> tuple[str, ...]:
    """The rules whose amounts the step takes: never one twice."""
    return tuple(rule for rule in step.collects if rule not in state.paid)


def paid(lines: Sequence[Owed]) -> Paid | None:
    """The money taken for what of these lines is not paid yet; None when there is nothing to pay."""
    due = [line for line in lines if line.amount.minor and not line.paid]
    if not due:
        return None
    first, *besides = totals(line.amount for line in due)
    return Paid(first, tuple(line.rule for line in due), tuple(besides))
