"""The same form sent again is one act: a double click, an answer that was lost, a browser that went back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from common.problems import Refusal
from runtime import dossiers, halting, tasks
from runtime.models.dossiers import Dossier, DossierEvent
from runtime.replay import replay, verify
from tests.runtime.machine.house import CITIZENS, OFFICIALS
from tests.runtime.machine.verbs import REASON, VERBS, Asking, Choice
from tests.runtime.small import MONDAY
from tests.runtime.tables import rows_of
from tests.runtime.test_term_acts import ONCE, extendable
from tests.runtime.town import Town, publish_small

LATER = MONDAY + timedelta(minutes=5)
FORM = "-page-0123456789.as-it-was"


def _suspended(town: Town) -> Dossier:
    by = town.official("leader")
    return _sure(
        halting.suspend(town.session, town.received(), why="incident", reason=REASON, by=by, at=MONDAY)
    )


def _asked(town: Town) -> Dossier:
    dossier = town.received()
    town.complete(dossier, "incomplete", reason=REASON)
    return dossier


def _claimed(town: Town) -> Dossier:
    dossier = town.received()
    _sure(tasks.claim(town.session, town.task(dossier), by=town.official("case_officer"), at=MONDAY))
    return dossier


def _returned_for_completion(town: Town) -> Dossier:
    by = town.official("reception")
    return _sure(dossiers.return_for_completion(town.session, town.filed(), reason=REASON, by=by, at=MONDAY))


def _paid(town: Town) -> Dossier:
    """Ahead of reception; then it was not accepted."""
    dossier = town.filed()
    _sure(dossiers.pay(town.session, dossier, by=town.official("cashier"), at=MONDAY))
    return _sure(
        dossiers.refuse(town.session, dossier, reason=REASON, by=town.official("reception"), at=MONDAY)
    )


STANDS: dict[str, Callable[[Town], Dossier]] = {
    "filed": lambda town: town.filed(),
    "sent back": _returned_for_completion,
    "received": lambda town: town.received(),
    "claimed": _claimed,
    "suspended": _suspended,
    "supplement": _asked,
    "finished": lambda town: town.finished(),
    "paid": _paid,
}


def _sure(answer: Any) -> Any:
    assert not isinstance(answer, Refusal | tuple), answer
    return answer


def _person(town: Town, who: str) -> Any:
    return town.citizen(CITIZENS[who]) if who in CITIZENS else town.official(*OFFICIALS[who][:2])


@pytest.mark.parametrize("row", rows_of("sent_again.csv"), ids=lambda row: f"{row['verb']}-{row['stands']}")
def test_what_was_sent_is_answered_as_the_table_says(town: Town, row: dict[str, str]) -> None:
    rules = extendable(ONCE).rules
    publish_small(town.session, MONDAY - timedelta(days=3), MONDAY.date(), rules=rules)
    dossier = STANDS[row["stands"]](town)
    choice = Choice(pick=int(row["pick"] or 0), way=int(row["way"] or 0))
    who, once = _person(town, row["by"]), f"{dossier.events}{FORM}"
    form = Asking(town.session, dossier, who, MONDAY, choice, once, number=_latest(dossier))
    verb = VERBS[row["verb"]]
    first = _sure(verb(form))
    events = dossier.events
    told = {
        "again": verb(replace(form, at=LATER)),
        "edited": verb(replace(form, at=LATER, once=form.once.replace("as-it-was", "otherwise"))),
        "another page": verb(replace(form, at=LATER, once=form.once.replace("page", "other"))),
    }
    assert _same(told.pop("again"), first)
    assert {name: _code(answer) for name, answer in told.items()} == {name: row[name] for name in told}
    assert (dossier.events, len(town.all(DossierEvent, dossier_id=dossier.id))) == (events, events)
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def _same(one: Any, other: Any) -> bool:
    return bool(type(one) is type(other) and one.id == other.id)


def _latest(dossier: Dossier) -> int:
    """The number of the task that was opened last."""
    return int(dossier.state["opened"])


def _code(answer: Any) -> str:
    if not isinstance(answer, Refusal):
        return "done"
    named = "" if {"who", "at"} <= set(answer.parameters) else " (nobody named)"
    return answer.code + named
