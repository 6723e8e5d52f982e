"""Dossier codes: unit, day of reception, running number of the day. Both schemes of unit codes are read (D13)."""

import re
from dataclasses import dataclass
from datetime import date, datetime

# Circular 10/2016/TT-BTTTT: "000.00.06.H56", the top level last.
_FOUR_PARTS = r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}"
# Decision 20/2020/QĐ-TTg: "H40", "H40.5", "H40.5.12", the top level first.
_FROM_THE_TOP = r"[A-Z][0-9]{2}(?:\.[0-9]{1,3}){0,3}"
_UNIT = re.compile(f"(?:{_FOUR_PARTS}|{_FROM_THE_TOP})", re.ASCII)
_CODE = re.compile(f"(?P<unit>{_UNIT.pattern})-(?P<day>[0-9]{{6}})-(?P<number>[0-9]{{4}})", re.ASCII)


@dataclass(frozen=True, slots=True)
class DossierCode:
    """`unit` is the code that the unit bore on the day of reception: old dossiers keep it."""

    unit: str
    received_on: date
    number: int

    def __str__(self) -> str:
        return f"{self.unit}-{self.received_on:%y%m%d}-{self.number:04d}"

    @classmethod
    def read(cls, text: str) -> "DossierCode | None":
        """The code as typed, in whatever case; None when it is none of either scheme."""
        found = _CODE.fullmatch(text.strip().upper())
        if found is None or found["number"] == "0000":
            return None
        try:
            received_on = datetime.strptime(found["day"], "%y%m%d").date()  # noqa: DTZ007 — a day has no zone
        except ValueError:
            return None
        return cls(found["unit"], received_on, int(found["number"]))


def is_unit_code(text: str) -> bool:
    """Whether a unit's code is of one of the two schemes."""
    return _UNIT.fullmatch(text) is not None
