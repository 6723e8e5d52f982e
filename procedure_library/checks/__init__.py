"""Is this definition fit to be published? Every finding of one pass, errors before warnings.

One file, one check. Later checks need what earlier ones make sure of, so they run in rounds: a round with
errors is the last.
"""

from collections.abc import Callable, Iterator

from common.calendar import WorkingCalendar
from common.problems import Finding
from procedure_library.checks import (
    choices,
    decision,
    endings,
    examples,
    exits,
    form,
    head,
    keys,
    online,
    outcomes,
    pages,
    reachable,
    rule_moments,
    rule_names,
    rule_syntax,
    soundness,
    start,
    tasks,
    transition_ends,
    way_out,
    when,
    wording,
)
from procedure_library.checks.subject import Subject
from procedure_library.definition import Definition
from procedure_library.ready_made import national_calendar

Check = Callable[[Subject], Iterator[Finding]]

ROUNDS: tuple[tuple[Check, ...], ...] = (
    (keys.check, transition_ends.check, head.check, online.check, form.check, rule_syntax.check),
    (
        start.check,
        endings.check,
        reachable.check,
        way_out.check,
        exits.check,
        when.check,
        outcomes.check,
        choices.check,
        tasks.check,
        pages.check,
        rule_names.check,
    ),
    (soundness.check, decision.check, rule_moments.check, wording.check),
    (examples.check,),
)


def check(definition: Definition, calendar: WorkingCalendar | None = None) -> tuple[Finding, ...]:
    """What is wrong with the definition; without errors it can be published and run.

    `calendar` is the one examples are computed with; None: the national calendar that ships with the product.
    """
    subject = Subject(definition, calendar or national_calendar().calendar)
    findings: list[Finding] = []
    for checks in ROUNDS:
        findings += (finding for each in checks for finding in each(subject))
        if any(finding.severity == "error" for finding in findings):
            break
    return tuple(sorted(findings, key=lambda finding: finding.severity != "error"))
