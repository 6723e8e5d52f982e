"""Every finding has a page (docs/rules/checks), and what the page shows is what the checks say."""

import re
import tomllib

import pytest

from common.messages import message
from rules_dsl.checks import CHECKS
from rules_dsl.checks.examples import failing_examples
from rules_dsl.parser import LONGEST_FILE, MOST_FINDINGS
from tests.rules_dsl.check_pages import FOLDER, HERE, codes, found, page
from tests.rules_dsl.world import ROOT

# Why a value is not known, or a fact not read: no finding about a file, told in docs/rules/evaluation.md.
REASONS = {
    "rules.wrong_fact",
    "rules.unknown_fact",
    "rules.absent_fact",
    "rules.unknown_parameter",
    "rules.parameter_out_of_bounds",
    "rules.unknown_rate",
    "rules.no_row",
    "rules.two_rows",
    "rules.unknown_calendar",
    "rules.not_in_force",
    "rules.no_clause",
    "rules.out_of_range",
    "rules.divided_by_zero",
    "rules.term_not_started",
    "rules.term_suspended",
}
# Wrong by their size, which no page can show.
GROWN = {
    "rules.file_too_long": "# note\n" * (LONGEST_FILE // 7 + 1),
    "rules.too_many_mistakes": "".join(f"thuu {number}\n" for number in range(MOST_FINDINGS + 1)),
}
SHOWN = [code for code in codes() if code not in GROWN]


SENTENCES = tomllib.loads((ROOT / "rules_dsl/messages.toml").read_text(encoding="utf-8"))
# What proofs find is planted in planted_faults.toml, and told on the page of proofs.
PROVED = [code for code in SENTENCES if code.startswith("rules.proof.")]


def test_every_code_has_a_page_and_no_page_speaks_of_another() -> None:
    assert set(codes()) == set(SENTENCES) - REASONS - set(PROVED)


@pytest.mark.parametrize("code", PROVED)
@pytest.mark.parametrize(("language", "name"), [("en", "proofs.md"), ("vi", "proofs.vi.md")])
def test_the_page_of_proofs_says_what_a_proof_says(code: str, language: str, name: str) -> None:
    said = SENTENCES[code]
    line = f"- `{code}`: {said[language]}. {said[f'remedy_{language}']}\n"
    assert line in (FOLDER.parent / name).read_text(encoding="utf-8")


def test_the_list_of_pages_is_complete() -> None:
    listed = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [code for code in codes() if listed.count(f"- [{code}]({code}.md)") != 1] == []


@pytest.mark.parametrize("code", SHOWN)
def test_what_the_page_calls_wrong_gives_exactly_its_finding_where_it_stands(code: str) -> None:
    shown = page(code)
    findings = found(code, shown.wrong.replace(HERE, ""))
    assert [(finding.code, (finding.line, finding.column)) for finding in findings] == [(code, shown.place)]


@pytest.mark.parametrize("code", codes())
def test_what_the_page_calls_right_gives_none(code: str) -> None:
    assert found(code, page(code).right) == ()


@pytest.mark.parametrize("code", codes())
def test_the_page_says_what_the_machine_says_in_both_languages(code: str) -> None:
    shown = page(code)
    wrong = shown.right + GROWN[code] if code in GROWN else shown.wrong.replace(HERE, "")
    finding = next(finding for finding in found(code, wrong) if finding.code == code)
    for language in ("vi", "en"):
        said = message(code, finding.parameters, language)
        assert f"> **{said.text}.** {said.remedy}" in shown.text


def test_each_module_of_checks_is_on_the_list() -> None:
    listed = (FOLDER / "README.md").read_text(encoding="utf-8")
    modules = {each.__module__.rpartition(".")[2] for each in (*CHECKS, failing_examples)}
    assert set(re.findall(r"^`rules_dsl/checks/(\w+)\.py`$", listed, re.MULTILINE)) == modules
