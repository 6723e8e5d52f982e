"""`motcua procedures` on folders and on the database: what it prints and how it exits."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app import main
from common.clock import system_clock
from common.db import Database
from common.text import Text
from config import Settings
from procedure_library.cli import procedures
from procedure_library.codec import digest
from procedure_library.definition import Definition, Letter
from procedure_library.loading import load_calendar
from procedure_library.models import DefinitionRow
from procedure_library.package import read_package, write_package
from procedure_library.ready_made import packages
from tests.procedure_library.faults import FAULTS
from tests.procedure_library.samples import definition

BIRTH = packages()[1]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(procedures, [str(argument) for argument in arguments])


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, database: Database, settings: Settings) -> Database:
    """An installation with its calendar; commands find its database by the environment."""
    monkeypatch.setenv("MOTCUA_DATABASE_URL", str(settings.database_url))
    monkeypatch.setenv("MOTCUA_DATABASE_OWNER_URL", str(settings.database_owner_url))
    monkeypatch.setenv("MOTCUA_SECRET_KEY", settings.secret_key)
    monkeypatch.setenv("MOTCUA_IDENTITY_KEY", settings.identity_key)
    with database.transaction() as session:
        load_calendar(session, at=system_clock())
    return database


def faulty(folder: Path) -> Path:
    write_package(FAULTS["procedures.end.no_decision"][0], folder)
    return folder


def test_a_good_package_is_clean() -> None:
    result = run("check", BIRTH)
    assert (result.exit_code, result.output) == (0, "")
    assert json.loads(run("check", BIRTH, "--json").output) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "mà không ai ra quyết định"), ("en", "can be reached without a decision")],
)
def test_findings_are_told_with_a_remedy(tmp_path: Path, language: str, words: str) -> None:
    result = run("check", faulty(tmp_path), "--language", language)
    assert result.exit_code == 1
    assert result.output.startswith("granted: error[procedures.end.no_decision]: ")
    assert words in result.output


def test_machines_get_the_same_list(tmp_path: Path) -> None:
    result = run("check", faulty(tmp_path), "--json", "--language", "en")
    first = json.loads(result.output)[0]
    assert (result.exit_code, first["code"], first["where"]) == (1, "procedures.end.no_decision", "granted")
    assert first["remedy"] == "Let this way pass a task with an outcome that decides to grant or to refuse."


def test_warnings_alone_are_no_failure(tmp_path: Path) -> None:
    write_package(definition(results=()), tmp_path)
    result = run("check", tmp_path)
    assert result.exit_code == 0
    assert "warning[procedures.results.none]" in result.output


def test_broken_files_are_findings(tmp_path: Path) -> None:
    result = run("check", tmp_path)
    assert result.exit_code == 1
    assert result.output.count("error[procedures.file.missing]") == 4


@pytest.mark.parametrize(
    "arguments", [[], ["check"], ["check", "x", "y"], ["compare", "x"], ["import", "nowhere"]]
)
def test_wrong_use_exits_with_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_package_is_exported_from_a_folder_into_our_spelling(tmp_path: Path) -> None:
    shutil.copytree(BIRTH, tmp_path / "mine")
    loose = tmp_path / "mine" / "form.schema.json"
    loose.write_text(json.dumps(json.loads(loose.read_text(encoding="utf-8")), indent=7), encoding="utf-8")
    assert run("export", tmp_path / "mine", tmp_path / "ours").exit_code == 0
    assert bytes_of(tmp_path / "ours") == bytes_of(BIRTH)


def test_a_folder_with_other_files_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    mine = tmp_path / "letters" / "mine.typ"
    mine.write_text("precious")
    assert run("export", BIRTH, tmp_path).exit_code == 2
    assert mine.read_text() == "precious"


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("export", BIRTH, tmp_path / "file" / "in")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_export_import_export_gives_the_same_bytes(installed: Database, tmp_path: Path) -> None:
    published = run("publish", BIRTH, "--basis", "163/QĐ-BTP", "--from", "2025-01-01", "--json")
    assert published.exit_code == 0, published.output
    assert json.loads(published.output)["version"] == 1
    assert run("export", BIRTH.name, tmp_path / "one").exit_code == 0
    assert run("import", tmp_path / "one").exit_code == 0
    assert run("export", f"{BIRTH.name}@1", tmp_path / "two").exit_code == 0
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two") == bytes_of(BIRTH)


def test_importing_keeps_the_definition_unpublished(installed: Database) -> None:
    result = run("import", BIRTH, "--json")
    kept = read_package(BIRTH)
    assert isinstance(kept, Definition)
    assert json.loads(result.output) == {"key": BIRTH.name, "digest": digest(kept)}
    with installed.transaction() as session:
        assert session.get(DefinitionRow, digest(kept)) is not None
    assert run("check", BIRTH.name).exit_code == 1


def test_a_faulty_package_is_neither_imported_nor_published(installed: Database, tmp_path: Path) -> None:
    for arguments in (["import", faulty(tmp_path)], ["publish", faulty(tmp_path), "--basis", "1/QĐ"]):
        result = run(*arguments)
        assert result.exit_code == 1
        assert "error[procedures.end.no_decision]" in result.output
    with installed.transaction() as session:
        assert session.query(DefinitionRow).count() == 0


def test_unusable_settings_are_told_in_plain_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_DATABASE_URL", "mysql://somewhere")
    result = run("check", "some_procedure")
    assert result.exit_code == 1
    assert "MOTCUA_DATABASE_URL" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("source", ["unknown_procedure", "dang_ky_khai_sinh@99", "x@99999999999999", "x@y"])
def test_an_unknown_source_is_a_finding(installed: Database, source: str) -> None:
    result = run("check", source)
    assert result.exit_code == 1
    assert f"error[procedures.source.unknown]: Không tìm thấy thủ tục «{source}»" in result.output


def test_versions_are_compared(installed: Database, tmp_path: Path) -> None:
    write_package(definition(), tmp_path / "one")
    write_package(definition(announced_by="9/QĐ"), tmp_path / "two")
    for folder in ("one", "two"):
        assert run("publish", tmp_path / folder, "--basis", "9/QĐ").exit_code == 0
    result = run("compare", "good_standing@1", "good_standing@2")
    assert result.exit_code == 1
    assert result.output == 'changed: head good_standing.announced_by\n  - \n  + "9/QĐ"\n'
    same: Any = run("compare", "good_standing@2", "good_standing")
    assert (same.exit_code, same.output) == (0, "")


def test_the_program_tries_the_letters_too(tmp_path: Path) -> None:
    broken = Letter("paper", Text("Giấy xác nhận"), '#set document(title: "x")\n#d.nothing', "granted")
    write_package(definition(letters=(broken,)), tmp_path / "small")
    checked = CliRunner().invoke(main, ["procedures", "check", str(tmp_path / "small")])
    assert checked.exit_code == 1
    assert "letters/paper.typ:2: error[procedures.letter.broken]" in checked.stdout
