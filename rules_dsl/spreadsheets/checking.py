"""What is wrong with a table that came from a sheet, told by the addresses of its cells."""

from collections.abc import Iterator
from dataclasses import replace

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks import check
from rules_dsl.fact_types import Scope
from rules_dsl.spreadsheets.placing import at
from rules_dsl.spreadsheets.sheet import address


def check_table(table: n.Table, rules: n.RuleFile, scope: Scope | None) -> tuple[Finding, ...]:
    """The findings of the checks that concern the table, with the file around it as it is.

    `table` as `read_table` gives it: its places are those of the sheet.
    """
    file = replace(rules, rules=(*_others(table, rules), table))
    found = [finding for finding in check(file, scope) if finding.line]
    return tuple(replace(f, where=address(f.line or 1, f.column or 1)) for f in found)


def _others(table: n.Table, rules: n.RuleFile) -> Iterator[n.AnyRule]:
    """The other rules, out of the sheet's way; what is only claimed or shown has no part in a table."""
    for rule in rules.rules:
        if not isinstance(rule, n.Example | n.Always) and rule.name != table.name:
            yield at(rule, n.NOWHERE)
