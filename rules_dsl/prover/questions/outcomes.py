"""Of any rule with a value: it is in force on every day, reads nothing that may be absent, and says something."""

from collections.abc import Iterator
from functools import partial

from rules_dsl import nodes as n
from rules_dsl.prover.asked import Asked
from rules_dsl.prover.logic import all_of, less
from rules_dsl.prover.marks import hangs_on
from rules_dsl.prover.outcomes import Evaluable, outcome
from rules_dsl.prover.proving import Proving
from rules_dsl.prover.questions.places import own_place
from rules_dsl.prover.symbols import Symbol
from rules_dsl.prover.trials import Trial
from rules_dsl.prover.world import LAPSED, At
from rules_dsl.unknown import ABSENT

# Why what a rule reads is not there: outside its dates, not set, set wrongly, not published.
NOT_IN_FORCE = (
    "rules.not_in_force",
    "rules.unknown_parameter",
    "rules.parameter_out_of_bounds",
    "rules.unknown_rate",
)
NEVER = {n.Condition: "rules.proof.never_met", n.Component: "rules.proof.never_needed"}


def about_outcome(rule: Evaluable, proving: Proving) -> Iterator[Asked]:
    told = {"name": rule.name}
    found = outcome(rule, proving.world)
    yield from _in_force(rule, found, proving)
    absent = partial(_comes_to, rule, (ABSENT,))
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


def _in_force(rule: Evaluable, found: Symbol, proving: Proving) -> Iterator[Asked]:
    """It does not lapse on any day of the calendar, nor does anything that it reads.

    Before its first day there was another law, and another version. Without a calendar nobody says which days
    matter.
    """
    world, told = proving.world, {"name": rule.name}
    if world.days is None:
        return
    day = world.day(At(as_of=rule.as_of))
    if rule.law.until_on is not None:
        over = all_of(day.known, less(rule.law.until_on.toordinal(), day.term))
        shown = partial(_comes_to, rule, NOT_IN_FORCE[:1])
        yield Asked(rule.name, "in_force", rule, "rules.proof.not_in_force", over, shown, parameters=told)
    _, there = own_place(rule, world)
    lapsed = all_of(there, hangs_on(found.unknown, LAPSED, world))
    if lapsed is not False:
        shown = partial(_comes_to, rule, NOT_IN_FORCE)
        yield Asked(rule.name, "in_force", rule, "rules.proof.reads_lapsed", lapsed, shown, parameters=told)


def _comes_to(rule: Evaluable, codes: tuple[str, ...], trial: Trial, _: Trial) -> bool:
    return trial.comes_to(rule.name, *codes)


def _is_so(rule: Evaluable, trial: Trial, _: Trial) -> bool:
    value = trial.value(rule.name)
    return value is True or getattr(value, "needed", False) is True
