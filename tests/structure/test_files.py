"""The measures of the house: files that fit in a head, islands without a clock, no address of the web."""

import re

from tests.structure.sources import ISLANDS, ROOT, python, told

LONGEST = 300
ASKS_THE_TIME = re.compile(r"\b(system_clock|time\.time\(|datetime\.now|\.utcnow|date\.today)")
DOWNLOAD_ADDRESS = re.compile(r"(\"resolved\"\s*:)|(^--?(index|extra-index|find-links))", re.MULTILINE)


def test_no_file_is_longer_than_fits_in_a_head() -> None:
    # A migration is a list of tables as they were that day: cutting it would not make it easier to read.
    files = [path for path in python() if "migrations/versions" not in told(path)]
    lengths = {told(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_only_the_clock_asks_what_time_it_is() -> None:
    packages = ("common", "rules_dsl", "form_builder", "procedure_library", "designer", "runtime")
    asking = {told(path) for path in python(*packages) if "datetime.now" in path.read_text(encoding="utf-8")}
    assert asking == {"common/clock.py"}


def test_islands_have_no_clock() -> None:
    asking = [
        told(path) for path in python(*ISLANDS) if ASKS_THE_TIME.search(path.read_text(encoding="utf-8"))
    ]
    assert asking == []


def test_pinned_dependencies_carry_hashes_and_no_download_address() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        pinned = re.findall(r"^[a-z0-9][\w.-]*==", text, re.MULTILINE)
        assert pinned
        assert len(
            re.findall(r"^[a-z0-9][\w.\[\]-]*==[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE)
        ) == len(pinned)
        assert not DOWNLOAD_ADDRESS.search(text), told(path)
    assert not DOWNLOAD_ADDRESS.search((ROOT / "package-lock.json").read_text(encoding="utf-8"))
