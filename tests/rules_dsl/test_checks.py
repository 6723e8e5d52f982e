"""What the checks say beyond a sample each (docs/rules/checks), and that they always answer."""

from hypothesis import HealthCheck, given, settings

from rules_dsl.checks import check
from rules_dsl.facts import Scope, scope
from rules_dsl.nodes import RuleFile
from rules_dsl.parser import parse
from tests.rules_dsl.strategies import files
from tests.rules_dsl.world import DAY, INTEGER, MONEY, TEXT, YES_NO, form, one_of, reference, rows, told

FORM = form(
    count={**INTEGER, "minimum": 1},
    price=MONEY,
    born_on=DAY,
    at_home=YES_NO,
    kind=one_of("house", "shop"),
    note_=TEXT,
    spouse_=form(born_on=DAY, name=TEXT),
    child=form(born_on=DAY),
    documents=rows(pages=INTEGER, copies=INTEGER),
)


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
    return scope(FORM)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(files)
def test_no_file_makes_the_checks_raise(rules: RuleFile) -> None:
    for known in (None, scoped()):
        for finding in check(rules, known, reference()):
            assert told(finding.code) <= set(finding.parameters)
