"""The acts themselves: each announced by a publisher, on a signed decision, with a reason that people are told."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.audit import record
from common.clock import local_date
from common.identity.actor import Actor
from common.problems import Parameter, Problem, Refusal
from common.text import Text
from procedure_library.life.models import Act, ProcedureAct
from procedure_library.life.queries import retirement, suspension, withdrawals
from procedure_library.models import Procedure, Version
from procedure_library.publishing import LONGEST_NUMBER, Basis

LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is announced. `key` is that of the form: sent twice, it is done once.

    `from_on` None: from the day of the act. `until_on` is the last day of a suspension, None: until it is resumed.
    `version` is the number of the publication that is withdrawn, `successor` the key of the procedure that people are
    shown instead of a retired one.
    """

    key: str
    reason: Text
    basis: Basis
    from_on: date | None = None
    until_on: date | None = None
    version: int | None = None
    successor: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    session: Session
    procedure: Procedure
    said: Announcement
    first: date
    today: date

    @classmethod
    def of(cls, session: Session, procedure: Procedure, said: Announcement, at: datetime) -> "_Asked":
        today = local_date(at)
        return cls(session, procedure, said, said.from_on or today, today)

    @property
    def version(self) -> Version | None:
        """The one whose publication is to be withdrawn."""
        of_procedure = select(Version).where(Version.procedure_id == self.procedure.id)
        return self.session.scalars(of_procedure.where(Version.number == self.said.version)).first()


def announce(
    session: Session, procedure_key: str, act: Act, said: Announcement, *, by: Actor, at: datetime
) -> ProcedureAct | tuple[Problem, ...] | Refusal:
    """The act, recorded once; Problems in what was said, or why it cannot be done."""
    if not by.holds("publisher"):
        return Refusal("procedures.act.not_your_role")
    # Acts and publications of one procedure take turns at its row.
    found = session.scalars(select(Procedure).where(Procedure.key == procedure_key).with_for_update()).first()
    if found is None:
        return Refusal("procedures.act.unknown_procedure", {"key": procedure_key})
    if (before := _done_before(session, found, act, said.key)) is not None:
        return before
    asked = _Asked.of(session, found, said, at)
    if problems := tuple(_problems(asked, act)):
        return problems
    return _OBSTACLES[act](asked) or _recorded(asked, act, by, at)


def look(
    session: Session, procedure_key: str, act: Act, said: Announcement, *, at: datetime
) -> tuple[Problem, ...] | Refusal:
    """The same before the scan has come, for whoever is about to confirm; () when nothing is in the way."""
    procedure = session.scalars(select(Procedure).where(Procedure.key == procedure_key)).one()
    asked = _Asked.of(session, procedure, said, at)
    problems = tuple(each for each in _problems(asked, act) if each.where != "basis_file")
    return problems or _OBSTACLES[act](asked) or ()


def _done_before(session: Session, procedure: Procedure, act: Act, key: str) -> ProcedureAct | Refusal | None:
    before = session.scalars(select(ProcedureAct).where(ProcedureAct.key == key)).first()
    if before is None or (before.procedure_id, before.act) == (procedure.id, act):
        return before
    return Refusal("procedures.act.form_used")


def _problems(asked: _Asked, act: Act) -> Iterator[Problem]:
    said = asked.said
    if not said.basis.number.strip():
        yield Problem("procedures.act.without_basis", "basis_number")
    if len(said.basis.number) > LONGEST_NUMBER:
        yield Problem("procedures.act.basis_too_long", "basis_number", {"most": LONGEST_NUMBER})
    if said.basis.signed_on is None or said.basis.signed_on > asked.today:
        yield Problem("procedures.act.basis_not_signed", "basis_signed_on")
    if not said.basis.file:
        yield Problem("procedures.act.without_scan", "basis_file")
    if not said.reason.vi.strip():
        yield Problem("procedures.act.without_reason", "reason_vi")
    for name, text in (("reason_vi", said.reason.vi), ("reason_en", said.reason.en)):
        if len(text) > LONGEST_REASON:
            yield Problem("procedures.act.reason_too_long", name, {"most": LONGEST_REASON})
    yield from _problems_of_days(asked)
    if act == "retired" and said.successor and _successor(asked) is None:
        yield Problem("procedures.act.unknown_successor", "successor")


def _problems_of_days(asked: _Asked) -> Iterator[Problem]:
    if asked.first < asked.today:
        yield Problem("procedures.act.day_passed", "from_on")
    if asked.said.until_on is not None and asked.said.until_on < asked.first:
        yield Problem("procedures.act.ends_before_it_begins", "until_on")


def _successor(asked: _Asked) -> Procedure | None:
    """Another published procedure."""
    another = select(Procedure).where(
        Procedure.key == asked.said.successor, Procedure.id != asked.procedure.id
    )
    published = select(Version.id).where(Version.procedure_id == Procedure.id)
    return asked.session.scalars(another.where(published.exists())).first()


def _retired(asked: _Asked) -> Refusal | None:
    retired = retirement(asked.session, asked.procedure.key, asked.first)
    return Refusal("procedures.act.retired", {"day": f"{retired.from_on:%d/%m/%Y}"}) if retired else None


def _not_suspended(asked: _Asked) -> Refusal | None:
    paused = suspension(asked.session, asked.procedure.key, asked.first)
    return None if paused else Refusal("procedures.act.not_suspended", {"day": f"{asked.first:%d/%m/%Y}"})


def _not_retired(asked: _Asked) -> Refusal | None:
    retired = retirement(asked.session, asked.procedure.key, asked.first)
    return None if retired else Refusal("procedures.act.not_retired", {"day": f"{asked.first:%d/%m/%Y}"})


def _not_to_be_withdrawn(asked: _Asked) -> Refusal | None:
    version = asked.version
    if version is None:
        return Refusal("procedures.act.no_such_version")
    told: Mapping[str, Parameter] = {"version": version.number, "day": f"{version.effective_from:%d/%m/%Y}"}
    if version.id in withdrawals(asked.session, (version.id,)):
        return Refusal("procedures.act.withdrawn_already", told)
    return Refusal("procedures.act.in_force_already", told) if version.effective_from <= asked.today else None


_OBSTACLES: Mapping[Act, Callable[[_Asked], Refusal | None]] = {
    "suspended": _retired,
    "resumed": _not_suspended,
    "retired": _retired,
    "reinstated": _not_retired,
    "withdrawn": _not_to_be_withdrawn,
}


def _recorded(asked: _Asked, act: Act, by: Actor, at: datetime) -> ProcedureAct:
    said, basis = asked.said, asked.said.basis
    assert by.account_id is not None, "a person announces"
    assert basis.signed_on is not None, "an unsigned decision was a problem"
    done = ProcedureAct(
        key=said.key,
        procedure=asked.procedure,
        act=act,
        from_on=asked.first,
        until_on=said.until_on if act == "suspended" else None,
        version=asked.version if act == "withdrawn" else None,
        successor=_successor(asked) if act == "retired" else None,
        reason_vi=said.reason.vi.strip(),
        reason_en=said.reason.en.strip(),
        basis_number=basis.number.strip(),
        basis_signed_on=basis.signed_on,
        basis_file=basis.file,
        acted_at=at,
        account_id=by.account_id,
        acted_by=by.name,
    )
    asked.session.add(done)
    asked.session.flush()
    told = {"from_on": f"{done.from_on}", **({"version": done.version.number} if done.version else {})}
    record(
        asked.session,
        f"procedure.{act}",
        by=by,
        at=at,
        kind="procedure",
        key=asked.procedure.key,
        announcement=done.id,
        **told,
    )
    return done
