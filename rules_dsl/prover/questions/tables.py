"""Of a table: wherever it is looked up some row applies, no two do where the table says so, and each does somewhere."""

from collections.abc import Iterator
from functools import partial

from common.problems import Parameter
from rules_dsl import nodes as n
from rules_dsl.compiler import EvaluableRule
from rules_dsl.prover.asked import Asked
from rules_dsl.prover.logic import all_of, any_of, negated
from rules_dsl.prover.lookups import table_lines
from rules_dsl.prover.marks import hangs_on
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
    users, has_no_row = proving.users(rule), f"{rule.name} has no row"
    missing = all_of(there, lines.missing)
    if users:
        missing = any_of(*(hangs_on(outcome(user, world).unknown, has_no_row, world) for user in users))
    shown = partial(_comes_to, rule, users, MISSING)
    yield Asked(rule.name, "complete", rule, "rules.proof.no_row", missing, shown, parameters=told)
    for number, row in enumerate(rule.rows):
        before = [negated(each.holds) for each in lines.rows[:number]] if rule.policy == "first" else []
        truth = all_of(there, lines.rows[number].holds, *before)
        applies = partial(_row_applies, rule, row)
        code = "rules.proof.row_never_applies"
        yield Asked(rule.name, "alive", row, code, truth, applies, wanted="sometimes", parameters=told)
    if rule.policy == "unique":
        for number, row in enumerate(rule.rows[1:], 1):
            met = [
                lines.rows[earlier].holds
                for earlier, other in enumerate(rule.rows[:number])
                if not differ_at_a_glance(rule, other, row, world)
            ]
            truth = all_of(there, lines.rows[number].holds, any_of(*met))
            shown, first = partial(_meets_another, rule, row), partial(_first, rule, row)
            code = "rules.proof.two_rows"
            yield Asked(rule.name, "unique", row, code, truth, shown, parameters=told, told=first)


def differ_at_a_glance(table: n.Table, one: n.TableRow, other: n.TableRow, world: World) -> bool:
    """Whether some cell tells the rows apart without any solver: other values, or blank and not blank."""
    cells = zip(table.keys, one.cells, other.cells, strict=True)
    return any(_exclude(world.kinds.of(key).name, *pair) for key, *pair in cells)


def _exclude(kind: str, one: n.Cell, other: n.Cell) -> bool:
    match one, other:
        case n.ValuesCell(), n.ValuesCell():
            # Of a list of choices both may be chosen.
            apart = {member.value for member in one.members}.isdisjoint(each.value for each in other.members)
            return kind != "choices" and apart
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


def _meets_another(table: n.Table, row: n.TableRow, trial: Trial, _: Trial) -> bool:
    return row in trial.rows_applying(table)[1:]


def _first(table: n.Table, row: n.TableRow, trial: Trial) -> dict[str, Parameter]:
    """The line of the first row that applies as well."""
    first = next(other for other in trial.rows_applying(table) if other is not row)
    return {"first": first.place.line}
