"""The text of generated code: read by people, and the same whatever names and words a file uses."""

import json
from typing import Any

import pytest

from common.money import Money
from rules_dsl.compiler import Rulebook, compile_rules
from rules_dsl.facts import scope
from rules_dsl.parser import parse
from tests.rules_dsl.tables import SPEC
from tests.rules_dsl.world import MONEY, TEXT, book, facts, form, reference

BY_HAND = """\
def rule__notarisation(facts, reference, known):
    values = facts.values
    contract_value = values.get('contract.value')
    if contract_value is None:
        return why(facts, ('contract.value', contract_value))
    quantity = contract_value.minor
    if quantity < 50_000_000:
        due = 500_000_000
    elif quantity <= 100_000_000:
        due = 1_000_000_000
    elif quantity <= 1_000_000_000:
        due = quantity * 10
    elif quantity <= 3_000_000_000:
        due = 10_000_000_000 + 6 * (quantity - 1_000_000_000)
"""


def test_a_rule_reads_like_one_written_by_hand() -> None:
    rules = parse((SPEC / "R3.motcua").read_text(encoding="utf-8")).rules
    known = scope(json.loads((SPEC / "R3.form.json").read_text(encoding="utf-8")))
    assert BY_HAND in compile_rules(rules, known).module.text


# Names that Python, or the code around, uses for something else.
NAMES = [
    "class",
    "lambda",
    "None_",
    "int",
    "max",
    "facts",
    "known",
    "log",
    "values",
    "row",
    "due",
    "why",
    "money",
]
NAMES += [
    "days",
    "exact",
    "tables",
    "rates",
    "parameters",
    "beyond",
    "value",
    "_",
    "__init__",
    "a__traced",
    "number",
]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_file_hides_one_of_the_code(name: str) -> None:
    """The same name for a field in a group, a let, a rule and a parameter."""
    inner = {"type": "object", "properties": {name: MONEY}, "required": [name]}
    known = scope(form(group=inner))
    text = f"""language en
    let `{name}_` = `group.{name}` + `{name}_set`
    parameter `{name}_set` cites "L" 5 VND from 2020-01-01
    fee `{name}` "x" cites "L" pay `{name}_` + `group.{name}` plus `{name}_`
    fee `{name}_traced` "x" cites "L" pay `{name}` + 1 VND
    """
    given = facts(known, {"group": {name: 100}})
    rules = book(text, known)
    for rule, amount in ((name, 310), (f"{name}_traced", 311)):
        assert rules.evaluate(rule, given, reference()).value == Money(amount)
        assert rules.value(rule, given, reference()) == Money(amount)


@pytest.mark.parametrize(
    "word", ["'", '\\"', "\\\\", "'''", "{x}", "%s", "\\\\n', __import__('os')) #", "đ", "🏠"]
)
def test_words_of_a_file_are_words_and_nothing_else(word: str) -> None:
    known = scope(form(note=TEXT))
    text = f'language en condition f "x" requires note is "{word}" choice c left when note = "{word}" otherwise right'
    rules = book(text, known)
    spoken = word.replace('\\"', '"').replace("\\\\", "\\")
    assert rules.value("f", facts(known, {"note": spoken}), reference()) is True
    assert rules.value("f", facts(known, {"note": spoken + " "}), reference()) is False
    assert rules.value("c", facts(known, {"note": spoken}), reference()) == "left"


LONG = {
    "a sum": "pay " + " + ".join(["price"] * 3_000),
    "a condition": "pay 21_000 VND when " + " and ".join(["price = 7 VND"] * 1_500) + " otherwise pay 1 VND",
    "brackets": "by price "
    + " ".join(f"below {n} pay {n * 2_625} VND" for n in range(1, 1_500))
    + " above pay 1 VND",
    "lines": " ".join(f"pay {n * 3_000} VND when price = {n} VND" for n in range(1_000))
    + " otherwise pay 1 VND",
    "a function": "pay 3_000 * largest(" + ", ".join(["price"] * 1_500) + ")",
}


@pytest.mark.parametrize("what", LONG)
def test_what_is_long_is_still_code_that_python_reads(what: str) -> None:
    known = scope(form(price=MONEY))
    parsed = parse(f'language en charge f "x" cites "L" {LONG[what]}')
    assert parsed.findings == ()
    rules: Rulebook = compile_rules(parsed.rules, known)
    given: Any = facts(known, {"price": 7})
    assert rules.value("f", given, reference()) == Money(21_000)
    assert rules.evaluate("f", given, reference()).value == Money(21_000)
