"""Every check of procedures has a page (docs/checks) with the sentences that it says."""

import pytest

from common.messages import message_of
from tests.procedure_library.faults import FAULTS
from tests.procedure_library.test_checks import MODULES, found_by, module_of
from tests.rules_dsl.world import ROOT

FOLDER = ROOT / "docs/checks"


def test_each_check_has_a_page_on_the_list() -> None:
    pages = {path.stem for path in FOLDER.glob("*.md")} - {"README"}
    listed = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert pages == set(MODULES)
    assert [name for name in pages if listed.count(f"[{name}]({name}.md)") != 1] == []


@pytest.mark.parametrize("code", FAULTS)
def test_the_page_says_what_the_check_says_in_both_languages(code: str) -> None:
    name = module_of(code)
    page = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    finding = next(finding for finding in found_by(name, FAULTS[code][0]) if finding.code == code)
    assert f"## {code}\n" in page
    for language in ("vi", "en"):
        said = message_of(finding, language)
        assert f"> **{said.text}.** {said.remedy}" in page


@pytest.mark.parametrize("name", MODULES)
def test_the_page_says_what_must_hold_as_the_check_does(name: str) -> None:
    page = " ".join((FOLDER / f"{name}.md").read_text(encoding="utf-8").split())
    assert " ".join((MODULES[name].__doc__ or "?").split()) in page
