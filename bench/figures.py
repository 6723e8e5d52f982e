"""What a leader waits for: the figures of a quarter over a hundred thousand dossiers."""

from datetime import date

from sqlalchemy import select, text

from bench import measures, median_seconds
from bench.storage import migrated
from common.clock import system_clock
from common.db import Database
from common.identity.models import Unit
from common.operations.database import application_url
from procedure_library.loading import load_library
from procedure_library.models import Version
from runtime.demo.province import make_units
from runtime.figures.counting import figures
from runtime.figures.period import read

DOSSIERS = 100_000
# Five years, three communes; every fortieth dossier is still open.
FILL = """
insert into dossiers (filing_number, code, version_id, procedure_key, case_type, channel, unit_id, solving_unit_id,
  applicant, applicant_folded, locale, status, state, events, submitted_at, received_at, due_at, finished_at)
select 'N' || n, 'C' || n, :version, 'p' || n % 20, 'ordinary', 'online', unit, unit, '{}', '', 'vi',
  case when n % 40 = 0 then 'in_process' else 'returned' end, '{}', 1, at, at, at + interval '5 days',
  case when n % 40 > 0 then at + n % 7 * interval '1 day' end
from generate_series(1, :count) n, lateral (select
  (cast(:units as int[]))[1 + n % cardinality(cast(:units as int[]))] as unit,
  timestamptz '2021-10-01 08:00+07' + n * interval '26 minutes' as at) as made
"""


@measures("figures.period", "ms", "<= 300")
def figures_of_a_quarter() -> float:
    """By unit and procedure, for somebody who leads every unit."""
    period = read("2026-Q3")
    assert period is not None
    with migrated() as settings:
        database = Database(application_url(settings))
        with database.transaction() as session:
            load_library(session, at=system_clock())
            make_units(session)
            units = session.scalars(select(Unit.id).where(Unit.level == "commune")).all()
            version = session.scalars(select(Version.id).limit(1)).one()
            session.execute(text(FILL), {"version": version, "count": DOSSIERS, "units": list(units)})
        with database.session() as session:
            session.execute(text("analyze dossiers"))
            taken = median_seconds(lambda: figures(session, period, units, today=date(2026, 9, 30)))
        database.engine.dispose()
    return taken * 1000
