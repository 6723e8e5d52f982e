"""What a rule of the file comes to for the solver: `rules_dsl.outcomes` in terms, as far as proofs ask."""

from rules_dsl import nodes as n
from rules_dsl.generator.module import EvaluableRule as Evaluable
from rules_dsl.prover.amounts import amount_of
from rules_dsl.prover.lines import first_line
from rules_dsl.prover.logic import all_of, any_of, negated
from rules_dsl.prover.meaning import truth_of, value_of
from rules_dsl.prover.symbols import TRUE, Symbol, first_of, joined
from rules_dsl.prover.world import At, World

__all__ = ["Evaluable", "outcome"]


def outcome(rule: Evaluable, world: World) -> Symbol:
    """When the rule's value is not known; of a condition and a component also the truth it comes to."""
    key = ("outcome", rule.name)
    if key not in world.kept:
        world.kept[key] = _outcome(rule, world)
    found: Symbol = world.kept[key]
    return found


def _outcome(rule: Evaluable, world: World) -> Symbol:
    if isinstance(rule, n.AmountRule):
        return amount_of(rule, At(), world)
    dated = world.in_force(rule.law, At())
    found = _in_force(rule, world)
    # Outside its dates nothing of the rule is read.
    return Symbol(
        found.term,
        all_of(dated.holds, found.absent),
        any_of(negated(dated.holds), found.unknown),
    )


def _in_force(rule: Evaluable, world: World) -> Symbol:
    match rule:
        case n.Condition():
            return truth_of(rule.requires, At(), world)
        case n.Component():
            return TRUE if rule.when is None else truth_of(rule.when, At(), world)
        case n.Term():
            since = TRUE if rule.since is None else value_of(rule.since, At(), world)
            return joined(True, _lines(rule.clauses, world), since)
        case n.Choice():
            return _lines(rule.options, world)
        case n.Assign():
            return _lines(rule.assignees, world)
    raise AssertionError(rule)


def _lines(lines: tuple[n.Clause, ...], world: World) -> Symbol:
    found = first_line(lines, At(), world)
    areas = [
        joined(True, value_of(line.area, At(), world)) if isinstance(line, n.Assignee) and line.area else TRUE
        for line in lines
    ]
    read = first_of(zip(found.applied, areas, strict=True), TRUE)
    undecided = Symbol(True, found.absent, any_of(found.unknown, found.none))
    return joined(True, undecided, read)
