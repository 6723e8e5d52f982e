"""`motcua init`: asks what no option says, again when it cannot be, and needs nobody when everything is said."""

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from app import PARTS
from common.db import Database
from common.identity.models import Account, Unit
from common.identity.passwords import is_password
from common.operations.cli import operations
from config import Settings

PASSWORD = "bốn con thuyền xanh"
COMMUNE = {
    "--agency": "Ủy ban nhân dân xã Hòa Bình",
    "--code": "000.21.02.H99",
    "--level": "commune",
    "--area": "20332",
    "--province": "48",
    "--name": "Nguyễn Thị Hạnh",
    "--login": "quantri",
    "--password-file": "-",
}
INIT = next(command for command in operations if command.name == "init")


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch, database: Database, settings: Settings) -> Database:
    monkeypatch.setenv("MOTCUA_DATABASE_URL", str(settings.database_url))
    monkeypatch.setenv("MOTCUA_DATABASE_OWNER_URL", str(settings.database_owner_url))
    monkeypatch.setenv("MOTCUA_SECRET_KEY", settings.secret_key)
    monkeypatch.setenv("MOTCUA_IDENTITY_KEY", settings.identity_key)
    monkeypatch.setenv("MOTCUA_DATA_FOLDER", str(settings.data_folder))
    return database


def init(typed: str, **options: str) -> Result:
    arguments = [part for option in options.items() for part in option]
    return CliRunner().invoke(INIT, arguments, input=typed, obj=PARTS)


def units(database: Database) -> list[tuple[str, str, str, str]]:
    with database.transaction() as session:
        found = session.scalars(select(Unit)).all()
        return [(unit.name_vi, unit.level, unit.area_code, unit.province_code) for unit in found]


def test_every_question_is_asked_again_until_it_has_an_answer(empty: Database) -> None:
    lines = (
        *("Ủy ban nhân dân tỉnh An Bình", "h 99", "h99", "district", "province", "9", "99"),
        *("Nguyễn Thị Hạnh", "quản trị", "QuanTri", "aaaaaaaaaaaa", PASSWORD, PASSWORD),
    )
    done = init("\n".join(lines) + "\n")
    assert (done.exit_code, done.output.splitlines()[-1]) == (
        0,
        "Xong. Chạy: motcua run · Done. Now: motcua run",
    )
    for said in (
        "cách nhau bằng dấu chấm",
        "There is no such level of units.",
        "Mã địa bàn không đúng với cấp của đơn vị.",
        "A login name has letters without accents",
        "Mật khẩu này dễ đoán",
    ):
        assert done.output.count(said) == 1, said
    assert "Mã tỉnh" not in done.output
    assert units(empty) == [("Ủy ban nhân dân tỉnh An Bình", "province", "99", "")]
    with empty.transaction() as session:
        account = session.scalars(select(Account)).one()
    assert account.login == "quantri"
    assert is_password(account.password_hash, PASSWORD)


def test_a_commune_is_asked_for_its_province(empty: Database) -> None:
    options = {
        name: value for name, value in COMMUNE.items() if name not in ("--province", "--password-file")
    }
    done = init(f"\n4\n48\n{PASSWORD}\n{PASSWORD}\n", **options)
    assert done.exit_code == 0, done.output
    assert done.output.count("Mã tỉnh không đúng.") == 1
    assert units(empty) == [("Ủy ban nhân dân xã Hòa Bình", "commune", "20332", "48")]


def test_a_department_may_leave_its_area_to_its_province(empty: Database) -> None:
    lines = ("Sở Tư pháp", "H99.5", "department", "", "Nguyễn Thị Hạnh", "quantri", PASSWORD, PASSWORD)
    assert init("\n".join(lines) + "\n").exit_code == 0
    assert units(empty) == [("Sở Tư pháp", "department", "", "")]


def test_nobody_has_to_be_there_when_everything_is_said(empty: Database) -> None:
    assert init(f"{PASSWORD}\n", **COMMUNE).exit_code == 0
    assert units(empty) == [("Ủy ban nhân dân xã Hòa Bình", "commune", "20332", "48")]
    again = init(f"{PASSWORD}\n", **COMMUNE)
    assert (again.exit_code, "There is an administrator already." in again.output) == (0, True)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--area", "48", "The area code does not fit the level of the unit."),
        ("--province", "", "The province code is not right."),
        ("--login", "a b", "A login name has letters without accents"),
        ("--agency", " ", "This cannot be left empty."),
    ],
)
def test_a_wrong_option_ends_it_with_nothing_made(
    empty: Database, option: str, value: str, said: str
) -> None:
    done = init(f"{PASSWORD}\n", **{**COMMUNE, option: value})
    assert done.exit_code == 1
    assert said in done.output
    assert units(empty) == []


def test_a_weak_password_in_the_file_is_refused(empty: Database) -> None:
    done = init("matkhau-2026\n", **COMMUNE)
    assert (done.exit_code, "easy to guess" in done.output) == (1, True)
    assert units(empty) == []
