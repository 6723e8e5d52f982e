"""Questions to the published library: what is in force on a day, what a person is looking for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, Subquery, func, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, aliased, joinedload

from common.text import Text, folded
from procedure_library.codec import decode
from procedure_library.compiled import Compiled, keep, known
from procedure_library.life.queries import not_retired, not_withdrawn, retired_ids
from procedure_library.models import DefinitionRow, Procedure, Publication, Version
from procedure_library.place_lists import places_for, places_version

After = tuple[str, int]
LARGEST = 2**31 - 1
# A session asks for the same few versions again and again: their digests, which never change, by version.
DIGESTS = "digests"


@dataclass(frozen=True, slots=True)
class Page:
    """Some versions in the order of the Vietnamese dictionary; `after` asks for the next, None at the end."""

    rows: tuple[Version, ...]
    after: After | None


def version_in_force(session: Session, key: str, on: date) -> Version | None:
    """The version of the procedure in force on that day: the one that came into force last.

    What was withdrawn never comes into force; of a retired procedure nothing is.
    """
    return session.scalars(_come_into_force(key, on).where(not_retired(Version.procedure_id, on))).first()


def last_version(session: Session, key: str, on: date) -> Version | None:
    """The same, and of a retired procedure the one that was in force last: what was begun in time ends by it."""
    return session.scalars(_come_into_force(key, on)).first()


def search(
    session: Session,
    text: str,
    *,
    on: date,
    after: After | None = None,
    limit: int = 20,
    level: str | None = None,
) -> Page:
    """The procedures in force whose code, name, area or summary has every word of `text`, as a beginning.

    Accents do not matter; an empty text lists everything. `after` comes from the page before.
    """
    listed = aliased(Version, _in_force(on))
    question = select(listed).order_by(listed.sort_key, listed.id).limit(limit + 1)
    if prefixes := _prefixes(text):
        question = question.where(listed.words.bool_op("@@")(func.to_tsquery("simple", prefixes)))
    if level:
        question = question.where(listed.levels.contains([level]))
    if after:
        question = question.where(
            tuple_(listed.sort_key, listed.id) > (_typed(after[0]), min(after[1], LARGEST))
        )
    found = session.scalars(question).all()
    return Page(tuple(found[:limit]), _next(found, limit))


def offered_names(session: Session, on: date) -> dict[str, Text]:
    """Every procedure in force that day by its key."""
    listed = aliased(Version, _in_force(on))
    question = select(Procedure.key, listed.name_vi, listed.name_en).join(
        listed, listed.procedure_id == Procedure.id
    )
    return {key: Text(vi, en) for key, vi, en in session.execute(question)}


def versions_of(session: Session, key: str) -> tuple[Version, ...]:
    """Every version of the procedure, the newest first, each with its publication; withdrawn ones among them."""
    question = (
        select(Version)
        .where(Version.procedure.has(Procedure.key == _typed(key)))
        .options(joinedload(Version.publication))
        .order_by(Version.number.desc())
    )
    return tuple(session.scalars(question))


def standing_versions(session: Session, key: str) -> tuple[Version, ...]:
    """Those whose publication was not withdrawn."""
    question = select(Version).where(Version.procedure.has(Procedure.key == _typed(key)), not_withdrawn())
    return tuple(session.scalars(question.order_by(Version.number.desc())))


def publications(session: Session, *, before: int | None = None, limit: int = 50) -> tuple[Publication, ...]:
    """The log of acts, the newest first; `before` is the id of the last one seen."""
    question = select(Publication).order_by(Publication.id.desc()).limit(limit)
    if before is not None:
        question = question.where(Publication.id < before)
    return tuple(session.scalars(question))


def definition_of(session: Session, version_id: int) -> Compiled:
    """What the version means, ready to run; kept by the process, because definitions never change."""
    digests: dict[int, str] = session.info.setdefault(DIGESTS, {})
    if version_id not in digests:
        digests[version_id] = session.get_one(Version, version_id).digest
    return compiled_by_digest(session, digests[version_id])


def definition_on(session: Session, version_id: int, on: date) -> Compiled:
    """The same with the list of provinces and communes of that day, for whoever asks or judges answers then."""
    found = definition_of(session, version_id)
    return found.with_places(places_for(session, on)) if found.asks_places else found


def definition_judged_by(session: Session, version_id: int, places: int) -> Compiled:
    """The same with the version of that list by which answers were judged; 0: by none."""
    found = definition_of(session, version_id)
    return found.with_places(places_version(session, places)) if found.asks_places else found


def compiled_by_digest(session: Session, digest: str) -> Compiled:
    """The same for a stored definition, published or not."""
    if (found := known(digest)) is not None:
        return found
    return keep(digest, decode(session.get_one(DefinitionRow, digest).content))


def _come_into_force(key: str, on: date) -> Select[Version]:
    """The version of the procedure that came into force last."""
    return (
        select(Version)
        .where(
            Version.procedure.has(Procedure.key == _typed(key)), Version.effective_from <= on, not_withdrawn()
        )
        .order_by(Version.effective_from.desc(), Version.number.desc())
        .limit(1)
    )


def _in_force(on: date) -> Subquery:
    """One row per procedure that is not retired: the version that came into force last."""
    return (
        select(Version)
        .where(Version.effective_from <= on, not_withdrawn(), Version.procedure_id.not_in(retired_ids(on)))
        .ext(distinct_on(Version.procedure_id))
        .order_by(Version.procedure_id, Version.effective_from.desc(), Version.number.desc())
        .subquery()
    )


def _typed(text: str) -> str:
    """What came with an address, without the one character that the database cannot take."""
    return text.replace("\0", "")


def _prefixes(text: str) -> str:
    """The words as a tsquery of beginnings: "Hộ tịch" → "ho:* & tich:*". Everything else is dropped."""
    return " & ".join(f"{word}:*" for word in re.findall(r"[a-z0-9.]*[a-z0-9]", folded(text)))


def _next(found: Sequence[Version], limit: int) -> After | None:
    if len(found) <= limit:
        return None
    last = found[limit - 1]
    return last.sort_key, last.id
