"""Letters are made for every example that comes to them, before a procedure is law: with the real typesetter."""

from dataclasses import replace
from typing import Any

import pytest

from common.messages import message_of
from common.problems import Finding
from common.text import Text
from procedure_library.compiled import compiled
from procedure_library.definition import Definition, Example, Letter
from procedure_library.letter_trials import reaching, try_letters
from runtime.letters.proof import trial
from tests.conftest import MONDAY_MORNING
from tests.procedure_library.faults import NO_COPIES
from tests.procedure_library.pages import with_page
from tests.procedure_library.samples import EXPECT, FACTS, by_choice, definition

READS = '#set document(title: "x")\n#let d = json(bytes(sys.inputs.data))\n'
CERTIFICATE = Letter("paper", Text("Giấy xác nhận", "Certificate"), READS + "#d.applicant", "granted")
REFUSAL = Letter("refusal", Text("Văn bản từ chối", "Refusal"), READS + "#d.decision.reason", "refused")


def example(key: str, copies: int = 2, **more: Any) -> Example:
    facts = {**FACTS, "answers": {"person": {"full_name": "Trần Thị Mai", "copies": copies}}}
    return Example(
        key, Text(f"Tình huống {key}", f"Example {key}"), facts, more.pop("expect", EXPECT), **more
    )


def found(procedure: Definition) -> tuple[Finding, ...]:
    return try_letters(procedure, trial, None, at=MONDAY_MORNING)


def broken(source: str, *examples: Example, **more: Any) -> tuple[Finding, ...]:
    letter = replace(CERTIFICATE, source=READS + source)
    return found(definition(letters=(letter,), examples=examples or (example("one"),), **more))


@pytest.mark.parametrize(
    ("procedure", "letter", "keys"),
    [
        (definition(), CERTIFICATE, ["two_copies"]),
        (definition(), REFUSAL, ["two_copies"]),
        (definition(), replace(CERTIFICATE, ending=None), ["two_copies"]),
        (definition(), replace(CERTIFICATE, ending="stopped"), []),
        # A choice rule decides by the answers of the example.
        (replace(by_choice("large"), examples=(example("few"), example("many", 7))), CERTIFICATE, ["many"]),
        # What the form refuses is never a dossier.
        (
            definition(examples=(Example("none", Text("x"), NO_COPIES, {"problems": ["person.copies"]}),)),
            CERTIFICATE,
            [],
        ),
    ],
)
def test_an_example_comes_to_the_letters_of_the_ends_that_it_can_reach(
    procedure: Definition, letter: Letter, keys: list[str]
) -> None:
    assert [each.example.key for each in reaching(compiled(procedure), letter)] == keys


def test_what_is_answered_later_is_invented_once_with_everything_and_once_with_the_least() -> None:
    procedure = with_page("note", examine={"fills": ("note",)})
    form = {**procedure.form, "required": ["person"]}
    both = reaching(compiled(replace(procedure, form=form)), CERTIFICATE)
    assert [each.situation.answers.get("note") for each in both] == ["Ghi chú", None]


def test_letters_that_can_be_made_are_no_findings() -> None:
    assert found(definition(letters=(CERTIFICATE, REFUSAL))) == ()


def test_a_letter_that_cannot_be_made_names_letter_example_cause_and_line() -> None:
    (finding,) = broken("\n#d.answers.person.nickname")
    assert (finding.code, finding.where, finding.line, finding.severity) == (
        "procedures.letter.broken",
        "letters/paper.typ",
        4,
        "error",
    )
    assert message_of(finding).text == (
        "Văn bản «Giấy xác nhận» không in được cho tình huống mẫu «Tình huống one»: "
        'dictionary does not contain key "nickname"'
    )
    assert "“Certificate” cannot be made for the example “Example one”" in message_of(finding, "en").text


def test_one_cause_is_told_once_for_all_its_examples() -> None:
    only_one = "#if d.answers.person.copies != 3 { d.answers.person.nickname }"
    (finding,) = broken(only_one, example("one"), example("two"), example("three", 3), example("four"))
    assert finding.code == "procedures.letter.broken_for_several"
    assert "«Tình huống one» và 2 tình huống khác" in message_of(finding).text


@pytest.mark.parametrize(
    ("source", "cause"),
    [
        ('#import "@preview/cetz:0.3.0": *', 'không được dùng import "@'),
        ("#let x = range(900000000)", "dàn trang cần quá nhiều bộ nhớ"),
    ],
)
def test_a_letter_that_reaches_out_or_takes_all_memory_is_a_finding(source: str, cause: str) -> None:
    finding = broken(source)[0]
    assert cause in message_of(finding).text


def test_what_brings_typesetting_down_leaves_the_rest_untried_and_says_so() -> None:
    huge = "#if d.answers.person.copies == 3 { range(900000000) }"
    findings = broken(huge, example("one"), example("two", 3), example("three"))
    assert [finding.code for finding in findings] == [
        "procedures.letter.broken",
        "procedures.letter.not_for_all",
    ]
    assert "«Tình huống two»" in message_of(findings[0]).text
    assert "cho 2 trong 3 tình huống mẫu" in message_of(findings[1]).text


def test_a_letter_that_no_example_comes_to_is_a_reminder() -> None:
    (finding,) = found(definition(letters=(CERTIFICATE,), examples=()))
    assert (finding.code, finding.severity) == ("procedures.letter.no_example", "warning")
