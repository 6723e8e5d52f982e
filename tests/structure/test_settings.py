"""Every setting is documented, and nothing reads the environment behind the settings' back."""

import re

from config import variables
from tests.structure.sources import ROOT, python, told

DOCUMENTED = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
READS_ENVIRONMENT = re.compile(r"\bos\.(environ|getenv)\b")
# The settings themselves, and what hands the whole environment on to child processes.
MAY_READ = {"config.py", "common/postgres/embedded.py"}


def test_the_documented_settings_are_the_settings() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert DOCUMENTED.findall(page) == list(variables())


def test_only_the_settings_read_the_environment() -> None:
    ours = ("app.py", "common", "rules_dsl", "form_builder", "procedure_library", "designer", "runtime")
    reading = {told(path) for path in python() if READS_ENVIRONMENT.search(path.read_text(encoding="utf-8"))}
    assert {path for path in reading if path.startswith(ours)} <= MAY_READ


def test_the_settings_import_nothing_of_ours() -> None:
    source = (ROOT / "config.py").read_text(encoding="utf-8")
    assert not re.search(
        r"^\s*(from|import) (common|rules_dsl|form_builder|procedure|designer|runtime|app)", source, re.M
    )
