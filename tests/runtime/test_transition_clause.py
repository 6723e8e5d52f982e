"""The transition clause of a publication: what it says about dossiers under way, in a table that a jurist can read."""

from datetime import date, datetime, time
from typing import Any

import pytest

from common.clock import ZONE
from common.identity.actor import machine
from procedure_library.models import Version
from procedure_library.publishing import Basis, publish
from procedure_library.transition import TransitionClause
from runtime import dossiers
from runtime.models.dossiers import Dossier
from runtime.models.moves import Move
from runtime.moves.told import KEPT_BY_CLAUSE, tell
from tests.runtime.small import small
from tests.runtime.tables import day, rows_of
from tests.runtime.test_moves import CHECKING
from tests.runtime.town import FORM, SMALL, Town, publish_small

ROWS = rows_of("transition_clauses.csv")
JANUARY, APRIL = date(2026, 1, 2), date(2026, 4, 1)


def at_nine(on: date) -> datetime:
    return datetime.combine(on, time(9), ZONE)


def published(town: Town, clause: TransitionClause) -> Version:
    """The next version, from 01/04: the examining step has another key, nothing changes for the applicant."""
    version = publish(
        town.session,
        small(**{"form": FORM, **CHECKING}),
        by=machine("test"),
        at=at_nine(JANUARY),
        basis=Basis("Quyết định 2/QĐ-UBND"),
        effective_from=APRIL,
        transition=clause,
    )
    assert isinstance(version, Version), version
    return version


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['clause'] or 'nothing'}-{row['day']}")
def test_the_clause_says_what_becomes_of_a_dossier(row: dict[str, Any], town: Town) -> None:
    old = publish_small(town.session, at_nine(JANUARY), JANUARY)
    received = town.received(at_nine(day(row["received"])))
    waiting = town.filed(at_nine(date(2026, 3, 31)))
    new = published(town, TransitionClause(row["clause"], day(row["day"]) if row["day"] else None))
    assert waiting.version_id == old.id

    told = tell(
        town.session,
        Move(procedure_key=SMALL, version=new, to_version_id=new.id, steps={"examine": "check"}),
        received,
        town.official("leader"),
        at_nine(date(2026, 4, 6)),
    )
    said = "keeps" if told.why == KEPT_BY_CLAUSE else "must" if told.must else "may"
    assert told.why in ("", KEPT_BY_CLAUSE)
    accepted = dossiers.accept(
        town.session, waiting, by=town.official("reception"), at=at_nine(date(2026, 4, 6))
    )
    assert isinstance(accepted, Dossier), accepted
    pinned = "old" if accepted.version_id == old.id else "new"
    assert (said, pinned) == (row["move"], row["reception"])
