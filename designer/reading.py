"""What the files of a draft mean, and everything that is wrong with them."""

from collections.abc import Callable, Iterator, Mapping

from common.calendar import WorkingCalendar
from common.problems import Finding
from procedure_library.checks import check
from procedure_library.checks.rule_facts import whole_scope
from procedure_library.checks.subject import Subject
from procedure_library.definition import Definition
from procedure_library.neighbours import Neighbours
from procedure_library.package import RULES, read_files
from rules_dsl.checks import check as check_rules
from rules_dsl.evaluation import Reference
from rules_dsl.prover.checking import AT_A_GLANCE


def definition_of_draft(files: Mapping[str, str]) -> Definition | tuple[Finding, ...]:
    """The definition that the files spell, or why they spell none."""
    return read_files({path: content.encode() for path, content in files.items()})


def findings(
    files: Mapping[str, str],
    calendar: WorkingCalendar | None = None,
    around: Callable[[Definition], Neighbours] | None = None,
) -> tuple[Finding, ...]:
    """What keeps the draft from being published (errors) and what should be looked at (warnings).

    `calendar` is the one examples are computed with; None: the national calendar of the product. `around` gives the
    procedures in force that the draft calls and that call it; None: they are not looked at.
    """
    definition = definition_of_draft(files)
    if not isinstance(definition, Definition):
        return definition
    return check(definition, calendar, neighbours=around(definition) if around else None)


def findings_meanwhile(
    files: Mapping[str, str],
    calendar: WorkingCalendar | None,
    around: Callable[[Definition], Neighbours] | None = None,
) -> tuple[Finding, ...]:
    """The same for who is still writing, without proofs: what they would tell is told as far as a glance goes."""
    definition = definition_of_draft(files)
    if not isinstance(definition, Definition):
        return definition
    neighbours = around(definition) if around else None
    found = check(definition, calendar, without=("proofs",), neighbours=neighbours)
    if any(finding.severity == "error" and finding.where == RULES for finding in found):
        return found
    return tuple(
        sorted([*_gaps(definition, calendar), *found], key=lambda finding: finding.severity != "error")
    )


def _gaps(definition: Definition, calendar: WorkingCalendar | None) -> Iterator[Finding]:
    subject = Subject(definition, calendar)
    rules, known = subject.parsed.rules, whole_scope(subject)
    yield from check_rules(rules, known, Reference(calendar), RULES, AT_A_GLANCE)
