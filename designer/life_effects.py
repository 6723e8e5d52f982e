"""What an act on a published procedure will do, told before it is confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from common.text import Text
from procedure_library.calling import callers_of
from procedure_library.models import Version
from procedure_library.queries import standing_versions
from procedure_library.under_way import Counting, UnderWay


@dataclass(frozen=True, slots=True)
class Effects:
    """`before` is in force until then, `later` come into force afterwards, `callers` open it from a step of theirs."""

    under_way: UnderWay
    before: Version | None
    later: Sequence[Version]
    callers: Sequence[Text]


def effects_of(session: Session, key: str, on: date, count: Counting, but: Version | None = None) -> Effects:
    """Of an act on that day; `but` is the version whose publication it withdraws."""
    standing = [each for each in standing_versions(session, key) if each != but]
    return Effects(
        count(session, key),
        max((each for each in standing if each.effective_from <= on), key=_began, default=None),
        sorted((each for each in standing if each.effective_from > on), key=_began),
        [each.name for each in callers_of(session, key, on)],
    )


def _began(version: Version) -> tuple[date, int]:
    return version.effective_from, version.number
