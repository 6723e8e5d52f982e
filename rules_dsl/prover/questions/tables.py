"""Of a table: wherever it is looked up some row applies, no two do where the table says so, and each does somewhere."""

from collections.abc import Iterator
from functools import partial
from itertools import combinations

import z3

from rules_dsl import nodes as n
from rules_dsl.compiler import EvaluableRule
from rules_dsl.prover.asked import Asked
from rules_dsl.prover.logic import Term, all_of, any_of, is_plain, negated
from rules_dsl.prover.lookups import missing_mark, table_lines
from rules_dsl.prover.meaning import value_of
from rules_dsl.prover.outcomes import outcome
from rules_dsl.prover.proving import Proving
from rules_dsl.prover.trials import Trial
from rules_dsl.prover.world import At, World
from rules_dsl.unknown import Unknown

MISSING = ("rules.no_row", "rules.not_in_force")


def about_table(rule: n.Table, proving: Proving) -> Iterator[Asked]:
    world, told = proving.world, {"name": rule.name}
    lines = table_lines(rule, At(), world, value_of)
    there = world.in_force(rule.law, At()).holds
    users = proving.users(rule)
    missing = (
        any_of(*(fails_by(user, rule, world) for user in users)) if users else all_of(there, lines.missing)
    )
    shown = partial(_comes_to, rule, users, MISSING)
    yield Asked(rule.name, "complete", rule, "rules.proof.no_row", missing, shown, parameters=told)
    for number, row in enumerate(rule.rows):
        before = [negated(each.holds) for each in lines.rows[:number]] if rule.policy == "first" else []
        truth = all_of(there, lines.rows[number].holds, *before)
        applies = partial(_row_applies, rule, row)
        code = "rules.proof.row_never_applies"
        yield Asked(rule.name, "alive", row, code, truth, applies, wanted="sometimes", parameters=told)
    if rule.policy == "unique":
        for one, other in combinations(range(len(rule.rows)), 2):
            if differ_at_a_glance(rule.rows[one], rule.rows[other]):
                continue
            yield Asked(
                rule.name,
                "unique",
                rule.rows[other],
                "rules.proof.two_rows",
                all_of(there, lines.rows[one].holds, lines.rows[other].holds),
                partial(_two_rows, rule),
                parameters={**told, "first": rule.rows[one].place.line},
            )


def fails_by(user: EvaluableRule, table: n.Table, world: World) -> Term:
    """When the other rule has no value because the table has no row for the case, and for no other reason."""
    unknown = outcome(user, world).unknown
    if is_plain(unknown):
        return False
    mark = missing_mark(table, world)
    with_it, without = (
        z3.substitute(unknown, (mark, z3.BoolVal(fails, unknown.ctx))) for fails in (True, False)
    )
    return all_of(with_it, negated(without))


def differ_at_a_glance(one: n.TableRow, other: n.TableRow) -> bool:
    """Whether some cell tells the rows apart without any solver: other values, or blank and not blank."""
    return any(map(_exclude, one.cells, other.cells))


def _exclude(one: n.Cell, other: n.Cell) -> bool:
    match one, other:
        case n.ValuesCell(), n.ValuesCell():
            # Of a list of choices both may be chosen: those rows name one value each and are left to the solver.
            return False
        case (n.BlankCell(), n.ValuesCell() | n.RangeCell()) | (
            n.ValuesCell() | n.RangeCell(),
            n.BlankCell(),
        ):
            return True
    return False


def _comes_to(
    table: n.Table, users: tuple[EvaluableRule, ...], codes: tuple[str, ...], trial: Trial, _: Trial
) -> bool:
    if users:
        return any(trial.comes_to(user.name, *codes) for user in users)
    value = trial.named(table.name)
    return isinstance(value, Unknown) and value.code in codes


def _row_applies(table: n.Table, row: n.TableRow, trial: Trial, _: Trial) -> bool:
    applying = trial.rows_applying(table)
    return row in (applying[:1] if table.policy == "first" else applying)


def _two_rows(table: n.Table, trial: Trial, _: Trial) -> bool:
    return len(trial.rows_applying(table)) > 1
