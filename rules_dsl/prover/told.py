"""A case in words: the facts that the rule reads, as an official writes them."""

from collections.abc import Collection, Iterator

from rules_dsl import nodes as n
from rules_dsl.labels import Labels
from rules_dsl.moment import DAY_FACTS
from rules_dsl.prover.proving import Proving
from rules_dsl.reading import Facts
from rules_dsl.values import Value

MOST = 8


def case_told(facts: Facts, rule: n.AnyRule, proving: Proving, language: n.Language) -> str:
    """ "contract.price = 20.000.000.000 đồng; dossier.channel = online (Trực tuyến)"."""
    labels = Labels.of(proving.subject.rules, proving.subject.scope)
    names = {*proving.names_read(rule), *_day_read(rule, proving)}
    values = _values(facts, names)
    told = [f"{name} = {labels.keyed(of, value, language) or '∅'}" for name, of, value in values]
    return "; ".join(told[:MOST])


def _values(facts: Facts, names: Collection[str]) -> Iterator[tuple[str, str, Value | None]]:
    """The name of each value, in a group with the number of its row; the fact it belongs to; None: not answered."""
    for name in sorted(names):
        if name in facts.values:
            yield name, name, facts.values[name]
        elif name in facts.absent and not any(name.startswith(f"{group}.") for group in facts.rows):
            yield name, name, None
    for group, rows in facts.rows.items():
        for number, row in enumerate(rows, 1):
            for name in sorted(names & row.keys()):
                yield f"{group}.{number}{name.removeprefix(group)}", name, row[name]


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
