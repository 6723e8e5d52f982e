"""The life of a procedure, day by day, in a table that a jurist can read: what is in force, filed, received."""

from datetime import date, datetime, time
from typing import Any

import pytest

from common.clock import ZONE
from common.problems import Refusal
from procedure_library.life.models import Act
from procedure_library.queries import search, version_in_force
from runtime import applications, dossiers
from runtime.intake import not_taken
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from tests.runtime.announced import announced
from tests.runtime.tables import day, rows_of
from tests.runtime.test_moves import CHECKING
from tests.runtime.town import SMALL, Town, publish_small

ROWS = rows_of("life.csv")
ACTS: dict[str, Act] = {
    "withdraw": "withdrawn",
    "suspend": "suspended",
    "resume": "resumed",
    "retire": "retired",
    "reinstate": "reinstated",
}
WHY = {
    None: "taken",
    "dossiers.intake_suspended": "paused",
    "dossiers.intake_suspended_until": "paused",
    "dossiers.procedure_retired": "retired",
}


def at_nine(on: date) -> datetime:
    return datetime.combine(on, time(9), ZONE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['acts']} {row['day']}")
def test_what_holds_that_day(row: dict[str, str], town: Town) -> None:
    versions = {
        publish_small(town.session, at_nine(date(2026, 1, 2)), date(2026, 1, 2)).id: "1",
        publish_small(town.session, at_nine(date(2026, 2, 2)), date(2026, 4, 1), **CHECKING).id: "2",
    }
    waiting = town.filed(at_nine(date(2026, 3, 10)))
    _announce(town, row["acts"])
    on = day(row["day"])
    found = version_in_force(town.session, SMALL, on)
    assert (versions[found.id] if found else "none") == row["in_force"]
    listed = [each.id for each in search(town.session, "good_standing", on=on).rows]
    assert listed == ([found.id] if found else [])
    assert _filing(town, on) == row["filing"]
    accepted = dossiers.accept(town.session, waiting, by=town.official("reception"), at=at_nine(on))
    assert isinstance(accepted, Dossier), accepted
    assert versions[accepted.version_id] == row["reception"]


def _announce(town: Town, acts: str) -> None:
    for told in filter(None, acts.split(";")):
        done, act, *days = told.split(" ")
        first, _, last = days[0].partition("-") if days else ("", "", "")
        said: dict[str, Any] = {"from_on": _day(first), "until_on": _day(last)}
        if act == "withdraw":
            said = {"version": _numbered(town, date(2026, 4, 1))}
        at = _day(done)
        assert at is not None
        announced(town, ACTS[act], at_nine(at), **said)


def _day(told: str) -> date | None:
    return day(f"{told}/2026") if told else None


def _numbered(town: Town, effective_from: date) -> int:
    found = version_in_force(town.session, SMALL, effective_from)
    assert found is not None
    return found.number


def _filing(town: Town, on: date) -> str:
    begun: Any = applications.begin(
        town.session,
        procedure_key=SMALL,
        case_type="ordinary",
        unit_id=town.units["tan_an"].id,
        channel="online",
        by=town.citizen(),
        at=at_nine(on),
    )
    refusal = not_taken(town.session, SMALL, on)
    assert isinstance(begun, Application) if refusal is None else begun == refusal
    return WHY[refusal.code if isinstance(refusal, Refusal) else None]
