"""Remedies: for some findings there is something sensible to be done, said beforehand, taken back like any save.

A remedy is a pure function of the definition and the finding. After it the finding is gone and no error is new: who
carries it out makes sure of that.
"""

from collections.abc import Mapping

from common.calendar import WorkingCalendar
from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.definition import Definition
from procedure_library.remedies import budgets, drawing, head, parallel, people, rules, wording
from procedure_library.remedies.remedy import Offer, Remedy

__all__ = ["REMEDIES", "Remedy", "remedy_for"]

REMEDIES: Mapping[str, Offer] = {
    "procedures.branch.value_not_covered": drawing.default_way,
    "procedures.branch.several_defaults": drawing.one_default,
    "procedures.branch.single_exit": drawing.straight_on,
    "procedures.split.single_exit": drawing.straight_on,
    "procedures.join.single_entry": drawing.straight_on,
    "procedures.inclusive.single_exit": drawing.straight_on,
    "procedures.transition.value_outside_branch": drawing.no_value,
    "procedures.transition.never_taken": drawing.take_out_way,
    "procedures.step.never_reached": drawing.take_out_step,
    "procedures.step.unreachable": drawing.take_out_step,
    "procedures.end.left": drawing.leave_at_the_end,
    "procedures.boundary.cannot_fail": drawing.take_out_interruptions,
    "procedures.boundary.no_limit": drawing.take_out_interruptions,
    "procedures.boundary.not_at_rest": drawing.take_out_interruptions,
    "procedures.split.not_joined": parallel.come_together,
    "procedures.end.leaves_work": parallel.come_together,
    "procedures.join.waits_forever": parallel.come_together,
    "procedures.task.unknown_role": people.known_role,
    "procedures.task.no_role": people.usual_role,
    "procedures.consultation.unknown_role": people.known_role,
    "procedures.online.reason_for_full": head.no_reason,
    "procedures.online.no_channel": head.online_channel,
    "procedures.rule.unused": rules.used_or_gone,
    "procedures.translations.missing": wording.same_english,
    "procedures.term.never_kept": budgets.shortened,
    "procedures.term.not_kept": budgets.shortened,
}


def remedy_for(
    definition: Definition, finding: Finding, calendar: WorkingCalendar | None = None
) -> Remedy | None:
    """What can be done about the finding by itself; None: its author has to think. `calendar`: see `checks.check`."""
    offer = REMEDIES.get(finding.code)
    return offer(Subject(definition, calendar), finding) if offer else None
