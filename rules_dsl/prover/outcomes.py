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
    at = At(as_of=rule.as_of)
    dated, found = world.in_force(rule.law, at), _in_force(rule, at, world)
    # Outside its dates nothing of the rule is read.
    return Symbol(
        found.term,
        all_of(dated.holds, found.absent),
        any_of(negated(dated.holds), found.unknown),
    )


def for_another(rule: n.AmountRule | n.Choice, at: At, world: World) -> Symbol:
    """What a rule comes to that another names: the rounded amount, the word of the line that applies."""
    if isinstance(rule, n.AmountRule):
        return amount_of(rule, at, world)
    known = outcome(rule, world)
    lines = first_line(rule.options, At(as_of=rule.as_of), world)
    words = [Symbol(world.words.number(option.value)) for option in rule.options]
    chosen = first_of(zip(lines.applied, words, strict=True), words[-1])
    return joined(chosen.term, known)


def _in_force(rule: Evaluable, at: At, world: World) -> Symbol:
    match rule:
        case n.Condition():
            return truth_of(rule.requires, at, world)
        case n.Component():
            return TRUE if rule.when is None else truth_of(rule.when, at, world)
        case n.Term():
            since = TRUE if rule.since is None else value_of(rule.since, at, world)
            return joined(True, _lines(rule.clauses, at, world), since)
        case n.Choice():
            return _lines(rule.options, at, world)
        case n.Assign():
            return _lines(rule.assignees, at, world)
    raise AssertionError(rule)


def _lines(lines: tuple[n.Clause, ...], at: At, world: World) -> Symbol:
    found = first_line(lines, at, world)
    areas = [
        joined(True, value_of(line.area, at, world)) if isinstance(line, n.Assignee) and line.area else TRUE
        for line in lines
    ]
    read = first_of(zip(found.applied, areas, strict=True), TRUE)
    undecided = Symbol(True, found.absent, any_of(found.unknown, found.none))
    return joined(True, undecided, read)
