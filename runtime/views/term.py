"""The term of a dossier, day by day: what counted, what did not and why, and what is left."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from common.clock import local_date
from common.text import Text
from procedure_library.compiled import Compiled
from rules_dsl import nodes as n
from rules_dsl.explain import day_sentences
from rules_dsl.facts import scope
from rules_dsl.ledger import Stop, runs
from rules_dsl.terms import Allowance, Deadline, derive
from runtime.engine import clock
from runtime.engine.state import State
from runtime.models.dossiers import Dossier
from runtime.worlds import calendar_of_deadline, calendar_of_unit

# What a day is called only because the supplement is supposed to come on it.
IF_ANSWERED_NOW = frozenset({"term.resumed", "term.restarted", "term.same_day"})


@dataclass(frozen=True, slots=True)
class ToldDay:
    """One day: its name, whether it counted, why. `is_ahead`: after today."""

    name: str
    counted: bool
    why: str
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class ToldTerm:
    """`used` of `of` days are gone; `of` 0: not counted in days.

    `stops` are the stretches when the clock stood still; `stands_still` that it does now, and then `due_on` is
    what it would be if the supplement came today.
    """

    allowance: Allowance
    days: tuple[ToldDay, ...]
    used: int
    of: int
    stops: tuple[Stop, ...]
    stands_still: bool
    due_on: date

    @property
    def left(self) -> int:
        return self.of - self.used


def term_of(session: Session, dossier: Dossier, state: State, at: datetime, language: str) -> ToldTerm | None:
    """The term as of now; None when none runs, or no calendar reaches its end."""
    if state.allowance is None or state.received_at is None:
        return None
    owes = state.status == "awaiting_payment"
    asked = state.status == "awaiting_supplement" and state.allowance.supplement != "continue"
    stands_still = owes or asked
    ledger = state.ledger + (clock.released(state, at) if owes else clock.resumed(state, at) if asked else ())
    if stands_still:
        calendar = calendar_of_unit(session, dossier.solving_unit, local_date(at))
    else:
        calendar = calendar_of_deadline(session, dossier)
    deadline = derive(state.allowance, ledger, calendar) if calendar else None
    if not isinstance(deadline, Deadline):
        return None
    until = _last_told(state, stands_still, deadline, local_date(at))
    used, of = _used(deadline, min(until, local_date(at)))
    if stands_still:
        deadline = _still_waiting(deadline, until)
    stops = tuple(stop for run in runs(state.ledger) for stop in run.stops)
    days = _told(deadline, until, local_date(at), language)
    return ToldTerm(state.allowance, days, used, of, stops, stands_still, deadline.due_on)


def waits_for(compiled: Compiled, case_type: str) -> Text:
    """What the term of the case type is counted from, as the form or the rules call it."""
    kind = compiled.case_type(case_type)
    rules = {rule.name: rule for rule in compiled.rules.rules}
    term = rules.get(kind.term or "") if kind else None
    start = term.since.path if isinstance(term, n.Term) and term.since else ""
    known = scope(compiled.definition.form).facts.get(start)
    named = rules[start].title if start in rules else known.title if known else Text("")
    return named if named.vi else Text(start)


def _still_waiting(deadline: Deadline, today: date) -> Deadline:
    """The deadline was worked out as if the supplement came today; of the days told, today still waits for it."""
    days = (
        replace(line, counted=False, code="term.suspended", parameters={})
        if line.day == today and line.code in IF_ANSWERED_NOW
        else line
        for line in deadline.days
    )
    return replace(deadline, days=tuple(days))


def _last_told(state: State, stands_still: bool, deadline: Deadline, today: date) -> date:
    """Until the deadline; but no further than the day on which the office was finished, or stands still."""
    if stands_still:
        return today
    ended = next((entry.at for entry in state.ledger if entry.kind == "stopped"), None)
    return min(local_date(ended), deadline.due_on) if ended else deadline.due_on


def _used(deadline: Deadline, until: date) -> tuple[int, int]:
    """The number of the last day that counted, and of how many; a restart begins at nothing again."""
    used, of = 0, 0
    for line in deadline.days:
        of = int(line.parameters.get("of", of))
        if line.day <= until:
            used = 0 if line.code == "term.restarted" else int(line.parameters.get("number", used))
    return used, of


def _told(deadline: Deadline, until: date, today: date, language: str) -> tuple[ToldDay, ...]:
    told = zip(deadline.days, day_sentences(deadline, language), strict=False)
    return tuple(
        ToldDay(*_parts(sentence, line.counted), line.day > today)
        for line, sentence in told
        if line.day <= until
    )


def _parts(sentence: str, counted: bool) -> tuple[str, bool, str]:
    """Every sentence of a day begins with its name and a colon."""
    name, _, why = sentence.partition(": ")
    return name, counted, why[:1].upper() + why[1:]
