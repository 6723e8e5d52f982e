"""Text and nodes say the same: printing and reading back changes nothing, in either language."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from rules_dsl import nodes as n
from rules_dsl.formatter import format_rules
from rules_dsl.parser import parse
from tests.rules_dsl.strategies import files

many = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@many
@given(files)
def test_what_is_printed_reads_back_the_same(rules: n.RuleFile) -> None:
    parsed = parse(format_rules(rules))
    assert parsed.findings == ()
    assert parsed.rules == rules


@many
@given(files)
def test_a_translation_reads_back_the_same(rules: n.RuleFile) -> None:
    other: n.Language = "en" if rules.language == "vi" else "vi"
    parsed = parse(format_rules(rules, other))
    assert parsed.findings == ()
    assert parsed.rules == replace(rules, language=other)


@many
@given(files)
def test_printing_twice_gives_the_same_text(rules: n.RuleFile) -> None:
    text = format_rules(rules)
    assert format_rules(parse(text).rules) == text
