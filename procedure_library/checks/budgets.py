"""The budgets of the steps that a case type passes fit into its legal term, whenever a dossier comes in.

Good: three steps of 2, 1 and 1 working days in a term of 5. Bad: a review of 7 working days and a signature of 1
in a term of 15 calendar days: before Tết that is a day too many. Where it never fits it is an error; where some
days of the calendar are too short it is a warning that names them. Each unit asked at once counts with its own limit;
while the applicant answers or pays the clock stands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, product

from common.calendar import WorkingCalendar
from common.problems import Finding, Parameter, Severity
from procedure_library.checks.subject import Subject
from procedure_library.definition import Duration, Step
from procedure_library.remembered import Remembered, days_of
from procedure_library.semantics import Graph
from rules_dsl.allowance import Allowance
from rules_dsl.budgets import Course, Overruns, overruns
from rules_dsl.nodes import Term
from rules_dsl.outcomes import allowance_for

MOST_STRETCHES = 12
NEVER_KEPT: tuple[str, Severity] = ("procedures.term.never_kept", "error")
NOT_ALWAYS_KEPT: tuple[str, Severity] = ("procedures.term.not_kept", "warning")
remembered: Remembered[Overruns] = Remembered(256)
DAY = timedelta(days=1)
# Enough to tell which budget is the longest.
HOURS = {"working_hour": 1, "calendar_day": 8, "working_day": 8}


@dataclass(frozen=True, slots=True)
class Stage:
    """A step as far as time goes."""

    key: str
    budget: Duration | None
    waits: bool


def check(subject: Subject) -> Iterator[Finding]:
    if subject.calendar is None or not any(any(limits_of(step)) for step in subject.definition.steps):
        return
    for rule, course in dict.fromkeys(_terms(subject)):
        for line in rule.clauses:
            found = _overruns(course, allowance_for(rule, line, None), subject.calendar)
            if found.days:
                yield _finding(subject, found)


def _overruns(course: Course, allowance: Allowance, calendar: WorkingCalendar) -> Overruns:
    key = (course, allowance, days_of(calendar))
    return remembered.get(key, lambda: overruns(course, allowance, calendar))


def _terms(subject: Subject) -> Iterator[tuple[Term, Course]]:
    """The terms of the case types, each with the steps that the case type passes. One that counts from another day has
    another clock than the steps."""
    for kind in subject.definition.case_types:
        rule = subject.rules.get(kind.term or "")
        if isinstance(rule, Term) and rule.since is None:
            yield rule, _course(subject.ways_of[kind.key])


def limits_of(step: Step) -> tuple[Duration | None, ...]:
    """How long the step may take; of several units asked at once each has its own limit. While a payment is awaited
    the clock stands."""
    if step.kind == "payment":
        return (None,)
    return tuple(dict.fromkeys(ask.budget or step.budget for ask in step.asks)) or (step.budget,)


def _course(ways: Graph) -> Course:
    """Each limit of a step is a stage of its own, beside the others: "consult/0", "consult/1"."""
    names = {key: [f"{key}/{number}" for number in range(len(limits_of(s)))] for key, s in ways.steps.items()}
    stages = (
        Stage(name, limit, step.kind == "supplement")
        for step in ways.steps.values()
        for name, limit in zip(names[step.key], limits_of(step), strict=True)
    )
    moves = (move for key in ways.steps for move in ways.exits(key))
    pairs = (product(names[move.source], names[move.target]) for move in moves)
    return Course(tuple(stages), tuple(chain.from_iterable(pairs)))


def _finding(subject: Subject, found: Overruns) -> Finding:
    """At the step that takes the longest: the law's term is no fault, and there is most to be saved."""
    first = found.days[0]
    way = [_limited(subject.graph, name) for name in first.way]
    parameters: dict[str, Parameter] = {
        "received": _told(first.received_on),
        "due": _told(first.due_on),
        "done": _told(first.done_on),
        "steps": " → ".join(step.name.vi for step, _limit in way),
        "count": len(found.days),
        "tried": found.tried,
        "days": _stretches([overrun.received_on for overrun in found.days]),
    }
    always = len(found.days) == found.tried
    code, severity = NEVER_KEPT if always else NOT_ALWAYS_KEPT
    longest, _limit = max(way, key=lambda each: each[1].amount * HOURS[each[1].unit])
    return Finding(code, longest.key, parameters, severity)


def _limited(graph: Graph, name: str) -> tuple[Step, Duration]:
    """The step of a stage that takes time, and how much."""
    key, _slash, number = name.partition("/")
    limit = limits_of(graph.steps[key])[int(number)]
    assert limit is not None
    return graph.steps[key], limit


def _stretches(days: Sequence[date]) -> str:
    """Days in a row as one stretch, and how many stretches more: "05/02/2026–11/02/2026, 24/04/2026, +3"."""
    stretches: list[list[date]] = []
    for day in days:
        if stretches and day - stretches[-1][1] == DAY:
            stretches[-1][1] = day
        else:
            stretches.append([day, day])
    told = [_told(first) if first == last else f"{_told(first)}–{_told(last)}" for first, last in stretches]
    more = len(told) - MOST_STRETCHES
    return ", ".join([*told[:MOST_STRETCHES], *([f"+{more}"] if more > 0 else [])])


def _told(day: date) -> str:
    return f"{day:%d/%m/%Y}"
