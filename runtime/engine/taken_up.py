"""A dossier of an older system has a promised day and no term: nobody here knows how that system counted. An act that
moves its deadline takes the term up: what is left of it on that day, in working days, until the promised one."""

from dataclasses import dataclass
from datetime import date, datetime

from common.calendar import ONE_DAY, CalendarNotLoaded, WorkingCalendar
from common.clock import local_date, to_the_minute
from common.problems import Refusal
from rules_dsl.allowance import Extension
from rules_dsl.evaluation import Evaluation
from rules_dsl.terms import Allowance, LedgerEntry
from runtime.engine import amounts
from runtime.engine.context import Context
from runtime.engine.state import State


@dataclass(frozen=True, slots=True)
class TakenUp:
    """The term by now with the ledger that begins here; nothing new where the dossier has a term of its own."""

    allowance: Allowance | None
    ledger: tuple[LedgerEntry, ...] = ()
    terms: tuple[Evaluation, ...] = ()

    @property
    def is_new(self) -> bool:
        return bool(self.ledger)


def taken_up(context: Context, state: State, at: datetime) -> TakenUp | Refusal:
    """A supplement asked for later stops this term and lets it go on; extended it is as the term rule allows."""
    if not state.has_only_a_promise:
        return TakenUp(state.allowance)
    assert state.due is not None
    promised, calendar = state.due.on or local_date(at), context.reference.calendar
    facts = amounts.facts_at(context, state, "reception", at)
    if isinstance(facts, Refusal):
        return facts
    if calendar is None:
        return Refusal("dossiers.calendar_not_loaded", {"year": promised.year})
    try:
        left = _working_days(local_date(at), promised, calendar)
    except CalendarNotLoaded as missing:
        return Refusal("dossiers.calendar_not_loaded", {"year": missing.day.year})
    kind = amounts.case_type(context)
    terms = amounts.evaluate(context, facts, (kind.term,) if kind.term else ())
    allowance = Allowance(
        left, "working_day", same_day=not left, supplement="pause", extension=_extension(terms)
    )
    return TakenUp(allowance, (LedgerEntry("started", to_the_minute(at)),), terms)


def _working_days(after: date, until: date, calendar: WorkingCalendar) -> int:
    days = (after + ONE_DAY * n for n in range(1, (until - after).days + 1))
    return sum(calendar.is_working(day) for day in days)


def _extension(terms: tuple[Evaluation, ...]) -> Extension | None:
    allowance = amounts.allowance_of(terms)
    return allowance.extension if allowance else None
