"""Fixed words of the forms, and dates, instants, amounts and terms as they are printed."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from common.clock import ZONE, local_date
from common.money import EXPONENTS, Money
from rules_dsl.terms import Allowance
from runtime.engine.effects import LetterKind
from runtime.letters.regimes import form_of

# Terms counted by the day end with the day (Civil Code art. 148.5).
END_OF_DAY = time(23, 59)

_FILE = Path(__file__).with_name("words.toml")


def words(kind: str, language: str) -> dict[str, str]:
    """The words of one form: those of all, and its own."""
    tables = _catalogue()
    chosen = {**tables["common"], **tables.get(kind, {})}
    return {key: text.get(language) or text["vi"] for key, text in chosen.items()}


def phrase(key: str, language: str, **parameters: str | int) -> str:
    return words("phrase", language)[key].format(**parameters)


def instant(at: datetime | None, language: str) -> str:
    """ "09 giờ 05 phút, ngày 10 tháng 3 năm 2026"; "" for None."""
    if at is None:
        return ""
    local = at.astimezone(ZONE)
    parts = _parts(local.date())
    return phrase("instant", language, hour=f"{local:%H}", minute=f"{local:%M}", **parts)


def day(on: date | None, language: str) -> str:
    """ "ngày 10 tháng 3 năm 2026"; "" for None."""
    return phrase("dated", language, **_parts(on)) if on else ""


def promised(at: datetime | None, language: str) -> str:
    """An appointment: the day, or the hour of it when the term is counted by the hour; "" for None."""
    if at is None or at.astimezone(ZONE).time() != END_OF_DAY:
        return instant(at, language)
    return phrase("within_day", language, **_parts(local_date(at)))


def _parts(on: date) -> Mapping[str, str]:
    # Decree 30/2020: days below 10 and the months January and February bear a zero. `mm` always does.
    month = f"{on:%m}" if on.month < 3 else str(on.month)
    return {"day": f"{on:%d}", "month": month, "mm": f"{on:%m}", "year": f"{on:%Y}"}


def money(amount: Money) -> str:
    """ "36.000 đồng", "10,50 USD": the Vietnamese way in both languages, as on every official paper."""
    digits = EXPONENTS[amount.currency]
    text = f"{amount.amount:,.{digits}f}".translate(str.maketrans(",.", ".,"))
    return f"{text} {'đồng' if amount.currency == 'VND' else amount.currency}"


def term(allowance: Allowance | None, language: str) -> str:
    """ "15 ngày làm việc", "Trong ngày tiếp nhận"."""
    if allowance is None:
        return phrase("at_once", language)
    if allowance.same_day:
        return phrase("same_day", language)
    return phrase(allowance.unit, language, amount=allowance.amount)


def form_number(kind: LetterKind, on: date, language: str) -> str:
    """ "Mẫu số 01 – Thông tư 03/2025/TT-VPCP"; "" for a paper that no circular names."""
    found = form_of(kind, on)
    return phrase("form", language, number=found[0], circular=found[1]) if found else ""


@cache
def _catalogue() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
