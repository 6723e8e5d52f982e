"""Where open dossiers of a version rest: what the designer shows on the drawing."""

from datetime import timedelta
from typing import Any

from procedure_library.resting import Resting
from runtime.resting import resting
from tests.runtime.test_figures import on, row
from tests.runtime.town import Town


def at(*steps: str) -> dict[str, Any]:
    return {"marking": {"waiting": list(steps), "arrived": [], "ended": None}}


def test_open_dossiers_are_counted_where_they_rest_and_late_ones_beside(town: Town) -> None:
    now = on(20)
    rows = [
        row(town, 1, state=at("examine"), due_at=now + timedelta(days=1)),
        row(town, 2, state=at("examine"), due_at=now - timedelta(minutes=1)),
        row(town, 3, state=at("examine", "ask"), due_at=None),
        # Its clock stands still: it is not late.
        row(town, 4, state=at("wait"), status="awaiting_supplement", due_at=now - timedelta(days=9)),
        row(town, 5, state=at("examine"), status="stopped", finished_at=now, due_at=now - timedelta(days=9)),
        row(town, 6, state={}, status="submitted", code=None, received_at=None),
    ]
    town.session.add_all(rows)
    town.session.flush()
    assert resting(town.session, rows[0].version_id, at=now) == {
        "examine": Resting(3, 1),
        "ask": Resting(1),
        "wait": Resting(1),
    }
    assert resting(town.session, rows[0].version_id + 1000, at=now) == {}
