"""Publishing: the only way a definition becomes a version. Checks again, then inserts; nothing is updated."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from common.audit import record
from common.clock import local_date
from common.identity.actor import Actor
from common.problems import Finding
from common.text import Text, folded, sort_key
from procedure_library.calling import neighbours_of, note_calls
from procedure_library.checks import check
from procedure_library.codec import digest_of, encode
from procedure_library.compiled import read_rules
from procedure_library.definition import Definition
from procedure_library.life.queries import retirement
from procedure_library.models import DefinitionRow, Procedure, Publication, Version
from procedure_library.rate_series import note_series, series_in
from procedure_library.reference import calendar_for
from procedure_library.transition import NOTHING_SAID, TransitionClause

LONGEST_NUMBER = 200


@dataclass(frozen=True, slots=True)
class Basis:
    """The decision that approves the version: number, day signed (None: not recorded), digest of its scan."""

    number: str
    signed_on: date | None = None
    file: str = ""


def publish(
    session: Session,
    definition: Definition,
    *,
    by: Actor,
    at: datetime,
    basis: Basis,
    effective_from: date,
    note: str = "",
    transition: TransitionClause = NOTHING_SAID,
) -> Version | tuple[Finding, ...]:
    """A new version in force from that day, or the errors that forbid it. Warnings do not forbid.

    Examples run against the calendar loaded in this database. `transition` says what becomes of dossiers under way.
    """
    calendar = calendar_for(session, local_date(at))
    found = check(definition, calendar, neighbours=neighbours_of(session, definition, effective_from))
    of_act = (*_of_act(basis), *_of_life(session, definition.key, effective_from))
    errors = tuple(f for f in (*of_act, *found) if f.severity == "error")
    if errors:
        return errors
    version = _numbered(session, definition, store(session, definition, at=at), effective_from, at)
    version.publication = _act(by, at, basis, note, transition)
    session.add(version)
    session.flush()
    note_calls(session, version, definition)
    note_series(session, version, series_in(read_rules(definition.rules).rules))
    record(
        session,
        "procedure.published",
        by=by,
        at=at,
        kind="procedure",
        key=definition.key,
        version=version.number,
        digest=version.digest,
    )
    return version


def store(session: Session, definition: Definition, *, at: datetime) -> str:
    """Keeps the bytes for good and gives their digest; storing the same definition again changes nothing."""
    content = encode(definition)
    name = digest_of(content)
    row = {"digest": name, "content": content, "format": definition.format, "stored_at": at}
    session.execute(insert(DefinitionRow).values(row).on_conflict_do_nothing())
    return name


def _of_act(basis: Basis) -> tuple[Finding, ...]:
    if not basis.number.strip():
        return (Finding("procedures.publication.without_basis", "basis"),)
    if len(basis.number) > LONGEST_NUMBER:
        return (Finding("procedures.publication.basis_too_long", "basis", {"most": LONGEST_NUMBER}),)
    return ()


def _of_life(session: Session, key: str, effective_from: date) -> tuple[Finding, ...]:
    """A retired procedure is published again only once it is reinstated."""
    retired = retirement(session, key, effective_from)
    if retired is None:
        return ()
    told = {"day": f"{retired.from_on:%d/%m/%Y}", "basis": retired.basis_number}
    return (Finding("procedures.publication.retired", key, told),)


def _numbered(
    session: Session, definition: Definition, digest: str, effective_from: date, at: datetime
) -> Version:
    procedure = _locked_procedure(session, definition.key, at)
    last = session.scalar(select(func.max(Version.number)).where(Version.procedure_id == procedure.id))
    return Version(
        procedure=procedure,
        number=(last or 0) + 1,
        digest=digest,
        effective_from=effective_from,
        code=definition.code,
        name_vi=definition.name.vi,
        name_en=definition.name.en,
        domain_area_vi=definition.domain_area.vi,
        domain_area_en=definition.domain_area.en,
        levels=list(definition.levels),
        channels=list(definition.channels),
        sort_key=sort_key(definition.name.vi),
        folded=_searched(definition),
    )


def _locked_procedure(session: Session, key: str, at: datetime) -> Procedure:
    """The procedure's row, made if new. Locked: two publications of one procedure take numbers in turn."""
    session.execute(insert(Procedure).values(key=key, created_at=at).on_conflict_do_nothing())
    return session.scalars(select(Procedure).where(Procedure.key == key).with_for_update()).one()


def _searched(definition: Definition) -> str:
    texts: tuple[Text, ...] = (definition.name, definition.domain_area, definition.summary)
    return folded(" ".join((definition.code, definition.key, *(t for x in texts for t in (x.vi, x.en)))))


def _act(by: Actor, at: datetime, basis: Basis, note: str, transition: TransitionClause) -> Publication:
    return Publication(
        published_at=at,
        account_id=by.account_id,
        published_by=by.name,
        basis_number=basis.number,
        basis_signed_on=basis.signed_on,
        basis_file=basis.file,
        note=note,
        transition=transition.rule,
        transition_before=transition.before,
    )
