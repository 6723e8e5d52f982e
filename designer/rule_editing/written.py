"""The rules as they are being written, with the draft around them, ready to be tried."""

from collections.abc import Mapping
from dataclasses import dataclass

from common.problems import Finding
from designer.reading import definition_of_draft
from designer.rule_editing.explained import Explaining
from form_builder.checks import check_form
from procedure_library.compiled import read_rules
from procedure_library.definition import Definition
from procedure_library.package import RULES
from rules_dsl.checks import check
from rules_dsl.facts import scope
from rules_dsl.prover.checking import THOROUGH

# An example that fails is looked at like one that holds; and a rule with a gap gives no value there, no breakdown.
HARMLESS = "rules.example_"


@dataclass(frozen=True, slots=True)
class Written:
    """A definition whose rules fit its form, both in order; what is wrong with its steps does not matter here."""

    definition: Definition
    explaining: Explaining


def written(files: Mapping[str, str]) -> Written | tuple[Finding, ...]:
    """The files of a draft as far as rules are concerned; or the errors that keep them from being worked out."""
    definition = definition_of_draft(files)
    if not isinstance(definition, Definition):
        return definition
    wrong_form = tuple(finding for finding in check_form(definition.form) if finding.severity == "error")
    if wrong_form:
        return wrong_form
    parsed = read_rules(files[RULES])
    facts = scope(definition.form, [kind.key for kind in definition.case_types])
    errors = tuple(
        finding
        for finding in parsed.findings or check(parsed.rules, facts, checks=THOROUGH)
        if finding.severity == "error" and not finding.code.startswith(HARMLESS)
    )
    return errors or Written(definition, Explaining.of(parsed.rules, facts))
