"""A case in words: the facts that the rule reads, as an official writes them."""

from collections.abc import Collection, Iterator

from rules_dsl import nodes as n
from rules_dsl.moment import DAY_FACTS
from rules_dsl.prover.proving import Proving
from rules_dsl.reading import Facts
from rules_dsl.wording import Wording

MOST = 8


def case_told(facts: Facts, rule: n.AnyRule, proving: Proving) -> str:
    """ "contract.price = 20.000.000.000 đồng; dossier.received_on = 10/03/2026"."""
    words = Wording(proving.subject.rules.language)
    names = {*proving.names_read(rule), *_day_read(rule, proving)}
    told = [f"{name} = {said}" for name, said in _values(facts, names, words)]
    return "; ".join(told[:MOST])


def _values(facts: Facts, names: Collection[str], words: Wording) -> Iterator[tuple[str, str]]:
    for name in sorted(names):
        if name in facts.values:
            yield name, words.value(facts.values[name])
        elif name in facts.absent and not any(name.startswith(f"{group}.") for group in facts.rows):
            yield name, "∅"
    for group, rows in facts.rows.items():
        for number, row in enumerate(rows, 1):
            for name in sorted(names & row.keys()):
                yield f"{group}.{number}{name.removeprefix(group)}", words.value(row[name])


def _day_read(rule: n.AnyRule, proving: Proving) -> Iterator[str]:
    """The day whose law counts, when anything the rule is made of has dates."""
    made_of = (rule, *(proving.rules[name] for name in proving.names_read(rule) if name in proving.rules))
    if any(law.is_dated for part in made_of for law in laws_in(part)):
        yield DAY_FACTS[rule.as_of if isinstance(rule, n.ValuedRule) else "reception"]


def laws_in(rule: n.AnyRule) -> Iterator[n.Law]:
    yield rule.law
    match rule:
        case n.AmountRule() | n.Term():
            yield from (line.law for line in rule.clauses)
        case n.Choice():
            yield from (line.law for line in rule.options)
        case n.Assign():
            yield from (line.law for line in rule.assignees)
        case n.Parameter():
            yield from (line.law for line in rule.values)
        case n.Table():
            yield from (row.law for row in rule.rows)
