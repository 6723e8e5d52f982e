"""Dates that could not be told at reception follow, with a slip, once the year's calendar is confirmed."""

from dataclasses import replace
from datetime import date, datetime

from common.clock import ZONE
from common.identity.actor import machine
from common.jobs import Work
from config import Settings
from procedure_library.ready_made import national_calendar
from procedure_library.reference import record_calendar
from runtime import queries
from runtime.deadlines import derive_undated
from runtime.models.dossiers import DossierEvent
from runtime.models.papers import Notice
from runtime.office import Office
from runtime.replay import replay, verify
from tests.runtime.town import Town

LATE = datetime(2026, 12, 30, 9, 0, tzinfo=ZONE)
NEW_YEAR = datetime(2027, 1, 2, 8, 0, tzinfo=ZONE)


def test_the_date_follows_once_the_year_is_loaded(town: Town, office: Office, settings: Settings) -> None:
    dossier = town.received(LATE)
    assert (dossier.due_at, dossier.appointment_at) == (None, None)
    work = Work(town.session, NEW_YEAR, office.files, settings)
    derive_undated(work)
    assert dossier.appointment_at is None
    calendar = national_calendar().calendar
    longer = replace(calendar, version=2, covers_until=date(2027, 12, 31))
    by = machine("test")
    record_calendar(
        town.session, longer, effective_from=date(2026, 12, 31), basis="Lịch 2027", by=by, at=NEW_YEAR
    )
    derive_undated(work)
    assert dossier.appointment_at == datetime(2027, 1, 4, 23, 59, tzinfo=ZONE)
    assert [letter.kind for letter in queries.letters_of(town.session, dossier)][-1] == "reception_slip"
    assert town.all(Notice, dossier_id=dossier.id)[-1].news == "appointed"
    events = len(town.all(DossierEvent, dossier_id=dossier.id))
    derive_undated(work)
    assert len(town.all(DossierEvent, dossier_id=dossier.id)) == events
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()
