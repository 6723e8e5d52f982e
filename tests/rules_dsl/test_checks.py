"""Each finding has a text that shows it, at the place marked ‸, and one that puts it right."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from common.messages import message
from rules_dsl.checks import check
from rules_dsl.facts import Scope, scope
from rules_dsl.nodes import RuleFile
from rules_dsl.parser import parse
from tests.rules_dsl.check_samples import FORM, HERE, LATER, SAMPLES
from tests.rules_dsl.strategies import files
from tests.rules_dsl.world import reference, told


def test_the_gap_in_the_auction_fee_is_named() -> None:
    """R4b: exactly 20 billion stands in no row of the circular."""
    parsed = parse(
        text(
            'charge auction cites "Thông tư 257/2016/TT-BTC, Điều 4" by price'
            " below 5 billion pay 90_000 VND from 5 billion below 20 billion pay 270_000 VND"
            " above 20 billion pay 450_000 VND"
        )
    )
    (gap,) = check(parsed.rules, scoped(), reference())
    assert (gap.code, gap.parameters) == ("rules.bracket_gap", {"value": "20000000000"})


def test_an_example_that_wants_a_calendar_is_not_judged_without_one() -> None:
    sample = (
        "condition c requires born_on within 5 working days of child.born_on"
        ' example "e" given born_on = 2026-03-06, child.born_on = 2026-03-02 expect c = yes'
    )
    parsed = parse(text(sample))
    (finding,) = check(parsed.rules, scoped())
    assert (finding.code, finding.severity) == ("rules.example_needs_calendar", "warning")
    assert check(parsed.rules, scoped(), reference()) == ()


def test_without_a_form_names_of_fields_are_not_judged() -> None:
    parsed = parse(text("charge f pay prise when kind is hous"))
    assert {finding.code for finding in check(parsed.rules, None)} == {
        "rules.no_otherwise",
        "rules.no_citation",
    }


def text(sample: str) -> str:
    """The sample as a file."""
    return f"language en\n{sample}"


def scoped() -> Scope:
    return scope(FORM, whole={**FORM, "properties": {**FORM["properties"], **LATER["properties"]}})


def found(sample: str) -> list[tuple[str, int | None, int | None]]:
    parsed = parse(text(sample))
    assert parsed.findings == ()
    return [(f.code, f.line, f.column) for f in check(parsed.rules, scoped(), reference())]


@pytest.mark.parametrize("code", SAMPLES)
def test_what_is_wrong_is_found_where_it_stands(code: str) -> None:
    wrong, _ = SAMPLES[code]
    before = text(wrong).partition(HERE)[0].split("\n")
    assert found(wrong.replace(HERE, "")) == [(code, len(before), len(before[-1]) + 1)]


@pytest.mark.parametrize("code", SAMPLES)
def test_what_is_right_is_left_alone(code: str) -> None:
    _, right = SAMPLES[code]
    assert found(right) == []


@pytest.mark.parametrize("code", SAMPLES)
def test_the_finding_says_all_that_its_sentence_needs(code: str) -> None:
    wrong, _ = SAMPLES[code]
    parsed = parse(text(wrong.replace(HERE, "")))
    for finding in check(parsed.rules, scoped(), reference()):
        assert told(code) <= set(finding.parameters)
        assert "@" not in message(code, finding.parameters, "en").text


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(files)
def test_no_file_makes_the_checks_raise(rules: RuleFile) -> None:
    for known in (None, scoped()):
        for finding in check(rules, known, reference()):
            assert told(finding.code) <= set(finding.parameters)


def test_every_code_of_the_checks_has_a_sample() -> None:
    folder = Path(__file__).resolve().parents[2] / "rules_dsl/checks"
    written = {
        word.strip('"')
        for path in folder.glob("*.py")
        for word in path.read_text(encoding="utf-8").replace("(", " ").replace(",", " ").split()
        if word.startswith('"rules.') and word != '"rules.motcua"'
    }
    # Told by tests of their own: a calendar left out, more than a hundred mistakes.
    elsewhere = {"rules.example_needs_calendar", "rules.unknown_calendar", "rules.too_many_mistakes"}
    assert written - elsewhere == set(SAMPLES)
