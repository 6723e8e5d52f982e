"""The clock's round, every hour: each list some at a time, each piece in a transaction of its own.

Nothing depends on when a round runs. After a week without any, the first one finds what was crossed meanwhile, in
the order of the limits; two rounds at once find it once.
"""

from collections.abc import Callable, Mapping

from common.jobs import Work, defer, job
from runtime.pages import After
from runtime.watch import limits, open_ones, waiting
from runtime.watch.watching import Watch

# Settled ones first: what ended by itself is not told any more.
LISTS: Mapping[str, Callable[[Watch, After | None], After | None]] = {
    "settled": open_ones.settled,
    "unanswered": waiting.unanswered,
    "apologies": limits.apologies,
    "overdue": limits.overdue,
    "tasks_overdue": limits.tasks_overdue,
    "due_soon": limits.due_soon,
    "not_collected": waiting.not_collected,
}


@job("clock.watch")
def watch_limits(work: Work) -> None:
    """Every hour."""
    watch_round(work)


@job("clock.look")
def look_at(work: Work, *, name: str, after: str) -> None:
    """Some of one list."""
    look_on(work, name, after)


def watch_round(work: Work) -> None:
    """Asks for one look at each list."""
    for name in LISTS:
        defer(work.session, look_at, name=name, after="")


def look_on(work: Work, name: str, after: str) -> None:
    """Looks at some of a list; what is left is asked for in the same transaction."""
    last = LISTS[name](Watch(work.session, work.at), After.read(after))
    if last is not None:
        defer(work.session, look_at, name=name, after=str(last))
