"""`motcua reference`: a real installation gets its amounts and calendars from files, once, or is told what is wrong."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from common.audit import AuditRow
from common.clock import system_clock
from common.db import Database
from common.money import Money
from config import Settings
from procedure_library.loading import load_library
from procedure_library.models import Version
from procedure_library.rate_series import note_series
from procedure_library.rates import RateRow, Series
from procedure_library.ready_made import REFERENCE
from procedure_library.reference import CalendarRow, ParameterRow, calendar_for, parameters_for
from procedure_library.reference_cli import reference

AMOUNT = {
    "procedure": '"dang_ky_khai_sinh"',
    "name": '"registration_amount"',
    "amount": "10_000",
    "from": "2026-01-01",
    "basis": '"NQ 05/2026/NQ-HĐND"',
}
SHIPPED = (REFERENCE / "calendar.toml").read_text(encoding="utf-8")
NEXT = SHIPPED.replace("version = 1", "version = 2").replace("2026-12-31", "2027-12-31")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(reference, [str(argument) for argument in arguments])


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, database: Database, settings: Settings) -> Database:
    monkeypatch.setenv("MOTCUA_DATABASE_URL", str(settings.database_url))
    monkeypatch.setenv("MOTCUA_DATABASE_OWNER_URL", str(settings.database_owner_url))
    monkeypatch.setenv("MOTCUA_SECRET_KEY", settings.secret_key)
    monkeypatch.setenv("MOTCUA_IDENTITY_KEY", settings.identity_key)
    with database.transaction() as session:
        load_library(session, at=system_clock())
    return database


def written(folder: Path, text: str) -> Path:
    file = folder / "file.toml"
    file.write_text(text, encoding="utf-8")
    return file


def amounts(**changes: str) -> str:
    spelled = {**AMOUNT, **changes}
    return 'area = "92"\n[[amounts]]\n' + "".join(f"{k} = {v}\n" for k, v in spelled.items() if v)


def found(result: Result) -> list[tuple[str, str]]:
    assert result.exit_code == 1, result.output
    return [(each["code"], each["where"]) for each in json.loads(result.stdout)]


def count(database: Database, table: type[Any]) -> int:
    with database.transaction() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_amounts_are_recorded_once(installed: Database, tmp_path: Path) -> None:
    file = written(tmp_path, amounts())
    assert run("amounts", file, "--by", "Hạnh").output == "recorded: 1\n"
    assert json.loads(run("amounts", file, "--json").output) == {"recorded": 0}
    with installed.transaction() as session:
        (value,) = parameters_for(session, "dang_ky_khai_sinh", ("92",))["registration_amount"]
        row = session.scalars(select(ParameterRow)).one()
        act = session.scalars(select(AuditRow).where(AuditRow.act == "parameter.recorded")).one()
    assert (value.value, value.from_on, value.cites) == (
        Money(10_000),
        date(2026, 1, 1),
        ("NQ 05/2026/NQ-HĐND",),
    )
    assert (row.recorded_by, act.actor) == ("Hạnh", "Hạnh")


def test_the_shipped_shape_reads_with_an_area(installed: Database) -> None:
    shipped = REFERENCE / "demo_province.toml"
    assert found(run("amounts", shipped, "--json"))[0] == ("reference.lacks", "amounts.0")
    assert run("amounts", shipped, "--area", "92").exit_code == 0
    assert count(installed, ParameterRow) >= 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"procedure": '"xin_phep"'}, "procedures.source.unknown"),
        ({"name": '"registration"'}, "reference.unknown_name"),
        ({"amount": "10_000_000"}, "reference.out_of_bounds"),
        ({"amount": "", "value": '{amount = 5, currency = "USD"}'}, "reference.out_of_bounds"),
        ({"amount": '"ten"'}, "reference.lacks"),
        ({"keys": '["a"]'}, "reference.wrong_keys"),
        ({"from": ""}, "reference.lacks"),
        ({"basis": '" "'}, "reference.lacks"),
        ({"basis": '"\\u0000"'}, "reference.lacks"),
        ({"area": '"9999999999999999999999"'}, "reference.lacks"),
        ({"until": "2025-01-01"}, "reference.ends_before_it_begins"),
    ],
)
def test_an_amount_that_cannot_be_is_found(
    installed: Database, tmp_path: Path, changes: dict[str, str], code: str
) -> None:
    both = amounts() + amounts(**changes).removeprefix('area = "92"\n')
    assert found(run("amounts", written(tmp_path, both), "--json")) == [(code, "amounts.1")]
    assert count(installed, ParameterRow) == 0


def test_the_next_calendar_is_recorded(installed: Database, tmp_path: Path) -> None:
    file = written(tmp_path, NEXT.replace("[working]", '2027-01-01 = "Tết Dương lịch"\n\n[working]'))
    assert json.loads(run("calendar", file, "--json").output) == {"recorded": 1, "key": "vn", "version": 2}
    assert run("calendar", file).output == "recorded: 0\n"
    with installed.transaction() as session:
        calendar = calendar_for(session, date(2026, 6, 1))
    assert calendar is not None
    assert not calendar.is_working(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (NEXT.replace("version = 2", "version = 1"), ("reference.version_taken", "version")),
        (
            NEXT.replace("covers_from = 2025-01-01", "covers_from = 2026-01-01"),
            ("reference.day_outside", "closed."),
        ),
        (
            NEXT.replace("[working]", '2027-01-02 = "thứ Bảy"\n[working]'),
            ("reference.usual_day", "closed.2027-01-02"),
        ),
        (NEXT.replace('key = "vn"', ""), ("reference.lacks", "key")),
        (
            NEXT.replace("effective_from = 2025-01-01", 'effective_from = "now"'),
            ("reference.lacks", "effective_from"),
        ),
        ("[closed", ("reference.unreadable", "file.toml")),
    ],
)
def test_a_calendar_that_cannot_be_is_found(
    installed: Database, tmp_path: Path, text: str, expected: tuple[str, str]
) -> None:
    code, where = found(run("calendar", written(tmp_path, text), "--json"))[0]
    assert (code, where.startswith(expected[1])) == (expected[0], True)
    assert count(installed, CalendarRow) == 1


def test_a_calendar_never_forgets_days(installed: Database, tmp_path: Path) -> None:
    short = 'key = "vn"\nversion = 2\ncovers_from = 2027-01-01\ncovers_until = 2027-12-31\n'
    text = f'{short}effective_from = 2027-01-01\nbasis = "TB"\n[closed]\n2027-01-01 = "Tết"\n'
    assert found(run("calendar", written(tmp_path, text), "--json")) == [
        ("reference.calendar_forgets", "covers_from")
    ]


def test_findings_are_told_in_words(installed: Database, tmp_path: Path) -> None:
    result = run("amounts", written(tmp_path, amounts(name='"x"')), "--language", "en")
    assert "leave no “x” to the province; Write one of: " in result.output
    assert run("amounts", tmp_path / "nothing.toml").exit_code == 2


@pytest.fixture
def reads_a_rate(installed: Database) -> Database:
    with installed.transaction() as session:
        version = session.scalars(select(Version).limit(1)).one()
        note_series(session, version, [Series("usd_buying", "USD", "VND")])
    return installed


def rates_file(folder: Path, *lines: str) -> Path:
    file = folder / "rates.csv"
    file.write_text("\n".join(("day,rate,source", *lines)), encoding="utf-8")
    return file


def test_rates_are_recorded_once(reads_a_rate: Database, tmp_path: Path) -> None:
    file = rates_file(tmp_path, "2026-04-28,26105,Vietcombank", "2026-04-29,26110,Vietcombank")
    assert run("rates", "usd_buying", file, "--by", "Hạnh").output == "recorded: 2\n"
    assert json.loads(run("rates", "usd_buying", file, "--json").output) == {"recorded": 0}
    with reads_a_rate.transaction() as session:
        act = session.scalars(select(AuditRow).where(AuditRow.act == "rates.recorded")).one()
    assert (act.actor, act.subject_key, act.details["count"]) == ("Hạnh", "usd_buying", 2)


def test_one_wrong_rate_keeps_all_out(reads_a_rate: Database, tmp_path: Path) -> None:
    file = rates_file(tmp_path, "2026-04-28,26105,Vietcombank", "2026-04-31,26110,Vietcombank")
    assert found(run("rates", "usd_buying", file, "--json")) == [("reference.rate_day", "day")]
    assert count(reads_a_rate, RateRow) == 0
    lines = run("rates", "usd_buying", file, "--language", "en").output
    assert "day:3: error[reference.rate_day]: “2026-04-31” is not a day; Write 28/04/2026" in lines


def test_only_rates_that_rules_read_are_recorded(reads_a_rate: Database, tmp_path: Path) -> None:
    file = rates_file(tmp_path, "2026-04-28,26105,Vietcombank")
    assert found(run("rates", "usd_selling", file, "--json")) == [("reference.rate_unknown", "usd_selling")]
    assert "usd_buying (USD/VND)" in run("rates", "usd_selling", file).output
    assert run("rates", "usd_buying", file, "--currencies", "USD/VND").exit_code == 0
    file.write_bytes(b"\xff\xfe")
    assert found(run("rates", "usd_buying", file, "--json")) == [("reference.rates_unreadable", "rates.csv")]
