"""The examples of the file come out as they say."""

from collections.abc import Iterator

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked
from rules_dsl.checks.names import unknown
from rules_dsl.checks.values import unknown_value
from rules_dsl.compiler import Rulebook, compile_rules
from rules_dsl.evaluation import Reference
from rules_dsl.expectation import difference, facts_body, local_values, rates_given
from rules_dsl.fact_types import FactKind
from rules_dsl.generator.module import evaluable
from rules_dsl.kind import DECIMAL, Kind, kind_of_fact
from rules_dsl.reading import read_facts
from rules_dsl.unknown import Unknown


def failing_examples(checked: Checked) -> Iterator[Finding]:
    """Runs each example; asks for a file in which no other check finds an error."""
    examples = [rule for rule in checked.rules.rules if isinstance(rule, n.Example)]
    book = None if checked.scope is None or not examples else compile_rules(checked.rules, checked.scope)
    names = {rule.name for rule in evaluable(checked.rules)}
    for example in examples:
        wrong = list(_misnamed(example, names, checked))
        yield from wrong
        if not wrong and book is not None:
            yield from _run(example, book, checked)


def _misnamed(example: n.Example, names: set[str], checked: Checked) -> Iterator[Finding]:
    """Settings of nothing, and expectations of no rule."""
    for setting in example.expected:
        if setting.name not in names:
            yield checked.finding("rules.no_such_rule", setting, name=setting.name)
    for setting in example.given if checked.scope is not None else ():
        yield from _misgiven(setting, checked)


def _misgiven(setting: n.Setting, checked: Checked, rows: str = "") -> Iterator[Finding]:
    """A setting of no field, or with a value that the field cannot have."""
    name = rows + setting.name
    fact, parameter = checked.kinds.fact(name), checked.kinds.parameters.get(name)
    if parameter is not None:
        if parameter.local is None:
            yield checked.finding("rules.constant_in_example", setting, name=name)
        elif not isinstance(setting.value, type(parameter.local.lowest)):
            yield _wrong_kind(setting.value, checked.kinds.of_name(name), checked)
    elif name in checked.kinds.rates:
        if not isinstance(setting.value, n.Number):
            yield _wrong_kind(setting.value, DECIMAL, checked)
    elif fact is None or fact.kind == "group" or (fact.rows is not None and not rows):
        yield unknown(setting, name, checked)
    elif isinstance(setting.value, n.Rows):
        if fact.kind != "rows":
            yield checked.finding("rules.not_rows", setting, name=name)
        for cell in (cell for row in setting.value.rows for cell in row):
            yield from _misgiven(cell, checked, f"{name}.")
    elif type(setting.value) not in LITERALS[fact.kind]:
        yield _wrong_kind(setting.value, kind_of_fact(fact), checked)
    elif isinstance(setting.value, n.Amount) and setting.value.currency != fact.currency:
        currency = setting.value.currency
        yield checked.finding("rules.units_do_not_mix", setting.value, left=fact.currency, right=currency)
    elif isinstance(setting.value, n.Word) and fact.values and setting.value.value not in fact.values:
        yield unknown_value(setting.value, fact.values, checked)


def _wrong_kind(value: n.Literal_ | n.Rows, wanted: Kind, checked: Checked) -> Finding:
    found = "@rules.kind.rows" if isinstance(value, n.Rows) else checked.kinds.of(value).term
    return checked.finding("rules.wrong_kind", value, found=found, wanted=wanted.term)


# How the value of each kind of fact is written.
LITERALS: dict[FactKind, tuple[type[n.Node], ...]] = {
    "text": (n.Word,),
    "choice": (n.Word,),
    "choices": (n.Word,),
    "integer": (n.Number,),
    "decimal": (n.Number,),
    "money": (n.Amount,),
    "date": (n.Day,),
    "instant": (n.Instant,),
    "time": (n.ClockTime,),
    "boolean": (n.Truth,),
    "rows": (n.Rows,),
    "group": (),
}


def _run(example: n.Example, book: Rulebook, checked: Checked) -> Iterator[Finding]:
    assert checked.scope is not None
    facts = read_facts(checked.scope, facts_body(example, checked.scope))
    if isinstance(facts, tuple):
        for problem in facts:
            yield checked.finding("rules.example_fact", example, name=problem.where)
        return
    given = checked.reference or Reference(None)
    reference = Reference(
        given.calendar,
        {**given.parameters, **local_values(example, book.parameters)},
        {**given.rates, **rates_given(example, checked.kinds.rates)},
    )
    for setting in example.expected:
        value = book.value(setting.name, facts, reference)
        if isinstance(value, Unknown):
            yield _unknown(value, setting, checked)
            continue
        other = difference(setting, value, facts, reference, checked.labels, checked.rules.language)
        if other is not None:
            yield checked.finding("rules.example_fails", setting, name=setting.name, **other.told())


def _unknown(value: Unknown, setting: n.Setting, checked: Checked) -> Finding:
    """An example that only wants a calendar nobody has given is not wrong."""
    no_calendar = checked.reference is None or checked.reference.calendar is None
    if value.code == "rules.unknown_calendar" and no_calendar:
        return checked.finding("rules.example_needs_calendar", setting, severity="warning", name=setting.name)
    names = ", ".join(value.missing)
    return checked.finding("rules.example_unknown", setting, name=setting.name, names=names)
