"""Lists of dossiers: an applicant's own, a unit's search, and what a stranger with code and number learns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from common.identity.actor import Actor
from common.identity.numbers import identity_hash, read_identity_number
from common.text import Text, folded
from procedure_library.life.queries import suspensions
from procedure_library.models import Version
from procedure_library.queries import definition_of
from runtime.completion import completion
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.engine.tracks import Shown, shown
from runtime.finding import Sought, before, of_person, of_words
from runtime.linking.reading import has_late_part, named_parts, waiting_parts
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.office import office_of
from runtime.pages import After, Page
from runtime.unsent import last_day


@dataclass(frozen=True, slots=True)
class ListedDossier:
    """One line of a list. `shown` is the state as people are told it. `is_part`: another dossier has called it.

    `asks_in` is the filing number of the part that waits for the applicant, `has_late_part` that one is late.
    """

    filing_number: str
    code: str | None
    name: Text
    applicant: str
    status: str
    shown: Shown
    submitted_at: datetime
    due_at: datetime | None
    appointment_at: datetime | None
    is_part: bool = False
    asks_in: str = ""
    has_late_part: bool = False

    @property
    def reference(self) -> str:
        """The dossier code, before reception the filing number."""
        return self.code or self.filing_number


@dataclass(frozen=True, slots=True)
class Unsent:
    """An application that was begun and not sent. `is_paused`: intake pauses, it is kept until it can be sent."""

    application: Application
    name: Text
    is_paused: bool = False

    @property
    def last_day(self) -> date:
        """Until when it is kept."""
        return last_day(self.application)


@dataclass(frozen=True, slots=True)
class LookedUp:
    """All that look-up tells without signing in (Circular 01/2018 art. 16). `completion` in per cent.

    `parts` are the linked ones, by the name of the step, with their own completion; None: not open yet.
    """

    code: str
    procedure: Text
    status: str
    completion: int
    parts: tuple[tuple[Text, int | None], ...] = ()


def dossiers_of(
    session: Session, actor: Actor, *, after: After | None = None, limit: int = 20
) -> Page[ListedDossier]:
    """The applicant's own dossiers, the latest first; what others have called is inside those."""
    own = (Dossier.owner_id == actor.account_id) & Dossier.parent_id.is_(None)
    return _listed(session, own, after, limit)


def search(
    session: Session,
    actor: Actor,
    text: str,
    *,
    status: str = "",
    after: After | None = None,
    limit: int = 20,
) -> Page[ListedDossier]:
    """Dossiers of the official's units by code, filing number, identity number or beginning of the name.

    `status` narrows them; "" takes every one.
    """
    typed = text.strip()
    sought = Sought(status, after, limit + 1)
    if number := read_identity_number(typed):
        places = of_person(actor, _hashed(session, number), sought)
    else:
        places = of_words(session, actor, typed, folded(typed), sought)
    return _listed(session, Dossier.id.in_(select(places.subquery().c.id)), None, limit)


def unsent(session: Session, actor: Actor, on: date) -> tuple[Unsent, ...]:
    """What the applicant has begun and not sent by that day, the latest first."""
    question = (
        select(Application, Version.name_vi, Version.name_en)
        .join(Version, Version.id == Application.version_id)
        .where(Application.owner_id == actor.account_id, Application.dossier_id.is_(None))
        .order_by(Application.changed_at.desc())
    )
    found = session.execute(question).all()
    paused = suspensions(session, {row.procedure_key for row, _vi, _en in found}, on)
    return tuple(Unsent(row, Text(vi, en), row.procedure_key in paused) for row, vi, en in found)


def look_up(session: Session, code: str, identity_number: str) -> LookedUp | None:
    """The dossier with this code or filing number, if the number is its applicant's; None otherwise.

    Which of the two was wrong is not told.
    """
    number = read_identity_number(identity_number)
    if number is None:
        return None
    typed = code.strip().upper()
    question = select(Dossier).where(
        or_(Dossier.code == typed, Dossier.filing_number == typed),
        Dossier.identity_hash == _hashed(session, number),
    )
    dossier = session.scalars(question).one_or_none()
    if dossier is None:
        return None
    compiled = definition_of(session, dossier.version_id)
    state = from_plain(State, dossier.state)
    return LookedUp(
        code=dossier.code or dossier.filing_number,
        procedure=compiled.definition.name,
        status=dossier.status,
        completion=completion(compiled.graph, state),
        parts=tuple(
            (name, _how_far(session, part)) for name, part in named_parts(session, dossier, compiled, state)
        ),
    )


def _how_far(session: Session, dossier: Dossier | None) -> int | None:
    if dossier is None:
        return None
    graph = definition_of(session, dossier.version_id).graph
    return completion(graph, from_plain(State, dossier.state))


def _hashed(session: Session, number: str) -> str:
    return identity_hash(number, office_of(session).identity_key)


def _listed(
    session: Session, wanted: ColumnElement[bool], after: After | None, limit: int
) -> Page[ListedDossier]:
    question = (
        select(Dossier, Version.name_vi, Version.name_en)
        .join(Version, Version.id == Dossier.version_id)
        .where(wanted)
        .order_by(Dossier.submitted_at.desc(), Dossier.id.desc())
        .limit(limit + 1)
    )
    if after is not None:
        question = question.where(before(after))
    found = session.execute(question).all()
    asks = waiting_parts(session, [dossier.id for dossier, *_ in found[:limit] if _has_parts(dossier)])
    rows = tuple(_line(session, dossier, Text(vi, en), asks) for dossier, vi, en in found[:limit])
    last = found[limit - 1][0] if len(found) > limit else None
    return Page(rows, After(last.submitted_at, last.id) if last else None)


def _has_parts(dossier: Dossier) -> bool:
    return bool(dossier.state.get("children"))


def _line(session: Session, dossier: Dossier, name: Text, asks: Mapping[int, str]) -> ListedDossier:
    state = from_plain(State, dossier.state)
    return ListedDossier(
        filing_number=dossier.filing_number,
        code=dossier.code,
        name=name,
        applicant=dossier.applicant.get("full_name", ""),
        status=dossier.status,
        shown=shown(definition_of(session, dossier.version_id), state),
        submitted_at=dossier.submitted_at,
        due_at=dossier.due_at,
        appointment_at=dossier.appointment_at,
        is_part=dossier.parent_id is not None,
        asks_in=asks.get(dossier.id, ""),
        has_late_part=has_late_part(state),
    )
