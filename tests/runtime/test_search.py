"""The search of officials: whichever way finds a dossier, the answer is what reading all of them one by one gives."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import insert, inspect, select

from common.identity.actor import Actor
from runtime import finding, queries
from runtime.models.dossiers import Dossier
from runtime.pages import After
from tests.runtime.small import MONDAY
from tests.runtime.town import Town

NAMES = ("nguyen van an", "nguyen van binh", "nguyenh", "le thi 100%", "le_thi", "n", "tran\U0010ffff", "")
UNITS = ("tan_an", "hoa_binh")
STATUSES = ("in_process", "returned")
TYPED = (
    *("", "nguyen", "NGUYỄN VĂN", "nguyen van an", "n", "le", "le_", "le thi 1", "tran", "o", "%", "nguyen%"),
    *("K-3", "F-5", "k-3", "038190001234", "  n  "),
)


@pytest.fixture
def filled(town: Town) -> list[dict[str, Any]]:
    """Dossiers of every name, at every unit, solved there or at another, each open and closed; oldest first."""
    pattern = town.received()
    own = (c for c in inspect(Dossier).column_attrs if not c.columns[0].computed)
    columns = [c.key for c in own if c.key != "id"]
    # The identity number is the same for all: this one was typed by the citizen who filed them.
    like = {name: getattr(pattern, name) for name in columns}
    rows = [
        {
            **like,
            "filing_number": f"F-{number}",
            "code": f"K-{number}" if number % 3 else None,
            "unit_id": town.units[unit].id,
            "solving_unit_id": town.units[solving].id,
            "applicant_folded": name,
            "status": status,
            # Three at a time arrived in the same second: their order is that of their ids.
            "submitted_at": MONDAY + timedelta(seconds=number // 3),
            "identity_hash": like["identity_hash"] if number % 5 == 0 else None,
        }
        for number, (name, unit, solving, status) in enumerate(product(NAMES, UNITS, UNITS, STATUSES))
    ]
    # Somebody has for a name what is the code of another dossier.
    rows[7]["applicant_folded"] = "k-3"
    town.session.execute(insert(Dossier), rows)
    return rows


@pytest.mark.parametrize("common", [1, 3, 1000], ids="names are common from {} on".format)
@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("status", ["", "returned"])
def test_it_finds_what_reading_all_one_by_one_finds(
    town: Town,
    filled: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    common: int,
    typed: str,
    status: str,
) -> None:
    monkeypatch.setattr(finding, "COMMON", common)
    for units in (("tan_an",), ("hoa_binh", "tan_an"), ()):
        official = _official(town, *units)
        assert _all_pages(town, official, typed, status) == _one_by_one(town, official, typed, status)


def _official(town: Town, *units: str) -> Actor:
    return Actor(1, "", "official", frozenset((town.units[unit].id, "reception") for unit in units))


def _all_pages(town: Town, official: Actor, typed: str, status: str) -> list[str]:
    """By filing number; read in pages of four."""
    found, after = [], None
    while True:
        page = queries.search(town.session, official, typed, status=status, after=after, limit=4)
        found += [row.filing_number for row in page.rows]
        if page.after is None:
            return found
        after = After.read(str(page.after))


def _one_by_one(town: Town, official: Actor, typed: str, status: str) -> list[str]:
    """What the promise says, without any index."""
    dossiers = town.session.scalars(select(Dossier).order_by(Dossier.submitted_at.desc(), Dossier.id.desc()))
    return [
        dossier.filing_number
        for dossier in dossiers
        if {dossier.unit_id, dossier.solving_unit_id} & official.units()
        and status in ("", dossier.status)
        and _is_meant(dossier, typed.strip())
    ]


def _is_meant(dossier: Dossier, typed: str) -> bool:
    if typed == "038190001234":
        return dossier.identity_hash is not None
    beginning = {"NGUYỄN VĂN": "nguyen van"}.get(typed, typed.lower())
    return typed in (dossier.code, dossier.filing_number) or dossier.applicant_folded.startswith(beginning)
