"""A province's past, written by the database itself: dossiers, tasks and events of forty communes.

Every dossier is a copy of one that our engine made, with its own number, day, person and unit; one in twenty
is still open (one in four where the work is behind), one in seven solved by another unit than received it. What
the queries read is as it would be: names are spread as in life, a third of all people are called Nguyễn.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.db import Database

COMMUNES = 40
OPEN_IN = 20
# Where questions are asked: somebody who comes often has twenty dossiers there.
OFFICE = "commune_8"
# One commune is behind with its work: of a million dossiers it has more than a hundred pages open.
BUSY, OPEN_IN_BUSY = "commune_9", 4
TABLES = ("dossiers", "tasks", "dossier_events")

_UNITS = """
insert into units (key, code, name_vi, name_en, level, area_code, province_code, address, phone, valid_from, revision)
select 'commune_' || n, '000.00.' || n || '.H01', 'Ủy ban nhân dân phường ' || n, '', 'commune', '', '01', '', '',
  '2025-07-01', 1 from generate_series(1, :communes) n
"""
# One person in three is a Nguyễn; given names and numbers tell them apart.
_NAMED = """case when n % 3 = 0 then 'nguyen ' else chr(97 + (n / 7 % 26)::int) || 'o ' end
  || 'thi ' || chr(97 + (n % 26)::int) || chr(97 + (n / 26 % 26)::int) || 'nh ' || n % 9973"""
_OPEN = "n / :communes % case when n % :communes = 8 then :open_in_busy else :open_in end = 0"
_DOSSIERS = f"""
insert into dossiers (filing_number, code, version_id, procedure_key, case_type, channel, unit_id, solving_unit_id,
  owner_id, applicant, applicant_folded, identity_hash, locale, status, state, events, submitted_at, received_at,
  due_at, appointment_at, finished_at)
select 'N' || n, '000.00.' || n % :communes || '.H01-' || n, d.version_id, d.procedure_key, d.case_type, d.channel,
  units[1 + n % :communes], units[1 + case when n % 7 = 0 then n / 7 else n end % :communes], null, d.applicant,
  {_NAMED}, case when n < :communes * 20 and n % :communes = 7 then :person else md5(n::text) || md5('x' || n) end,
  'vi', case when {_OPEN} then 'in_process' else 'returned' end, d.state, 8,
  at, at, at + interval '14 days', at + interval '14 days',
  case when not {_OPEN} then at + n % 12 * interval '1 day' end
from generate_series(1, :count) n,
  lateral (select timestamptz '2026-03-01 08:00+07' - (:count - n) * interval '90 seconds' as at) as made,
  (select array_agg(id order by id) as units from units where key like 'commune_%') as all_units,
  (select * from dossiers where id = :pattern) d
"""
_TASKS = """
insert into tasks (dossier_id, number, kind, step, role, unit_id, status, opened_at, due_at, sort_at, done_at, outcome)
select d.id, t, case t when 1 then 'reception' else 'step' end,
  (select max(step) from tasks where dossier_id = :pattern and kind = 'step'), 'case_officer', d.unit_id,
  case when d.finished_at is null and t = 4 then 'open' else 'done' end, d.submitted_at, d.due_at,
  d.due_at + d.id % 86400 * interval '1 second',
  case when d.finished_at is null and t = 4 then null else d.due_at end, ''
from dossiers d, generate_series(1, 4) t where d.filing_number like 'N%' and d.id <> :pattern
"""
_EVENTS = """
insert into dossier_events (dossier_id, number, act, at, account_id, record)
select d.id, n, 'complete', d.submitted_at, null, e.record
from dossiers d, generate_series(1, 3) n,
  (select record from dossier_events where dossier_id = :pattern and number = 2) e
where d.filing_number like 'N%' and d.id <> :pattern
"""
_REFERENCES = """
select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
where contype = 'f' and conrelid::regclass::text = any(:tables)
"""


def fill(owner: Database, count: int, pattern: int, person: str) -> None:
    """So many dossiers, each like the one with that id; `person` is the identity hash of who comes often."""
    asked = {
        "count": count,
        "pattern": pattern,
        "person": person,
        "communes": COMMUNES,
        "open_in": OPEN_IN,
        "open_in_busy": OPEN_IN_BUSY,
    }
    with owner.transaction() as session, unreferenced(session, TABLES):
        session.execute(text(_UNITS), {"communes": COMMUNES})
        session.execute(text(_DOSSIERS), asked)
        for statement in (_TASKS, _EVENTS):
            session.execute(text(statement), {"pattern": pattern})


@contextmanager
def unreferenced(session: Session, tables: Sequence[str]) -> Iterator[None]:
    """Without looking up every row's references: they are right, and millions of look-ups take minutes."""
    references = session.execute(text(_REFERENCES), {"tables": list(tables)}).all()
    for table, name, _ in references:
        session.execute(text(f'alter table {table} drop constraint "{name}"'))
    yield
    for table, name, definition in references:
        session.execute(text(f'alter table {table} add constraint "{name}" {definition} not valid'))


def analyze(owner: Database) -> None:
    """Statistics and visibility as a house has them that has run for a while."""
    engine = owner.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("vacuum analyze"))
