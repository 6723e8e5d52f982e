"""The player of the house: a course from its first act on, as far as it goes."""

from collections.abc import Sequence
from datetime import datetime

from common.clock import ZONE
from common.problems import Problem, Refusal
from procedure_library.compiled import Compiled
from procedure_library.course import WAIT, CourseAct
from procedure_library.playing import Halted, Played, Standing, Supposed
from procedure_library.shipped_places import national_places
from runtime.trial.asking import asked
from runtime.trial.offering import offers
from runtime.trial.table import Table
from runtime.trial.ticking import go_on, next_at

CLOCK = ("trials.clock_unreadable", "trials.clock_back")


def play(ready: Compiled, supposed: Supposed, acts: Sequence[CourseAct], *, at: datetime) -> Played:
    """See `procedure_library.playing.Player`. Addresses are judged by the list that ships, as in every example."""
    if ready.case_type(supposed.case_type) is None:
        gone = Halted(0, Refusal("trials.case_type_gone", {"case": supposed.case_type}))
        return Played((), Standing("unsent"), (), {}, at=at, halted=gone)
    table = Table(ready.with_places(national_places()), supposed, at)
    halted, waits = _through(table, acts)
    return Played(
        happened=tuple(table.happened),
        standing=table.standing(table.at),
        offers=offers(table),
        answers=table.answers,
        asked=table.state.asked,
        at=table.at,
        limit_at=next_at(table),
        halted=halted,
        waits=waits,
    )


def table_of(ready: Compiled, supposed: Supposed, acts: Sequence[CourseAct], *, at: datetime) -> Table:
    """The dossier itself after the acts."""
    table = Table(ready.with_places(national_places()), supposed, at)
    _through(table, acts)
    return table


def _through(table: Table, acts: Sequence[CourseAct]) -> tuple[Halted | None, Refusal | None]:
    """Where the course cannot go on, and why the machine waits after its last act."""
    waits: Refusal | None = None
    for place, act in enumerate(acts):
        because = _done(table, place, act)
        waits = (
            because
            if isinstance(because, Refusal) and act.act == WAIT and because.code not in CLOCK
            else None
        )
        if because is not None and waits is None:
            return Halted(place, because), None
    return None, waits


def _done(table: Table, place: int, act: CourseAct) -> Refusal | tuple[Problem, ...] | None:
    """Why the act cannot be done; None: it is. What fell due before it has happened by then."""
    at = _instant(act.at)
    if at is None or at < table.at:
        return Refusal("trials.clock_unreadable" if at is None else "trials.clock_back")
    waits = go_on(table, place, at)
    if act.act == WAIT:
        return waits
    found = asked(table, act)
    if isinstance(found, Refusal | tuple):
        return found
    for event in found.events:
        if refusal := table.happen(place, event, found.answers, act.reason):
            return refusal
    return None


def _instant(text: str) -> datetime | None:
    """An instant with its offset, where the office is."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read.astimezone(ZONE) if read.tzinfo else None
