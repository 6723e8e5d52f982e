"""Of any rule with a value: it is in force on every day, reads nothing that may be absent, and says something."""

from collections.abc import Iterator
from functools import partial

from rules_dsl import nodes as n
from rules_dsl.prover.asked import Asked
from rules_dsl.prover.logic import all_of
from rules_dsl.prover.outcomes import Evaluable, outcome
from rules_dsl.prover.proving import Proving
from rules_dsl.prover.questions.places import own_place
from rules_dsl.prover.trials import Trial
from rules_dsl.prover.world import At
from rules_dsl.unknown import ABSENT

NEVER = {n.Condition: "rules.proof.never_met", n.Component: "rules.proof.never_needed"}


def about_outcome(rule: Evaluable, proving: Proving) -> Iterator[Asked]:
    told = {"name": rule.name}
    # Without a calendar nobody says on which days a dossier may come in.
    if rule.law.is_dated and proving.world.days is not None:
        as_of = rule.as_of if isinstance(rule, n.AmountRule) else "reception"
        dated = proving.world.in_force(rule.law, At(as_of=as_of))
        shown = partial(_comes_to, rule, "rules.not_in_force")
        yield Asked(
            rule.name, "in_force", rule, "rules.proof.not_in_force", dated.fails, shown, parameters=told
        )
    found = outcome(rule, proving.world)
    absent = partial(_comes_to, rule, ABSENT)
    yield Asked(rule.name, "guarded", rule, "rules.proof.absent_fact", found.absent, absent, parameters=told)
    if isinstance(rule, n.Condition | n.Component):
        _, there = own_place(rule, proving.world)
        yield Asked(
            rule.name,
            "possible",
            rule,
            NEVER[type(rule)],
            all_of(there, found.holds),
            partial(_is_so, rule),
            wanted="sometimes",
            parameters=told,
        )


def _comes_to(rule: Evaluable, code: str, trial: Trial, _: Trial) -> bool:
    return trial.comes_to(rule.name, code)


def _is_so(rule: Evaluable, trial: Trial, _: Trial) -> bool:
    value = trial.value(rule.name)
    return value is True or getattr(value, "needed", False) is True
