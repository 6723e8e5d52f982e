"""What an older system said of a dossier."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from common.money import Money
from procedure_library.definition import Ending

OldStatus = Literal["in_process", "decided", "returned", "withdrawn", "stopped"]


class PaidBefore(Struct, frozen=True):
    """An amount by one rule that had been taken there."""

    rule: str
    amount: Money


class Imported(Struct, frozen=True):
    """`row` is the digest of the row it came from. `step` "": from the first; `ending` of what was decided.

    `finished_at` is when the office was finished with it, `paid` what had been taken by then.
    """

    code: str
    row: str
    status: OldStatus
    received_at: datetime
    submitted_at: datetime
    appointment: datetime | None = None
    finished_at: datetime | None = None
    step: str = ""
    ending: Ending | None = None
    paid: tuple[PaidBefore, ...] = ()
