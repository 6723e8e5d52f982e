"""After a remedy its finding is gone and no error is new, on the bad example of every code that has one."""

from dataclasses import replace

import pytest

from common.messages import message
from common.problems import Finding
from procedure_library.checks import check
from procedure_library.definition import Definition
from procedure_library.package import package_files, read_files
from procedure_library.remedies import REMEDIES, Remedy, remedy_for
from tests.procedure_library.faults import FAULTS, parallel
from tests.procedure_library.samples import step, to
from tests.procedure_library.test_checks import CALENDAR, found_by, module_of


def finding_of(code: str) -> tuple[Definition, Finding]:
    procedure, where = FAULTS[code]
    every = [f for f in found_by(module_of(code), procedure) if f.code == code]
    return procedure, next((f for f in every if f.where == where), every[0])


def mended(code: str) -> tuple[Definition, Finding, Remedy]:
    procedure, finding = finding_of(code)
    remedy = remedy_for(procedure, finding, CALENDAR)
    assert remedy is not None, code
    return procedure, finding, remedy


@pytest.mark.parametrize("code", REMEDIES)
def test_the_finding_is_gone_and_no_error_is_new(code: str) -> None:
    procedure, finding, remedy = mended(code)
    before = {(f.code, f.where) for f in errors(procedure)}
    after = errors(remedy.mended)
    assert (finding.code, finding.where) not in {
        (f.code, f.where) for f in found_by(module_of(code), remedy.mended)
    }
    assert {(f.code, f.where) for f in after} - before == set()


def errors(procedure: Definition) -> list[Finding]:
    return [f for f in check(procedure, CALENDAR, without=("proofs",)) if f.severity == "error"]


@pytest.mark.parametrize("code", REMEDIES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_says_beforehand_what_it_will_do(code: str, language: str) -> None:
    _, _, remedy = mended(code)
    said = message(remedy.code, remedy.parameters, language)
    assert "…" not in said.text
    assert "{" not in said.whole
    assert said.remedy


@pytest.mark.parametrize("code", REMEDIES)
def test_what_comes_of_it_can_be_kept_as_files(code: str) -> None:
    _, _, remedy = mended(code)
    again = read_files(dict(package_files(remedy.mended)))
    assert isinstance(again, Definition), again
    assert again.steps == remedy.mended.steps
    ways = [(way.source, way.target, way.when, way.on) for way in remedy.mended.transitions]
    assert [(way.source, way.target, way.when, way.on) for way in again.transitions] == ways


def test_every_code_with_a_remedy_is_one_that_a_check_gives() -> None:
    assert set(REMEDIES) - set(FAULTS) == set()


def test_where_ways_meet_in_a_branch_that_chooses_nothing_it_becomes_the_join() -> None:
    ways = (to("police", "meet"), to("insurance", "meet"), to("meet", "sign", default=True))
    gone = ("police_gather", "insurance_gather", "gather_sign")
    drawn = parallel(step("meet", "branch"), *ways, without=gone)
    procedure = replace(drawn, steps=tuple(each for each in drawn.steps if each.key != "gather"))
    finding = Finding("procedures.split.not_joined", "meet", {})
    remedy = remedy_for(procedure, finding, CALENDAR)
    assert remedy is not None
    assert remedy.code == "procedures.remedy.make_join"
    assert next(each.kind for each in remedy.mended.steps if each.key == "meet") == "join"
