"""Checks of a rule file, one a module: what must be right before any rule is evaluated."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from common.problems import Finding
from rules_dsl.checks.cells import misfitting_cells
from rules_dsl.checks.checked import Checked
from rules_dsl.checks.citations import missing_citations
from rules_dsl.checks.coverage import uncovered_cases
from rules_dsl.checks.currencies import mixed_currencies
from rules_dsl.checks.cycles import circular_names
from rules_dsl.checks.division import zero_divisors
from rules_dsl.checks.duplicates import duplicate_names
from rules_dsl.checks.durations import bare_durations
from rules_dsl.checks.examples import failing_examples
from rules_dsl.checks.idle import idle_lines
from rules_dsl.checks.kinds import wrong_kinds
from rules_dsl.checks.names import unknown_names
from rules_dsl.checks.order import wrong_order
from rules_dsl.checks.points import misplaced_points
from rules_dsl.checks.presence import unguarded_facts
from rules_dsl.checks.reductions import uncombined_reductions
from rules_dsl.checks.roundings import doubtful_roundings
from rules_dsl.checks.rows import misplaced_rows
from rules_dsl.checks.tables import uncovered_tables
from rules_dsl.checks.values import unknown_values
from rules_dsl.fact_types import Scope
from rules_dsl.kinds import Kinds
from rules_dsl.nodes import RuleFile

if TYPE_CHECKING:
    from rules_dsl.evaluation import Reference

# Of one check; a person mends these before reading on.
MOST_FINDINGS = 100
Check = Callable[[Checked], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    circular_names,
    unknown_names,
    duplicate_names,
    wrong_kinds,
    mixed_currencies,
    unknown_values,
    misfitting_cells,
    misplaced_points,
    doubtful_roundings,
    misplaced_rows,
    unguarded_facts,
    zero_divisors,
    bare_durations,
    wrong_order,
    uncovered_cases,
    uncovered_tables,
    idle_lines,
    uncombined_reductions,
    missing_citations,
)


def check(
    rules: RuleFile,
    scope: Scope | None,
    reference: "Reference | None" = None,
    name: str = "rules.motcua",
    checks: tuple[Check, ...] = CHECKS,
) -> tuple[Finding, ...]:
    """Every finding, in the order of the text; examples are run when nothing else is wrong.

    `scope` None checks what needs no form. `reference` gives examples the calendar they may need; an example
    that cannot be judged for want of one is a warning. `name` is what findings call the file.
    """
    checked = Checked(rules, scope, reference, Kinds.of_file(rules, scope), name)
    found: list[Finding] = []
    for one in checks:
        several = list(islice(one(checked), MOST_FINDINGS))
        found += several
        if len(several) == MOST_FINDINGS:
            found.append(
                Finding("rules.too_many_mistakes", name, {"most": MOST_FINDINGS}, line=several[-1].line)
            )
        if found and one is circular_names:
            break
    if not found:
        found = list(islice(failing_examples(checked), MOST_FINDINGS))
    return tuple(sorted(found, key=lambda finding: (finding.line or 0, finding.column or 0, finding.code)))
