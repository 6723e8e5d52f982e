"""The author of a rule is told what publishing will say: by the same proofs, in the same time."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from common.problems import Finding
from designer.rule_editing.proving import proved
from designer.rule_editing.written import Written, written
from procedure_library.checks import rule_proofs
from procedure_library.checks.subject import Subject
from procedure_library.definition import Definition
from procedure_library.package import RULES, package_files, read_package
from procedure_library.ready_made import national_calendar, packages
from rules_dsl.prover.findings import findings_of
from tests.procedure_library.faults import with_rules

pytestmark = pytest.mark.usefixtures("patient")
CALENDAR = national_calendar().calendar
SIZE = 'lựa_chọn size "Cỡ hồ sơ"\n  tiếng_anh "Size"\n  large khi person.copies > 5\n'
LINES = {
    "nothing left out": ("  còn_lại small", ()),
    "five copies left out": ("  small khi person.copies < 5", ("rules.proof.no_line",)),
    "a dead line": ("  small khi person.copies > 10\n  còn_lại small", ("rules.proof.line_never_applies",)),
}


@pytest.mark.parametrize(("line", "codes"), LINES.values(), ids=LINES)
def test_the_editor_finds_what_publishing_finds(line: str, codes: tuple[str, ...]) -> None:
    found = editors(with_rules(SIZE + line))
    assert tuple(code for code, _severity, _line, _column in found) == codes
    assert found == publishings(with_rules(SIZE + line))


@pytest.mark.parametrize("folder", packages(), ids=lambda folder: folder.name)
def test_so_it_is_with_every_procedure_that_ships(folder: Path) -> None:
    definition = read_package(folder)
    assert isinstance(definition, Definition)
    assert editors(definition) == publishings(definition)


def editors(definition: Definition) -> list[tuple[str, str, int | None, int | None]]:
    typed = written({path: content.decode() for path, content in package_files(definition)})
    assert isinstance(typed, Written)
    return places(findings_of((each.proof for each in proved(typed.definition, CALENDAR)), RULES))


def publishings(definition: Definition) -> list[tuple[str, str, int | None, int | None]]:
    return places(rule_proofs.check(Subject(definition, CALENDAR)))


def places(findings: Iterable[Finding]) -> list[tuple[str, str, int | None, int | None]]:
    return sorted((each.code, each.severity, each.line, each.column) for each in findings)
