"""In the end: what the clients were told and the mail server took, against what the database holds."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from soak.ledger import Act

# Of each act that a client can do, how often it is recorded; a task is named by its number in addresses.
RECORDED = """
select d.filing_number, e.act, coalesce(t.id, 0), count(*)
from dossier_events e join dossiers d on d.id = e.dossier_id
left join tasks t on t.dossier_id = d.id and t.number = (e.record ->> 'task')::int
  and e.act in ('claim', 'complete')
group by 1, 2, 3
"""
# Numbers that must be 1, 2, 3 … up to the counter of their unit and period.
NUMBERED = """
select 'dossier ' || left(split_part(code, '-', 2), 6), array_agg(split_part(code, '-', 3)::int) from dossiers
  where code is not null group by 1
union all
select 'filing ' || split_part(filing_number, '-', 3), array_agg(split_part(filing_number, '-', 4)::int) from dossiers
  group by 1
union all
select 'receipt ' || split_part(number, '/', 2), array_agg(split_part(number, '/', 1)::int) from payments
  where number <> '' group by 1
"""
NOTICES = """
select n.status, 'notice-' || n.id || '-' || d.filing_number from notices n join dossiers d on d.id = n.dossier_id
"""
UNPRINTED = "select count(*) from letters where digest is null"


@dataclass(frozen=True, slots=True)
class Compared:
    """Empty lists and noughts: all is as it was told. `doubled` mails came more than once; `explained` is how many of
    those were in the hands of a client that was killed."""

    missing: tuple[Act, ...]
    twice: tuple[Act, ...]
    gaps: tuple[str, ...]
    unsent: int
    lost_mails: int
    strange_mails: int
    mails: int
    doubled: int
    explained: int
    unprinted: int
    recorded: int

    @property
    def is_right(self) -> bool:
        wrong = (
            self.unsent,
            self.lost_mails,
            self.strange_mails,
            self.unprinted,
            self.doubled - self.explained,
        )
        return not (self.missing or self.twice or self.gaps or any(wrong))


def compared(connection: "psycopg.Connection[Any]", told: list[Act], mails: Path) -> Compared:
    recorded = {Act(*row[:3]): row[3] for row in connection.execute(RECORDED)}
    notices = connection.execute(NOTICES).fetchall()
    sent = {mail for status, mail in notices if status == "sent"}
    taken, broken = _mails(mails)
    doubled = {mail for mail, times in taken.items() if times > 1}
    return Compared(
        missing=tuple(sorted(set(told) - set(recorded))),
        twice=tuple(sorted(act for act, times in recorded.items() if times > 1)),
        gaps=tuple(
            name for name, numbers in connection.execute(NUMBERED) if sorted(numbers) != _whole(numbers)
        ),
        unsent=len(notices) - len(sent),
        lost_mails=len(sent - set(taken)),
        strange_mails=len(set(taken) - sent),
        mails=len(sent),
        doubled=len(doubled),
        explained=len(doubled & broken),
        unprinted=int(connection.execute(UNPRINTED).fetchone()[0]),  # type: ignore[index]
        recorded=sum(recorded.values()),
    )


def _whole(numbers: list[int]) -> list[int]:
    return list(range(1, len(numbers) + 1))


def _mails(file: Path) -> tuple[Counter[str], set[str]]:
    """How often each came, and which came in a conversation that broke off."""
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    ended = {line["ended"] for line in lines if "ended" in line}
    mails = [(_bare(line["mail"]), line["conversation"]) for line in lines if "mail" in line]
    return Counter(name for name, _ in mails), {name for name, number in mails if number not in ended}


def _bare(message_id: str) -> str:
    """Without brackets and the sender's domain."""
    return message_id.strip("<>").partition("@")[0]
