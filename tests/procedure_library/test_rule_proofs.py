"""Publishing asks for proofs: what leaves somebody without an answer is an error, with the case."""

from dataclasses import replace

import pytest

from common.problems import Finding
from common.text import Text
from procedure_library.checks import check, rule_proofs
from procedure_library.checks.subject import Subject
from procedure_library.definition import CaseType, Definition
from procedure_library.ready_made import national_calendar
from tests.procedure_library.faults import URGENT, with_rules
from tests.procedure_library.pages import with_page
from tests.procedure_library.samples import RULES, definition

CALENDAR = national_calendar().calendar


def proved(procedure: Definition) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in found(procedure)]


def found(procedure: Definition) -> list[Finding]:
    return list(rule_proofs.check(Subject(procedure, CALENDAR)))


def size(*lines: str) -> str:
    return "\n".join(['lựa_chọn size "Cỡ hồ sơ"', '  tiếng_anh "Size"', *lines])


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        (size("large khi person.copies > 5", "small khi person.copies <= 5"), []),
        (size("large khi person.copies > 5", "small khi person.copies < 5"), ["rules.proof.no_line"]),
        (size("large khi person.copies > 10", "còn_lại small"), ["rules.proof.line_never_applies"]),
        ("luôn_luôn issue <= 50_000 VND", []),
        ("luôn_luôn issue <= 49_999 VND", ["rules.proof.claim_fails"]),
    ],
    ids=["nothing left out", "five copies left out", "eleven copies are not asked for", "holds", "fails"],
)
def test_what_is_refuted_is_an_error(rule: str, wanted: list[str]) -> None:
    assert proved(with_rules(rule)) == [(code, "error") for code in wanted]


def test_a_rule_that_reads_too_early_hides_no_gap_in_another() -> None:
    rules = f"{URGENT}\n{size('large khi person.copies > 5', 'small khi person.copies < 5')}\n"
    early = replace(with_page("note", examine={"fills": ("note",)}), rules=rules)
    codes = {finding.code for finding in check(early, CALENDAR)}
    assert {"procedures.rule.fact_after_filing", "rules.proof.no_line"} <= codes


def test_the_case_stands_in_the_finding() -> None:
    (finding,) = found(with_rules(size("large khi person.copies > 5", "small khi person.copies < 5")))
    assert finding.parameters["case"] == "person.copies = 5"


def test_a_gap_at_a_glance_gives_way_to_the_proof() -> None:
    """Two lines that leave nothing out need no third; the whole list of findings says so, too."""
    fine = check(with_rules(size("large khi person.copies > 5", "small khi person.copies <= 5")))
    assert {finding.code for finding in fine} == {"procedures.rule.unused"}


def test_a_line_for_one_case_type_is_no_dead_line() -> None:
    urgent = CaseType("urgent", Text("Khẩn", "Urgent"), "three_days", ("issue",), ("identity",), ("few",))
    two_kinds = definition(
        case_types=(*definition().case_types, urgent),
        rules=RULES.replace("  thu 5_000 VND", "  miễn khi dossier.case_type là urgent\n  thu 5_000 VND"),
    )
    assert proved(two_kinds) == []


def test_what_is_not_decided_is_a_warning() -> None:
    late = size("late khi dossier.received_on > dossier.submitted_on + 3 ngày_làm_việc", "còn_lại early")
    without_calendar = Subject(with_rules(late), None)
    told = {(finding.code, finding.severity) for finding in rule_proofs.check(without_calendar)}
    assert told == {("rules.proof.not_decided", "warning")}


def test_proofs_are_remembered_until_something_they_depend_on_changes() -> None:
    asked = with_rules(size("large khi person.copies > 7", "small khi person.copies < 7"))
    rule_proofs.remembered.forget()
    first = found(asked)
    moved = replace(asked, steps=tuple(replace(step, role="approver") for step in asked.steps))
    assert found(moved) == first
    mended = replace(asked, rules=asked.rules.replace("< 7", "<= 7"))
    assert found(mended) == []
