"""A form that is sent again is the same act: its mark stands in the audit row of the act, and is found there.
A form that comes too late is told who was first.

The mark is `AFTER-TOKEN.TYPED`: how many events of the dossier the page knew of, what makes the page unlike any
other, and a digest of what was typed. While nothing has happened since the page was made, nobody needs to look.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.audit import AuditRow
from common.identity.actor import Actor
from common.identity.models import Account
from common.problems import Refusal
from runtime.engine.parts import instant
from runtime.holding import Held
from runtime.models.dossiers import Dossier, DossierEvent

_MARK = AuditRow.details["once"].astext


def done_before(session: Session, dossier: Dossier | Held, *, by: Actor, once: str) -> Refusal | bool:
    """True: by this very form, it is done already. A Refusal: the form was sent before, and said something else."""
    if not once or dossier.events <= _known(once):
        return False
    page, _, _typed = once.partition(".")
    question = select(AuditRow.at, _MARK).where(
        AuditRow.subject_kind == "dossier",
        AuditRow.subject_key == dossier.filing_number,
        AuditRow.account_id == by.account_id,
        _MARK.startswith(f"{page}.", autoescape=True),
    )
    found = session.execute(question.order_by(AuditRow.id).limit(1)).first()
    if found is None:
        return False
    at, mark = found
    return mark == once or _said_otherwise(session, by, instant(at))


# What an act comes to that somebody else's makes needless or impossible, and that names nobody by itself.
_RACED = frozenset(
    {"dossiers.nothing_to_pay", "dossiers.task_not_claimed", "dossiers.reappointed_already"}
    | {"dossiers.extended_already", "dossiers.task_cancelled", "dossiers.suspended"}
)


def meanwhile(session: Session, dossier: Held, refusal: Refusal, once: str) -> Refusal:
    """The refusal, with who did what came between the page and its form, and when."""
    if not once or dossier.events <= _known(once) or not _is_raced(refusal.code):
        return refusal
    last = session.get_one(DossierEvent, (dossier.id, dossier.events))
    account = session.get(Account, last.account_id) if last.account_id else None
    said = {"who": account.full_name if account else "@dossiers.the_machine", "at": instant(last.at)}
    return Refusal("dossiers.meanwhile", {**said, "why": f"@{refusal.code}"})


def _is_raced(code: str) -> bool:
    return code.startswith("dossiers.not_now.") or code in _RACED


def _known(once: str) -> int:
    """How many events the page knew of."""
    after, _, _token = once.partition("-")
    return int(after) if after.isdecimal() else 0


def _said_otherwise(session: Session, by: Actor, at: str) -> Refusal:
    who = session.get_one(Account, by.account_id).full_name
    return Refusal("dossiers.form_sent_already", {"who": who, "at": at})
