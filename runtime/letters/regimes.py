"""Which circular numbers the official forms on a day. A paper bears the number of the day it is printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from runtime.engine.effects import LetterKind


@dataclass(frozen=True, slots=True)
class Regime:
    """In force from a day on, until the next one."""

    from_on: date
    circular: str
    forms: Mapping[LetterKind, str]


REGIMES = (
    Regime(
        date(2019, 1, 6),
        "Thông tư 01/2018/TT-VPCP",
        {"reception_slip": "01", "supplement_request": "02", "refusal_slip": "03", "apology": "04"},
    ),
    # With the two-level government and Decree 118/2025; form 05 is new.
    Regime(
        date(2025, 7, 1),
        "Thông tư 03/2025/TT-VPCP",
        {
            "reception_slip": "01",
            "supplement_request": "02",
            "refusal_slip": "03",
            "apology": "04",
            "stop_notice": "05",
        },
    ),
)


def form_of(kind: LetterKind, on: date) -> tuple[str, str] | None:
    """Form number and circular; None for a paper that no circular names."""
    regime = next((r for r in reversed(REGIMES) if r.from_on <= on), None)
    if regime is None or kind not in regime.forms:
        return None
    return regime.forms[kind], regime.circular
