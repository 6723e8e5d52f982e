"""Remedies for budgets that do not fit the legal term: all of them shortened alike, as little as is needed."""

from bisect import bisect_left
from dataclasses import replace

from common.calendar import WorkingCalendar
from common.problems import Finding
from procedure_library.checks import budgets
from procedure_library.checks.subject import Subject
from procedure_library.definition import Definition, Step
from procedure_library.ready_made import national_calendar
from procedure_library.remedies.remedy import Remedy

# Tenths that are left of each budget, the most first.
SHARES = tuple(range(9, 0, -1))


def shortened(subject: Subject, finding: Finding) -> Remedy | None:
    """The longest budgets in the same proportion that always fit; None where even a tenth of them does not."""
    calendar = subject.calendar or national_calendar().calendar
    place = bisect_left(SHARES, True, key=lambda share: _fits(_with(subject, share), calendar))
    if place == len(SHARES):
        return None
    mended = _with(subject, SHARES[place])
    return Remedy("procedures.remedy.shorten_budgets", mended, {"steps": _told(subject, mended)})


def _with(subject: Subject, share: int) -> Definition:
    return replace(subject.definition, steps=tuple(_shortened(s, share) for s in subject.definition.steps))


def _shortened(step: Step, share: int) -> Step:
    """What the applicant is given for an answer is none of the office's time."""
    if step.budget is None or step.kind == "supplement":
        return step
    return replace(step, budget=replace(step.budget, amount=max(1, step.budget.amount * share // 10)))


def _fits(mended: Definition, calendar: WorkingCalendar) -> bool:
    return not any(budgets.check(Subject(mended, calendar)))


def _told(subject: Subject, mended: Definition) -> str:
    """«Thẩm định 5 → 4; Ký 2 → 1»."""
    pairs = zip(subject.definition.steps, mended.steps, strict=True)
    changed = ((old, new) for old, new in pairs if old.budget and new.budget and old != new)
    return "; ".join(f"{o.name.vi or o.key} {o.budget.amount} → {n.budget.amount}" for o, n in changed)  # type: ignore[union-attr]
