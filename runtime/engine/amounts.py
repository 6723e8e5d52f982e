"""Rules read for a dossier: facts of a moment in, evaluations out. What is unknown names itself."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from common.clock import local_date, to_the_minute
from common.money import Money, totals
from common.problems import Problem, Refusal
from common.text import Text
from procedure_library.definition import CaseType, Step
from rules_dsl.evaluation import Evaluation
from rules_dsl.facts import Facts, read_facts, scope
from rules_dsl.terms import Allowance
from rules_dsl.unknown import NOT_STARTED, Unknown
from runtime.engine.context import Context
from runtime.engine.record import Paid
from runtime.engine.state import Owed, State

ZERO = Money(0)


def case_type(context: Context) -> CaseType:
    """The kind of procedure that the application names; it was checked when the application was begun."""
    kind = context.compiled.case_type(context.case_type)
    assert kind is not None
    return kind


def facts_at(
    context: Context, state: State, moment: str, at: datetime, *, paying: bool | None = None
) -> Facts | Refusal:
    """What rules may read at the moment. Before reception they read "as if received now".

    Where money is taken they read "paid today": `paying` None tells it by the step, which collects or not.
    """
    dossier = dossier_facts(context, state, at)
    if _collects(context, moment) if paying is None else paying:
        dossier["paid_on"] = local_date(at).isoformat()
    body = {"answers": context.answers, "dossier": dossier}
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
        "reduced_this_year": context.past.reduced_this_year,
    }
    days = {
        "due_on": state.due.on if state.due else None,
        "paid_on": context.past.paid_on,
        "decided_on": local_date(state.decision.at) if state.decision else None,
        "finished_on": _finished_on(state),
    }
    return facts | {name: day.isoformat() for name, day in days.items() if day is not None}


def _finished_on(state: State) -> date | None:
    """The day the office was finished with it: decided, withdrawn, stopped or not accepted."""
    if state.decision is not None:
        return local_date(state.decision.at)
    ended = [state.done[act].at for act in ("withdraw", "stop", "refuse") if act in state.done]
    return local_date(max(ended)) if ended else None


def _collects(context: Context, moment: str) -> bool:
    step = context.compiled.graph.steps.get(moment)
    return step is not None and bool(step.collects)


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
            return _unknown(context, evaluation.rule, evaluation.value)
    return None


def _unknown(context: Context, rule: str, value: Unknown) -> Refusal:
    rate = next((rate for name in value.missing if (rate := _rate_of(context, name))), None)
    if rate is not None:
        title, day = rate
        return Refusal("dossiers.rate_missing", {"rate": title.vi, "rate_en": title.in_("en"), "day": day})
    return Refusal("dossiers.value_unknown", {**titled(context, rule), **missing(context, value.missing)})


def needs_rate(evaluation: Evaluation) -> bool:
    """Whether a rate of exchange was read, or would have been if it were there."""
    value = evaluation.value
    return bool(evaluation.used.rates) or (isinstance(value, Unknown) and value.code == "rules.unknown_rate")


def missing(context: Context, names: Sequence[str]) -> dict[str, str]:
    """What is not known, in both languages: questions of the form, facts of the dossier, parameters, rates."""
    facts = scope(context.compiled.definition.form).facts
    rules = {rule.name: rule.title for rule in context.compiled.rules.rules}
    titles = [facts[name].title if name in facts else _title(context, rules, name) for name in names]
    vi = (title.vi or name for title, name in zip(titles, names, strict=True))
    en = (title.in_("en") or name for title, name in zip(titles, names, strict=True))
    return {"missing": ", ".join(vi), "missing_en": ", ".join(en)}


def _title(context: Context, rules: Mapping[str, Text], name: str) -> Text:
    """What people call a rule, or the rate of exchange of a day."""
    if rate := _rate_of(context, name):
        title, day = rate
        return Text(f"{title.vi} ({day})", f"{title.in_('en')} ({day})")
    return rules.get(name, Text(""))


def _rate_of(context: Context, name: str) -> tuple[Text, str] | None:
    """The rate's title and its day, of a name like "usd_buying.2026-05-04"; None for any other name."""
    head, _, day = name.rpartition(".")
    rule = context.compiled.rulebook.rates.get(head)
    if rule is None:
        return None
    return rule.title if rule.title.vi else Text(head), f"{date.fromisoformat(day):%d/%m/%Y}"


def titled(context: Context, rule: str) -> dict[str, str]:
    """The rule's sentence in both languages, for a message; its name where it has none."""
    title = next((r.title for r in context.compiled.rules.rules if r.name == rule), Text(""))
    return {"rule": title.vi or rule, "rule_en": title.in_("en") or rule}


def allowance_of(terms: Sequence[Evaluation]) -> Allowance | None:
    """The allowance that the term rule gave; None when the case type has no term."""
    return next((term.value for term in terms if isinstance(term.value, Allowance)), None)


def waits(terms: Sequence[Evaluation]) -> bool:
    """Whether the term is counted from something that has not come yet."""
    return any(isinstance(term.value, Unknown) and term.value.code == NOT_STARTED for term in terms)


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
