"""Lists of codes as dated reference data: provinces and communes, and what became of former communes.

Insert-only. A list that was recorded is never changed: what a decision of the state changes is a further version,
read from the day on which it holds.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, func, insert, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from common.audit import record
from common.db import Base, Instant
from common.identity import models as _accounts  # noqa: F401 — our rows point to accounts
from common.identity.actor import Actor
from common.text import folded
from form_builder.places import COMMUNES, Former, Places
from procedure_library.place_files import digest_of, read_places
from procedure_library.shipped_places import FormerCommune

FORMER_COMMUNES = "former_communes"
# A list weighs some 2 MB in the memory of a process.
LISTS_KEPT = 8
MOST_FOUND = 8


@dataclass(frozen=True, slots=True)
class Origin:
    """From which day a list holds, on whose decision, and where it was read."""

    valid_from: date
    basis: str
    source: str


class CodeListRow(Base):
    """A version of a list. `entries` is {"provinces": …, "communes": …}; empty where rows of their own hold them."""

    __tablename__ = "code_lists"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    # Answers of this day and later are judged by it.
    valid_from: Mapped[date]
    basis: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    count: Mapped[int]
    entries: Mapped[dict[str, Any]] = mapped_column(JSONB, deferred=True)
    recorded_at: Mapped[Instant]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    recorded_by: Mapped[str] = mapped_column(String(200))

    __table_args__ = (UniqueConstraint("key", "version"),)


class FormerCommuneRow(Base):
    """A commune of before 01/07/2025 and the codes of those that have its land now, as a version of a list has it."""

    __tablename__ = "former_communes"

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("code_lists.id"))
    code: Mapped[str] = mapped_column(String(5))
    name: Mapped[str] = mapped_column(String(200))
    # The words of all its names without accents: what a hurried person types.
    folded: Mapped[str] = mapped_column(String(300))
    becomes: Mapped[list[str]] = mapped_column(ARRAY(String(5)))

    # Answers "the former communes of this list".
    __table_args__ = (Index("ix_former_communes_list", "list_id"),)


def list_in_force(session: Session, on: date, key: str = COMMUNES) -> CodeListRow | None:
    """The version that answers of that day are judged by; None when nobody has loaded one."""
    question = (
        select(CodeListRow)
        .where(CodeListRow.key == key, CodeListRow.valid_from <= on)
        .order_by(CodeListRow.valid_from.desc(), CodeListRow.version.desc())
        .limit(1)
    )
    return session.scalars(question).first()


def places_for(session: Session, on: date) -> Places | None:
    """The provinces and communes of that day; None when no list is loaded."""
    row = list_in_force(session, on)
    return _places(row) if row else None


def places_version(session: Session, version: int) -> Places | None:
    """The list that an earlier judgement recorded; None when it recorded none."""
    question = select(CodeListRow).where(CodeListRow.key == COMMUNES, CodeListRow.version == version)
    row = session.scalars(question).one_or_none()
    return _places(row) if row else None


def latest_list(session: Session, key: str = COMMUNES) -> CodeListRow | None:
    """The version recorded last, in force already or not."""
    question = select(CodeListRow).where(CodeListRow.key == key).order_by(CodeListRow.version.desc())
    return session.scalars(question.limit(1)).first()


def is_recorded(session: Session, key: str, source: str) -> bool:
    """Whether some version of the list came from that source."""
    known = select(CodeListRow.id).where(CodeListRow.key == key, CodeListRow.source == source)
    return session.scalars(known.limit(1)).first() is not None


def record_list(
    session: Session, entries: Mapping[str, Any], origin: Origin, *, by: Actor, at: datetime
) -> CodeListRow:
    """A further version of the provinces and communes."""
    count = sum(len(rows) for rows in entries.values())
    said = {"entries": dict(entries), "digest": digest_of(entries), "count": count}
    return _recorded(session, COMMUNES, said, origin, by, at)


def record_former(
    session: Session, communes: Iterable[FormerCommune], origin: Origin, *, by: Actor, at: datetime
) -> CodeListRow:
    """What became of the communes of before, in place of what was recorded earlier."""
    rows = [_former_row(each) for each in communes]
    said = {"entries": {}, "digest": digest_of({"rows": rows}), "count": len(rows)}
    row = _recorded(session, FORMER_COMMUNES, said, origin, by, at)
    session.execute(insert(FormerCommuneRow), [{"list_id": row.id, **each} for each in rows])
    return row


def find_former(session: Session, typed: str, on: date) -> tuple[Former, ...]:
    """Former communes whose names have all words typed: "Hàng Trống, Hoàn Kiếm".

    Those with the words before the first comma in this order come first.
    """
    in_force, words = list_in_force(session, on, FORMER_COMMUNES), _words(typed)
    if in_force is None or not words:
        return ()
    question = (
        select(FormerCommuneRow)
        .where(FormerCommuneRow.list_id == in_force.id)
        .where(*(FormerCommuneRow.folded.contains(f" {word}", autoescape=True) for word in words))
        .order_by(
            FormerCommuneRow.folded.contains(_phrase(typed), autoescape=True).desc(),
            func.length(FormerCommuneRow.name),
            FormerCommuneRow.name,
        )
        .limit(MOST_FOUND)
    )
    return tuple(Former(row.name, tuple(row.becomes)) for row in session.scalars(question))


def _recorded(
    session: Session, key: str, said: Mapping[str, Any], origin: Origin, by: Actor, at: datetime
) -> CodeListRow:
    latest = latest_list(session, key)
    row = CodeListRow(
        key=key,
        version=latest.version + 1 if latest else 1,
        valid_from=origin.valid_from,
        basis=origin.basis,
        source=origin.source,
        recorded_at=at,
        account_id=by.account_id,
        recorded_by=by.name,
        **said,
    )
    session.add(row)
    session.flush()
    record(session, "list.recorded", by=by, at=at, kind="code_list", key=key, version=row.version)
    return row


def _former_row(commune: FormerCommune) -> dict[str, Any]:
    name = commune.former.name
    return {
        "code": commune.code,
        "name": name,
        "folded": f" {' '.join(_bare(name).split())}",
        "becomes": [*commune.becomes],
    }


def _phrase(typed: str) -> str:
    return f" {' '.join(_bare(typed.partition(',')[0]).split())}"


def _words(text: str) -> Sequence[str]:
    """The words without accents and signs, each once."""
    return tuple(dict.fromkeys(_bare(text).split()))


def _bare(text: str) -> str:
    return "".join(letter if letter.isalnum() else " " for letter in folded(text))


_kept: "OrderedDict[tuple[int, str], Places]" = OrderedDict()
_lock = Lock()


def _places(row: CodeListRow) -> Places:
    """The list of a row, read once by the process: rows never change, and equal digests mean equal lists."""
    name = row.version, row.digest
    with _lock:
        if found := _kept.get(name):
            _kept.move_to_end(name)
            return found
    made = read_places(row.version, row.digest, row.entries)
    with _lock:
        _kept[name] = made
        while len(_kept) > LISTS_KEPT:
            _kept.popitem(last=False)
    return made
