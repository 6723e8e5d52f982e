"""Remedies for budgets that do not fit the legal term: all of them shortened alike, as little as is needed."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from common.calendar import WorkingCalendar
from common.problems import Finding
from procedure_library.checks import budgets
from procedure_library.checks.subject import Subject
from procedure_library.definition import Ask, Definition, Duration, Step
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
    """What the applicant is given to answer or to pay is none of the office's time."""
    if step.kind in ("supplement", "payment"):
        return step
    asks = tuple(replace(ask, budget=_less(ask.budget, share)) for ask in step.asks)
    return replace(step, budget=_less(step.budget, share), asks=asks)


def _less(budget: Duration | None, share: int) -> Duration | None:
    return replace(budget, amount=max(1, budget.amount * share // 10)) if budget else None


def _fits(mended: Definition, calendar: WorkingCalendar) -> bool:
    return not any(budgets.check(Subject(mended, calendar)))


def _told(subject: Subject, mended: Definition) -> str:
    """«Thẩm định 5 → 4; Ký 2 → 1»."""
    pairs = zip(_limits(subject.definition), _limits(mended), strict=True)
    return "; ".join(f"{name} {old} → {new}" for (name, old), (_name, new) in pairs if old != new)


def _limits(definition: Definition) -> Iterator[tuple[str, int]]:
    """Every limit by the name of the step or unit that has it."""
    for step in definition.steps:
        things: tuple[Step | Ask, ...] = (step, *step.asks)
        for thing in things:
            if thing.budget:
                yield thing.name.vi or thing.key, thing.budget.amount
