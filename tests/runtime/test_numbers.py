"""Dossier codes and other numbers (D13): per unit and day, without gaps."""

import pytest

from common.problems import Refusal
from runtime import dossiers, numbers
from runtime.engine.codes import DossierCode, is_unit_code
from runtime.models.dossiers import Counter, Dossier
from runtime.numbers import LAST_CODE, dossier_code, filing_number, yearly_number
from tests.runtime.small import MONDAY
from tests.runtime.tables import instant, rows_of
from tests.runtime.town import Town


@pytest.mark.parametrize("row", rows_of("dossier_codes.csv"), ids=lambda row: row["code"])
def test_codes_are_those_of_the_table(town: Town, row: dict[str, str]) -> None:
    unit = town.units["tan_an"]
    unit.code = row["unit"]
    received = instant(f"{row['received']} 09:00")
    before = int(row["number"]) - 1
    if before:
        period = int(f"{received:%Y%m%d}")
        town.session.add(Counter(unit_id=unit.id, kind="dossier", period=period, last=before))
        town.session.flush()
    code = dossier_code(town.session, unit, received)
    assert (code.code if isinstance(code, Refusal) else code) == row["code"]


def test_an_exhausted_counter_refuses_reception_and_changes_nothing(town: Town) -> None:
    dossier = town.filed()
    unit = town.units["tan_an"]
    town.session.add(Counter(unit_id=unit.id, kind="dossier", period=20260302, last=LAST_CODE))
    refused = dossiers.accept(town.session, dossier, by=town.official("reception"), at=MONDAY)
    assert refused == Refusal("dossiers.codes_exhausted", {"day": "02/03/2026", "unit": unit.name_vi})
    assert (dossier.status, dossier.code, dossier.events) == ("submitted", None, 1)


def test_units_count_for_themselves(town: Town) -> None:
    first, second = town.units["tan_an"], town.units["hoa_binh"]
    given = [filing_number(town.session, unit, MONDAY) for unit in (first, second, first)]
    assert given == ["N-000.21.01.H99-260302-1", "N-000.21.02.H99-260302-1", "N-000.21.01.H99-260302-2"]


def test_letters_are_numbered_by_the_year(town: Town) -> None:
    unit = town.units["tan_an"].id
    assert [yearly_number(town.session, unit, "HDHS", MONDAY) for _ in range(2)] == [
        "1/2026/HDHS",
        "2/2026/HDHS",
    ]
    assert yearly_number(town.session, unit, "HDHS", MONDAY.replace(year=2027)) == "1/2027/HDHS"


def test_a_number_that_was_rolled_back_is_given_again(town: Town) -> None:
    with town.session.begin_nested() as undone:
        town.filed()
        undone.rollback()
    assert town.all(Dossier) == []
    assert town.filed().filing_number.endswith("-1")


@pytest.mark.parametrize("row", [r for r in rows_of("dossier_codes.csv") if "-" in r["code"]])
def test_codes_of_both_schemes_are_read_as_they_are_written(row: dict[str, str]) -> None:
    code = DossierCode.read(f" {row['code'].lower()} ")
    assert code == DossierCode(row["unit"], instant(f"{row['received']} 00:00").date(), int(row["number"]))
    assert str(code) == row["code"]
    assert is_unit_code(row["unit"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "000.00.06.H56-231027-361",
        "000.00.06.H56-231327-0361",
        "000.00.06.H56-231027-0000",
        "00.00.06.H56-231027-0361",
        "H40.5.12.1.2-231027-0001",
        "H4-231027-0001",
        "N-000.12.31.H56-260307-1",
        "H40.5.12-231027-0001\n2",
    ],
)
def test_what_is_no_code_is_not_read_as_one(text: str) -> None:
    assert DossierCode.read(text) is None


def test_a_code_given_out_elsewhere_is_not_given_out_again(town: Town) -> None:
    unit = town.units["tan_an"]
    numbers.count_at_least(town.session, unit.id, DossierCode(unit.code, MONDAY.date(), 361))
    assert str(town.received().code).endswith("-0362")
    numbers.count_at_least(town.session, unit.id, DossierCode(unit.code, MONDAY.date(), 7))
    assert str(town.received().code).endswith("-0363")
