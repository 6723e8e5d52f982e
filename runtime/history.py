"""What happened to one dossier, as people are told it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.models import Account
from common.text import Text
from procedure_library.compiled import Compiled
from procedure_library.definition import Step
from procedure_library.guidance import Duty
from runtime.engine.status import Act
from runtime.inbox import with_asked
from runtime.models.dossiers import DossierEvent, Reason
from runtime.reading import DossierView

# Inner matters of the office and of its machines, left out of every history.
UNTOLD: tuple[Act, ...] = ("claim", "release", "tell_portal")
# What is done among officials.
INNER: frozenset[Act] = frozenset({"reassign", "escalate", "print_letter"})


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history. `who` is an official's name, "" for the applicant and the machine.

    `step` and `outcome` (of a letter that was printed, its name) are in the words of the definition, empty for acts
    that no step made. `ending` is the
    decision's, "" where the act was none. `to` is whom a task was given to, `acting_for`
    the colleague in whose place it was done; `how` the opinion that the act gave or deemed given, or which limits it
    counted again; `kind` that of the step, `interrupts` whether it went on by the act itself; `duty` whose the step
    was by law, where the act completed it.
    """

    number: int
    act: Act
    at: datetime
    acting_as: str
    who: str
    status: str
    step: Text
    outcome: Text
    reason: str
    ending: str = ""
    to: str = ""
    acting_for: str = ""
    how: str = ""
    kind: str = ""
    interrupts: bool = False
    duty: Duty | None = None

    @property
    def is_inner(self) -> bool:
        """Whether it is a matter of the office alone: its applicant is not told."""
        return self.act in INNER

    @property
    def is_addressed(self) -> bool:
        """Whether the reason was written for the applicant; what officials write to each other is not."""
        if self.act in ("import", "child_failed"):
            return False
        if self.act == "complete":
            return self.status == "awaiting_supplement" or self.ending not in ("", "granted")
        return bool(self.reason)


def history_of(session: Session, view: DossierView) -> tuple[Happened, ...]:
    """What happened, the oldest first. What is UNTOLD is left out."""
    question = (
        select(DossierEvent, Account, Reason.text)
        .outerjoin(Account, Account.id == DossierEvent.account_id)
        .outerjoin(
            Reason, (Reason.dossier_id == DossierEvent.dossier_id) & (Reason.event == DossierEvent.number)
        )
        .where(DossierEvent.dossier_id == view.dossier.id, DossierEvent.act.not_in(UNTOLD))
        .order_by(DossierEvent.number)
    )
    rows = session.execute(question).all()
    names = _named(session, (account for event, *_ in rows for account in _others(event.record)))
    return tuple(_happened(view.compiled, names, *row) for row in rows)


def given_to(record: Mapping[str, Any]) -> int | None:
    """The account that a stored record gave a task to."""
    return record["tasks"][0]["claimed_by"] if record["act"] == "reassign" else None


def _others(record: Mapping[str, Any]) -> tuple[int | None, int | None]:
    return given_to(record), record.get("acting_for")


def _named(session: Session, accounts: Iterable[int | None]) -> Mapping[int | None, str]:
    """The names of these accounts."""
    wanted = {account for account in accounts if account is not None}
    if not wanted:
        return {}
    found = session.scalars(select(Account).where(Account.id.in_(wanted)))
    return {account.id: account.full_name for account in found}


def _happened(
    compiled: Compiled,
    names: Mapping[int | None, str],
    event: DossierEvent,
    account: Account | None,
    reason: str | None,
) -> Happened:
    record = event.record
    step = compiled.graph.steps.get(record.get("step", ""))
    outcomes = {outcome.key: outcome.label for outcome in step.ways} if step else {}
    official = account is not None and record["acting_as"] != "applicant"
    return Happened(
        number=event.number,
        act=record["act"],
        at=event.at,
        acting_as=record["acting_as"],
        who=account.full_name if account is not None and official else "",
        status=record["status"],
        step=_called(step, record) if step else Text(""),
        outcome=_letter(compiled, record) or outcomes.get(record.get("outcome", ""), Text("")),
        reason=reason or "",
        ending=record.get("decision", {}).get("ending", ""),
        to=names.get(given_to(record), ""),
        acting_for=names.get(record.get("acting_for"), ""),
        how=record.get("opinion", {}).get("value", "") or _counted(record),
        kind=step.kind if step else "",
        interrupts="walk" in record and not record.get("opinion"),
        duty=step.duty if step and record["act"] == "complete" else None,
    )


def _letter(compiled: Compiled, record: Mapping[str, Any]) -> Text | None:
    letters = compiled.definition.letters
    return next((letter.name for letter in letters if letter.key == record.get("letter")), None)


def _counted(record: Mapping[str, Any]) -> str:
    """What of the limits was counted again, where no day of the result was told."""
    if record["act"] != "derive_deadline" or "due" in record:
        return ""
    return "supplement" if "answer_by" in record else "steps"


def _called(step: Step, record: Mapping[str, Any]) -> Text:
    """The name of the step, with that of the unit that was asked."""
    key = (record.get("opinion") or record.get("limit") or {}).get("ask", "")
    return with_asked(step, key)
