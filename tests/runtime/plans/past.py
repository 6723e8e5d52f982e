"""Thousands of dossiers like one, with all that stands beside them."""

from sqlalchemy import Identity, text
from sqlalchemy.orm import Session

from bench.growth.filling import analyze, fill, unreferenced
from common.db import Base, Database

COUNT = 10_000
# A sequential scan of one of these is what a house notices after some years.
GROWING = (
    *("dossiers", "tasks", "dossier_events", "answers", "evaluations", "reasons", "letters", "notices"),
    *("decisions", "charges", "payments", "applications", "documents", "uploads", "audit"),
)
# What every dossier has some of: one row of the pattern each.
BESIDE = ("answers", "evaluations", "letters", "notices", "decisions", "charges", "payments", "applications")
OTHERS = ("d.id <> :pattern", "d.filing_number like 'N%'")
DOCUMENTS = """
insert into documents (application_id, component, field, name, media_type, size, digest, uploaded_by, uploaded_at)
select id, '', '', 'scan.pdf', 'application/pdf', 1000, md5(id::text) || md5('x' || id), begun_by, begun_at
from applications
"""
UPLOADS = """
insert into uploads (key, application_id, component, field, name, length, arrived, promised, document_id, begun_by,
  begun_at, changed_at)
select md5(id::text), application_id, '', '', name, size, size, digest, id, uploaded_by, uploaded_at, uploaded_at
from documents
"""
REASONS = """
insert into reasons (dossier_id, event, text) select id, 2, 'Thiếu chữ ký.' from dossiers where filing_number like 'N%'
"""
AUDIT = """
insert into audit (at, account_id, actor, act, subject_kind, subject_key, details)
select submitted_at, null, '', 'dossier.accept', 'dossier', filing_number, '{}' from dossiers
"""


def live_on(owner: str, pattern: int) -> None:
    """Fills the house with dossiers like that one."""
    database = Database(owner)
    fill(database, COUNT, pattern, "")
    with database.transaction() as session, unreferenced(session, GROWING):
        for table in BESIDE:
            _copy(session, table, pattern)
        for statement in (DOCUMENTS, UPLOADS, REASONS, AUDIT):
            session.execute(text(statement))
    analyze(database)
    database.engine.dispose()


def _copy(session: Session, table: str, pattern: int) -> None:
    columns = Base.metadata.tables[table].columns
    names = [c.name for c in columns if not isinstance(c.server_default, Identity)]
    values = [{"dossier_id": "d.id", "number": _number(table)}.get(name, f"one.{name}") for name in names]
    session.execute(
        text(
            f"insert into {table} ({', '.join(names)}) select {', '.join(values)} from dossiers d, "
            f"(select * from {table} where dossier_id = :pattern limit 1) one where {' and '.join(OTHERS)}"
        ),
        {"pattern": pattern},
    )


def _number(table: str) -> str:
    """A payment's is its own; what counts within a dossier stays."""
    return "d.id::text" if table == "payments" else "one.number"
