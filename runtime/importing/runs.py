"""A file is kept with what was found in it; once ordered, a job takes its sound dossiers over, some at a time."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from common import audit
from common.identity.actor import Actor
from common.jobs import Work, defer, job
from common.problems import Refusal
from runtime.engine.parts import instant
from runtime.importing.checking import Report, check
from runtime.importing.taking_over import take_over
from runtime.models.dossiers import Dossier
from runtime.models.imports import DossierImport
from runtime.office import office_of

AT_ONCE = 250
MOST_FINDINGS = 500
SHOWN_RUNS = 20


def look_through(
    session: Session, content: bytes, file_name: str, *, by: Actor, at: datetime
) -> DossierImport:
    """Checks the file and keeps it with what was found; no dossier is written."""
    report = check(session, content, file_name, at=at)
    run = DossierImport(
        file_name=file_name[-200:],
        digest=office_of(session).files.keep_stream(BytesIO(content)),
        account_id=by.account_id,
        by=by.name,
        checked_at=at,
        rows=report.rows,
        sound=len(report.sound),
        unchanged=report.unchanged,
        faulty=report.faulty,
        findings=[report.told(finding) for finding in report.findings[:MOST_FINDINGS]],
        taken=0,
    )
    session.add(run)
    session.flush()
    return run


def order(session: Session, run: DossierImport, *, by: Actor, at: datetime) -> DossierImport | Refusal:
    """Lets the sound dossiers of the file be taken over; the faulty ones stay out and can come in another file."""
    if run.ordered_at is not None:
        return Refusal("dossiers.import.ordered_already", {"at": instant(run.ordered_at)})
    if not run.sound:
        return Refusal("dossiers.import.nothing_sound")
    run.ordered_at = at
    said = {"file": run.digest, "sound": run.sound, "faulty": run.faulty}
    audit.record(session, "dossiers.import_ordered", by=by, at=at, kind="import", key=str(run.id), **said)
    defer(session, take_some, import_id=run.id)
    session.flush()
    return run


@job("dossiers.import")
def take_some(work: Work, *, import_id: int) -> None:
    """Some dossiers of the file; what is left is asked for in the same transaction."""
    if carry_out(work, import_id):
        defer(work.session, take_some, import_id=import_id)


def carry_out(work: Work, import_id: int) -> bool:
    """Takes some dossiers over; answers whether any are left. What is here already is passed over."""
    run = work.session.get_one(DossierImport, import_id, with_for_update=True)
    if run.finished_at is not None:
        return False
    with work.files.open(run.digest) as file:
        report = check(work.session, file.read(), run.file_name, at=work.at)
    taken = some(work.session, report, account_id=run.account_id, at=work.at)
    run.taken += taken
    left = len(report.sound) > AT_ONCE and taken > 0
    if not left:
        run.finished_at = work.at
    return left


def some(session: Session, report: Report, *, account_id: int, at: datetime) -> int:
    """Takes over the first of the sound ones; answers how many there are now."""
    made = [take_over(session, old, account_id=account_id, at=at) for old in report.sound[:AT_ONCE]]
    return sum(isinstance(each, Dossier) for each in made)


def runs(session: Session) -> Sequence[DossierImport]:
    """The latest files, the last first."""
    latest = select(DossierImport).order_by(DossierImport.id.desc()).limit(SHOWN_RUNS)
    return session.scalars(latest).all()
