"""`motcua reference places`: a new list of provinces and communes is recorded once, or told what is wrong with it."""

import json
from datetime import date
from pathlib import Path

from common.db import Database
from procedure_library.place_lists import CodeListRow, list_in_force
from tests.procedure_library.test_reference_cli import (  # noqa: F401 — `installed` is a fixture of these tests too
    count,
    found,
    installed,
    run,
    written,
)

FILE = """valid_from = 2027-01-01
basis = "Nghị quyết 1/2026/QH15"
provinces = [["01", "thành phố", "Hà Nội"]]
communes = [["00070", "phường", "Hoàn Kiếm", "01"], ["00004", "phường", "Ba Đình", "01"]]
"""


def test_a_list_is_recorded_once_and_holds_from_its_day(installed: Database, tmp_path: Path) -> None:  # noqa: F811
    file = written(tmp_path, FILE)
    assert run("places", file, "--by", "Hạnh").output == "recorded: 3  version: 2\n"
    assert json.loads(run("places", file, "--json").output) == {"recorded": 0}
    with installed.transaction() as session:
        before, after = (list_in_force(session, day) for day in (date(2026, 12, 31), date(2027, 1, 1)))
        assert before is not None
        assert after is not None
        assert (before.version, after.version, after.recorded_by) == (1, 2, "Hạnh")


def test_a_wrong_line_is_named_and_nothing_is_recorded(installed: Database, tmp_path: Path) -> None:  # noqa: F811
    before = count(installed, CodeListRow)
    file = written(tmp_path, FILE.replace('"Ba Đình", "01"', '"Ba Đình", "02"'))
    assert found(run("places", file, "--json")) == [("reference.bad_place", "communes.1")]
    assert count(installed, CodeListRow) == before
