"""The two ways: a table of the rules out as a file, and a file back as that table, with all that is wrong in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.fact_types import Scope
from rules_dsl.spreadsheets.checking import check_table
from rules_dsl.spreadsheets.files import FORMATS, read_sheet
from rules_dsl.spreadsheets.reading import read_table
from rules_dsl.spreadsheets.sheet import Sheet
from rules_dsl.spreadsheets.writing import sheet_of


@dataclass(frozen=True, slots=True)
class Brought:
    """`table` None: the file could not be read as one. Findings carry the addresses of cells."""

    table: n.Table | None
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        return self.table is not None and all(finding.severity != "error" for finding in self.findings)


def taken_out(table: n.Table, ending: str, rules: n.RuleFile, scope: Scope | None) -> bytes:
    """The table as a file; `ending` is one of FORMATS."""
    file = FORMATS[ending]
    facts = scope.facts if scope else {}
    return file.write(sheet_of(table, rules.language, facts, plain=file.plain))


def brought_back(
    content: bytes, file_name: str, table: n.Table, rules: n.RuleFile, scope: Scope | None
) -> Brought:
    """The file as the rows of the table, read in the language of the rules and checked among them."""
    sheet = read_sheet(content, file_name, table.name)
    if not isinstance(sheet, Sheet):
        return Brought(None, sheet)
    new = read_table(sheet, table, rules.language, scope.facts if scope else {})
    if not isinstance(new, n.Table):
        return Brought(None, new)
    return Brought(new, check_table(new, rules, scope))


def tables_of(rules: n.RuleFile) -> Mapping[str, n.Table]:
    """The tables of a file by name."""
    return {rule.name: rule for rule in rules.rules if isinstance(rule, n.Table)}
