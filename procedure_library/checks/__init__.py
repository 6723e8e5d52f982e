"""Is this definition fit to be published? Every finding of one pass, errors before warnings.

One file, one check. Some checks need what others make sure of, so they run in rounds: a round waits for those
it needs, and is left out when one of them found an error. What does not depend on each other is found together:
a fault in the rules hides none in the steps.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from common.calendar import WorkingCalendar
from common.problems import Finding
from procedure_library.checks import (
    able,
    automatics,
    blocks,
    boundaries,
    budgets,
    callers,
    calls,
    case_types,
    choices,
    cited,
    computed,
    consultations,
    dead,
    decision,
    documents,
    duties,
    endings,
    examples,
    exits,
    field_steps,
    form,
    head,
    interfaces,
    keys,
    letter_moments,
    linked,
    local_amounts,
    online,
    outcomes,
    pages,
    placeholders,
    reachable,
    rule_facts,
    rule_moments,
    rule_names,
    rule_proofs,
    rule_syntax,
    soundness,
    start,
    step_letters,
    step_notices,
    supplements,
    tasks,
    transition_ends,
    translations,
    waits,
    way_out,
    when,
    wording,
)
from procedure_library.checks.subject import Subject
from procedure_library.definition import Definition
from procedure_library.neighbours import Neighbours
from procedure_library.ready_made import national_calendar

Check = Callable[[Subject], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Round:
    """Checks that run together, and the names of the rounds that must have been without errors."""

    name: str
    checks: tuple[Check, ...]
    needs: tuple[str, ...] = ()


ROUNDS = (
    Round("keys", (keys.check, transition_ends.check)),
    Round("head", (head.check, online.check)),
    Round("texts", (form.check, rule_syntax.check)),
    Round(
        "steps",
        (
            start.check,
            endings.check,
            reachable.check,
            way_out.check,
            exits.check,
            when.check,
            outcomes.check,
            tasks.check,
            automatics.check,
            blocks.check,
            boundaries.check,
            calls.check,
            consultations.check,
            duties.check,
            step_letters.check,
            step_notices.check,
            supplements.check,
            waits.check,
        ),
        ("keys",),
    ),
    Round(
        "names",
        (
            case_types.check,
            choices.check,
            cited.check,
            computed.check,
            documents.check,
            field_steps.check,
            pages.check,
            placeholders.check,
            rule_names.check,
        ),
        ("keys", "texts"),
    ),
    Round("interface", (interfaces.check,), ("keys", "texts")),
    Round("staff", (able.check, local_amounts.check), ("steps", "names")),
    Round("neighbours", (linked.check, callers.check), ("steps", "names", "interface")),
    Round("ways", (soundness.check, decision.check), ("steps",)),
    Round("taken", (dead.check,), ("ways", "names")),
    Round("facts", (rule_facts.check,), ("keys", "texts")),
    Round("moments", (rule_moments.check, letter_moments.check), ("steps", "names", "facts")),
    Round("proofs", (rule_proofs.check,), ("steps", "names", "facts")),
    Round("budgets", (budgets.check,), ("steps", "texts")),
    Round("wording", (wording.check, translations.check), ("head", "steps", "names")),
    Round("examples", (examples.check,), ("head", "ways", "moments", "wording")),
)


def check(
    definition: Definition,
    calendar: WorkingCalendar | None = None,
    *,
    without: Collection[str] = (),
    neighbours: Neighbours | None = None,
) -> tuple[Finding, ...]:
    """What is wrong with the definition; without errors it can be published and run.

    `calendar` is the one examples are computed with; None: the national calendar that ships with the product.
    `neighbours` are the procedures in force that it calls and that call it; None: these are not looked at.
    `without` names rounds to leave out, for who cannot wait: then nothing is said about publishing.
    """
    subject = Subject(definition, calendar or national_calendar().calendar, neighbours)
    findings: list[Finding] = []
    clean: set[str] = set()
    for each in ROUNDS:
        if each.name in without or not clean.issuperset(each.needs):
            continue
        found = [finding for check in each.checks for finding in check(subject)]
        if all(finding.severity != "error" for finding in found):
            clean.add(each.name)
        findings += found
    return tuple(sorted(findings, key=lambda finding: finding.severity != "error"))
