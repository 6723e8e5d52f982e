"""Papers bear the name that their unit had on their day."""

from datetime import date, datetime, timedelta

from common.clock import ZONE, local_date
from common.identity.naming import NewName, rename
from common.problems import Refusal
from runtime.letters.heads import letterhead
from tests.runtime.town import Town

BASIS = "Nghị quyết 1200/NQ-UBTVQH15"


def test_papers_bear_the_name_of_their_day(town: Town) -> None:
    unit, by = town.units["tan_an"], town.official("administrator", "province")
    at = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
    former = unit.name_vi
    new = NewName("Ủy ban nhân dân phường Cẩm Phô", "", local_date(at), BASIS)
    assert rename(town.session, unit, new, by=by, at=at) is None
    before, after = (letterhead(town.session, unit, when, "vi") for when in (at - timedelta(days=1), at))
    assert (before["agency"]["name"], before["unit"]["name"]) == (former, former)
    assert (after["agency"]["name"], after["place"]) == (new.name_vi, "Cẩm Phô")


def test_a_closed_unit_keeps_its_name(town: Town) -> None:
    unit, by = town.units["tan_an"], town.official("administrator", "province")
    unit.valid_until = date(2026, 2, 1)
    new = NewName("Ủy ban nhân dân phường Cẩm Phô", "", date(2026, 3, 2), BASIS)
    at = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
    assert rename(town.session, unit, new, by=by, at=at) == Refusal("identity.unit_closed_already")
