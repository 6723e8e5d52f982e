"""`motcua import-dossiers`: says what is wrong and writes nothing; with --do it takes over what is sound, once."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from common.clock import fixed_clock
from common.db import Database
from config import Settings
from runtime.importing import cli
from runtime.models.dossiers import Dossier
from tests.runtime import old_dossiers
from tests.runtime.test_importing import NOW


@pytest.fixture
def ask(database: Database, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the command on a file of 300 dossiers."""
    file = tmp_path / "cu.xlsx"
    file.write_bytes(old_dossiers.file())
    monkeypatch.setattr(cli, "open_database", lambda _settings: database)
    monkeypatch.setattr(cli, "read_settings", lambda: settings)
    monkeypatch.setattr(cli, "system_clock", fixed_clock(NOW))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli.import_dossiers, [str(file), *arguments])

    return run


def count(database: Database) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(Dossier)) or 0


def test_it_checks_first_and_then_takes_over_what_is_sound_once(ask: Any, database: Database) -> None:
    looked = ask()
    assert looked.exit_code == 1
    assert looked.stdout.splitlines()[-1] == "300 dòng: 258 nhập được, 0 đã có, 42 sai."
    assert "A260: «HS-17» không phải mã hồ sơ. Mã có dạng" in looked.stdout
    assert count(database) == 0
    done = ask("--do", "--by", "quantri", "--language", "en")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == "Took over 258 dossiers."
    assert count(database) == 258
    again = json.loads(ask("--do", "--by", "quantri", "--json").stdout)
    assert (again["sound"], again["unchanged"], again["faulty"], again["taken"]) == (0, 258, 42, 0)
    assert count(database) == 258


def test_who_answers_for_it_must_be_known(ask: Any, database: Database) -> None:
    for arguments in (("--do",), ("--do", "--by", "nobody")):
        assert ask(*arguments).exit_code == 2
    assert count(database) == 0
