"""A unit has closed: from then on days count by the unit that has its work, and nothing before is judged anew."""

from datetime import date, datetime

import pytest

from common.identity.administration.units import close_unit
from common.jobs import Work
from config import Settings
from runtime import dossiers
from runtime.deadlines import derive_changed
from runtime.office import Office
from runtime.replay import replay, verify
from tests.runtime.small import MONDAY
from tests.runtime.test_changed_days import TUESDAY, asked, end, recorded
from tests.runtime.town import Town


@pytest.fixture
def work(town: Town, office: Office, settings: Settings) -> Work:
    return Work(town.session, TUESDAY, office.files, settings)


def closed(town: Town, until: date, at: datetime = MONDAY) -> None:
    """The unit ends with that day; Hoa Binh carries on its work."""
    by, heir = town.official("administrator", "province"), town.units["hoa_binh"]
    assert close_unit(town.session, town.units["tan_an"], until=until, successor=heir, by=by, at=at) is None
    town.session.flush()


@pytest.mark.parametrize(
    ("last_day", "whose", "due"),
    [
        # Received on Monday 2 March, three working days; the storm is on 4 and 5 March.
        (3, "hoa_binh", 9),  # closed before the storm: the successor cannot work
        (4, "hoa_binh", 6),  # the successor has the work on the second day only
        (5, "hoa_binh", 5),  # closed after it: what the successor cannot do then is not its work yet
        (3, "tan_an", 5),  # the storm is where nobody works on it any more
        (4, "tan_an", 6),
        (3, "province", 9),  # decided for all below, the successor included
    ],
)
def test_days_count_by_the_unit_that_has_the_work_that_day(
    town: Town, work: Work, last_day: int, whose: str, due: int
) -> None:
    dossier = town.received()
    closed(town, date(2026, 3, last_day))
    recorded(town, unit=town.units[whose], with_below=whose == "province")
    derive_changed(work, date(2026, 3, 4))
    assert dossier.due_at == end(due)
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def test_what_is_answered_after_the_closing_counts_by_the_successor(town: Town) -> None:
    dossier = town.received()
    town.complete(dossier, "incomplete", reason="Thiếu chữ ký")
    closed(town, date(2026, 3, 3))
    recorded(town, unit=town.units["hoa_binh"])
    dossiers.answer_supplement(town.session, dossier, by=town.citizen(), at=TUESDAY)
    assert dossier.due_at is not None
    assert dossier.due_at >= end(9)
    assert verify(town.session, dossier) == ()


def test_closing_asks_for_the_deadlines_again_and_changes_no_history(town: Town, work: Work) -> None:
    recorded(town, unit=town.units["hoa_binh"])
    dossier = town.received()
    assert dossier.due_at == end(5)
    closed(town, date(2026, 3, 3), TUESDAY)
    assert asked(town) == ["2026-03-04", "2026-03-04"]
    # It was judged when the unit was open: what its successor could not do was no matter.
    assert verify(town.session, dossier) == ()
    derive_changed(work, date(2026, 3, 4))
    assert (dossier.due_at, dossier.appointment_at) == (end(9), end(9))
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()
