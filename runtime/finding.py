"""Where searched dossiers stand: each way of asking has an index of its own, and only the ways are put together.

One condition for all of them ("the code is, or the name begins, received here or solved here") leaves a database
nothing but reading everything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Integer,
    ScalarSelect,
    Select,
    false,
    func,
    literal,
    select,
    true,
    tuple_,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from common.db import unnested
from common.identity.actor import Actor
from runtime.access import visible_to
from runtime.models.dossiers import Dossier
from runtime.pages import After

# A beginning that more dossiers have is common: the latest are soon met on the way back through time. With a
# rarer one all are read, and the latest taken.
COMMON = 500
# Nobody's name goes on with it: all that begins with a text lies between the text and the text with this.
LAST = "\U0010ffff"
Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Sought:
    """What every way keeps to: of which status ("" any), after which place, how many; the latest first."""

    status: str
    after: After | None
    limit: int

    def latest(self, *where: Condition) -> Select[Any]:
        return self.all(*where).order_by(Dossier.submitted_at.desc(), Dossier.id.desc()).limit(self.limit)

    def all(self, *where: Condition) -> Select[Any]:
        question = select(Dossier.submitted_at, Dossier.id).where(*where)
        if self.status:
            question = question.where(Dossier.status == self.status)
        if self.after is not None:
            question = question.where(before(self.after))
        return question


def before(place: After) -> Condition:
    """Dossiers that a list of the latest shows after that place."""
    return tuple_(Dossier.submitted_at, Dossier.id) < (place.at, place.id)


def of_person(actor: Actor, identity: str, sought: Sought) -> Select[Any]:
    """Where the dossiers of the person with that identity hash stand."""
    return sought.latest(Dossier.identity_hash == identity, visible_to(actor))


def of_words(session: Session, actor: Actor, typed: str, beginning: str, sought: Sought) -> Select[Any]:
    """Where those stand that have what was typed as code or filing number, or whose folded name begins so."""
    codes = [
        sought.all(column == typed, visible_to(actor)) for column in (Dossier.code, Dossier.filing_number)
    ]
    return _latest(union(*codes, *_by_name(session, actor, beginning, sought)), sought.limit)


def _latest(ways: CompoundSelect[Any], limit: int) -> Select[Any]:
    found = ways.subquery()
    return select(found).order_by(found.c.submitted_at.desc(), found.c.id.desc()).limit(limit)


def _by_name(session: Session, actor: Actor, beginning: str, sought: Sought) -> Iterator[Select[Any]]:
    """Of each unit by its own index: received there, or received elsewhere and solved there."""
    if not actor.units():
        return
    units = unnested("units", unit_id=(Integer, sorted(actor.units())))
    places = _received(units), _solved(units)
    counted = session.execute(select(*(_how_many(units, place, beginning) for place in places))).one()
    for place, count in zip(places, counted, strict=True):
        if count > COMMON:
            way = sought.latest(*place, _has(beginning)).lateral()
        else:
            way = sought.all(*place, *_between(beginning)).limit(COMMON).lateral()
        yield select(way).select_from(units.join(way, true()))


def _received(units: FromClause) -> tuple[Condition, ...]:
    return (Dossier.unit_id == units.c.unit_id,)


def _solved(units: FromClause) -> tuple[Condition, ...]:
    return (Dossier.solving_unit_id == units.c.unit_id, Dossier.solving_unit_id != Dossier.unit_id)


def _how_many(units: FromClause, place: tuple[Condition, ...], beginning: str) -> ScalarSelect[int]:
    """Dossiers there whose name begins so, counted up to one more than is rare."""
    met = select(literal(1).label("met")).where(*place, *_between(beginning)).limit(COMMON + 1).lateral()
    first = select(met).select_from(units.join(met, true())).limit(COMMON + 1).subquery()
    return select(func.count()).select_from(first).scalar_subquery()


def _between(beginning: str) -> tuple[Condition, ...]:
    """The name begins so: in the words of the index, which help whether or not the text is known to the planner."""
    name: InstrumentedAttribute[str] = Dossier.applicant_folded
    return name.bool_op("~>=~")(beginning), name.bool_op("~<=~")(beginning + LAST)


def _has(beginning: str) -> Condition:
    """The same in words that no index knows and whose share nobody can guess, so the planner takes it for half:
    whoever goes back through time shall not be led to the names, nor to read all of the unit."""
    return func.coalesce(func.left(Dossier.applicant_folded, len(beginning)) == beginning, false())
