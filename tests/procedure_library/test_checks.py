"""Every fault is found, where it is, with a sentence; a good definition has none."""

import tomllib
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from hypothesis import given, settings

import procedure_library
from common.messages import message_of
from common.problems import Finding
from procedure_library import checks
from procedure_library.checks.subject import Subject
from procedure_library.definition import Boundary, Definition, Duration
from procedure_library.ready_made import national_calendar
from tests.procedure_library.call_faults import NEIGHBOURS, calling, offering
from tests.procedure_library.faults import FAULTS, parallel, with_example, with_more, with_rules
from tests.procedure_library.graphs import block_structured
from tests.procedure_library.samples import TRANSITIONS, by_choice, definition, task, to

HERE = Path(procedure_library.__file__).parent
CALENDAR = national_calendar().calendar
NOT_A_CHECK = {"subject", "ways", "exploration", "meeting", "rule_use", "titles", "captions", "example_words"}
MODULES = {
    module.name: import_module(f"procedure_library.checks.{module.name}")
    for module in iter_modules(checks.__path__)
    if module.name not in NOT_A_CHECK
}
# Given for broken files, by publishing and with remedies, not by a check.
ELSEWHERE = (
    "procedures.act.",
    "procedures.example.course_",
    "procedures.remedy.",
    "procedures.letter.",
    "procedures.file.",
    "procedures.bpmn.",
    "procedures.publication.",
    "procedures.source.",
    "reference.",
    "steps.",
)


def found_by(module: str, procedure: Definition) -> list[Finding]:
    return list(MODULES[module].check(Subject(procedure, CALENDAR, NEIGHBOURS)))


def module_of(code: str) -> str:
    """The check whose source speaks of the code."""
    sources = {name: (HERE / "checks" / f"{name}.py").read_text(encoding="utf-8") for name in MODULES}
    family = f"procedures.{{name}}.{code.rpartition('.')[2]}"
    return next(
        name for spelled in (code, family) for name, text in sources.items() if f'"{spelled}"' in text
    )


@pytest.mark.parametrize("code", FAULTS)
def test_the_fault_is_found_where_it_is(code: str) -> None:
    procedure, where = FAULTS[code]
    places = {f.where for f in found_by(module_of(code), procedure) if f.code == code}
    assert where in places


@pytest.mark.parametrize("code", FAULTS)
def test_the_fault_stands_in_the_whole_list(code: str) -> None:
    """Unless an earlier round has errors, which come first."""
    procedure, _ = FAULTS[code]
    findings = checks.check(procedure, neighbours=NEIGHBOURS)
    assert code in {f.code for f in findings} or any(f.severity == "error" for f in findings)


@pytest.mark.parametrize("code", FAULTS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_its_sentence_is_complete(code: str, language: str) -> None:
    procedure, _ = FAULTS[code]
    finding = next(f for f in found_by(module_of(code), procedure) if f.code == code)
    message = message_of(finding, language)
    assert "…" not in message.text
    assert message.remedy
    assert "{" not in message.text + message.remedy


@pytest.mark.parametrize("module", MODULES)
def test_a_good_definition_has_no_finding(module: str) -> None:
    assert found_by(module, definition()) == []
    assert found_by(module, parallel()) in ([], [])
    assert found_by(module, calling()) == []
    assert found_by(module, offering()) == []


def test_nothing_is_found_in_the_whole_good_definition() -> None:
    assert checks.check(definition()) == ()


def test_every_code_has_a_bad_sample_and_a_sentence() -> None:
    sentences = tomllib.loads((HERE / "messages.toml").read_text(encoding="utf-8"))
    of_checks = {code for code in sentences if not code.startswith(ELSEWHERE)}
    assert of_checks == set(FAULTS)
    for entry in sentences.values():
        assert set(entry) == {"vi", "en", "remedy_vi", "remedy_en"}


@given(block_structured())
@settings(max_examples=40, deadline=None)
def test_no_fault_is_seen_in_a_block_structured_graph(procedure: Definition) -> None:
    names = ("start", "reachable", "way_out", "exits", "when", "outcomes", "tasks", "soundness")
    for module in (
        *names,
        "automatics",
        "blocks",
        "boundaries",
        "calls",
        "consultations",
        "supplements",
        "waits",
    ):
        assert found_by(module, procedure) == []


def test_a_branch_by_rule_covers_every_value() -> None:
    assert found_by("choices", by_choice("large", "small")) == []
    assert [(f.code, f.parameters["value"]) for f in found_by("choices", by_choice("large", "huge"))] == [
        ("procedures.branch.value_not_covered", "small"),
        ("procedures.branch.unknown_value", "huge"),
    ]


@pytest.mark.parametrize("on", ["overdue", "withdrawn"])
def test_who_is_interrupted_says_nothing_that_a_branch_could_go_by(on: Boundary) -> None:
    late = replace(to("sign", "signed", "late"), when=None, on=on)
    signs = replace(definition().steps[4], budget=Duration(1, "working_day"))
    steps = tuple(signs if each.key == "sign" else each for each in definition().steps)
    unanswered = definition(steps=steps, transitions=(*TRANSITIONS, late))
    assert [(f.code, f.where) for f in found_by("outcomes", unanswered)] == [
        ("procedures.branch.nothing_to_choose_by", "signed")
    ]
    refused = (replace(t, default=True) if t.key == "signed_refused_refused" else t for t in TRANSITIONS)
    assert found_by("outcomes", replace(unanswered, transitions=(*refused, late))) == []


def test_an_example_may_suppose_a_rate_of_exchange() -> None:
    rate = """tỷ_giá usd "Tỷ giá mua" tiếng_anh "Buying rate" USD sang VND lấy_ngày dossier.received_on
  căn_cứ "Thông tư 25/2021/TT-BTC"
"""
    priced = with_rules(rate).rules.replace("thu 5_000 VND", "thu 0.2 USD theo_tỷ_giá usd")
    supposed = with_example(parameters={"usd": {"number": "25000"}})
    assert checks.check(replace(supposed, rules=priced)) == ()
    without = checks.check(replace(with_example(), rules=priced))
    assert "procedures.example.failed" in {finding.code for finding in without}


def test_every_check_runs_in_some_round() -> None:
    running = {check.__module__.rpartition(".")[2] for each in checks.ROUNDS for check in each.checks}
    assert running == set(MODULES)


def test_a_fault_in_the_drawing_hides_none_in_the_rules() -> None:
    unreachable = with_more(task("lost", "done"))
    both = replace(unreachable, rules=with_rules('phí more "Thêm" căn_cứ "L" thu 5 VND khi nobody').rules)
    codes = {finding.code for finding in checks.check(both)}
    assert "procedures.step.unreachable" in codes
    assert any(code.startswith("rules.unknown_name") for code in codes), codes
