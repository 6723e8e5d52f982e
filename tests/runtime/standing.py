"""Dossiers that stand somewhere, and who acts on them: for tables of what people ask of them."""

from collections.abc import Callable
from typing import Any

from common.identity.actor import Actor
from common.problems import Refusal
from runtime import dossiers, halting, tasks
from runtime.models.dossiers import Dossier
from tests.runtime.machine.house import CITIZENS, OFFICIALS
from tests.runtime.machine.verbs import REASON
from tests.runtime.small import MONDAY
from tests.runtime.town import Town


def person(town: Town, who: str) -> Actor:
    """Who is called so in the tables."""
    if who in CITIZENS:
        return town.citizen(CITIZENS[who])
    role, unit, nth = OFFICIALS[who]
    return town.official(role, unit, nth)


def _sent_back(town: Town) -> Dossier:
    by = town.official("reception")
    return sure(dossiers.return_for_completion(town.session, town.filed(), reason=REASON, by=by, at=MONDAY))


def _claimed(town: Town) -> Dossier:
    dossier = town.received()
    sure(tasks.claim(town.session, town.task(dossier), by=town.official("case_officer"), at=MONDAY))
    return dossier


def _suspended(town: Town) -> Dossier:
    who = {"by": town.official("leader"), "at": MONDAY}
    return sure(halting.suspend(town.session, town.received(), why="incident", reason=REASON, **who))


def _supplement(town: Town) -> Dossier:
    dossier = town.received()
    town.complete(dossier, "incomplete", reason=REASON)
    return dossier


def _paid(town: Town) -> Dossier:
    """Ahead of reception; then it was not accepted."""
    dossier = town.filed()
    sure(dossiers.pay(town.session, dossier, by=town.official("cashier"), at=MONDAY))
    by = town.official("reception")
    return sure(dossiers.refuse(town.session, dossier, reason=REASON, by=by, at=MONDAY))


STANDS: dict[str, Callable[[Town], Dossier]] = {
    "filed": lambda town: town.filed(),
    "sent back": _sent_back,
    "received": lambda town: town.received(),
    "claimed": _claimed,
    "suspended": _suspended,
    "supplement": _supplement,
    "finished": lambda town: town.finished(),
    "paid": _paid,
}


def sure(answer: Any) -> Any:
    """The answer of a verb that must succeed."""
    assert not isinstance(answer, Refusal | tuple), answer
    return answer


def latest_task(dossier: Dossier) -> int:
    """The number of the task that was opened last."""
    return int(dossier.state["opened"])
