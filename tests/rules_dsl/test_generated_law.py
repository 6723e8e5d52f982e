"""Generated Python and the written meaning agree on the law itself: the specification and the ready-made procedures."""

import json
from collections.abc import Iterator, Sequence

import pytest

from procedure_library.definition import Definition
from procedure_library.package import read_package
from procedure_library.ready_made import CATALOGUE
from rules_dsl import nodes as n
from rules_dsl.compiler import compile_rules
from rules_dsl.evaluation import Reference
from rules_dsl.facts import Facts, Scope, read_facts, scope
from rules_dsl.parser import parse
from tests.rules_dsl import tables
from tests.rules_dsl.oracle import interpreter
from tests.rules_dsl.world import calendar

TABLES = [path.stem for path in sorted(tables.SPEC.glob("*.motcua")) if path.with_suffix(".csv").exists()]
PROCEDURES = [path.parent.name for path in sorted(CATALOGUE.glob("*/rules.motcua"))]


def agree(rules: n.RuleFile, known: Scope, every: Sequence[Facts], world: Reference) -> None:
    """For all these facts, and for each of them with one fact after the other not known yet."""
    generated, written = compile_rules(rules, known), interpreter.compile_rules(rules, known)
    for facts in every:
        for situation in (facts, *less(facts)):
            for name in written.rules:
                wanted = written.evaluate(name, situation, world)
                assert generated.evaluate(name, situation, world) == wanted
                assert generated.value(name, situation, world) == wanted.value


def less(facts: Facts) -> Iterator[Facts]:
    for gone in facts.values:
        values = {name: value for name, value in facts.values.items() if name != gone}
        yield Facts(values, facts.rows, facts.absent)
    for gone in facts.rows:
        yield Facts(
            facts.values, {name: rows for name, rows in facts.rows.items() if name != gone}, facts.absent
        )


@pytest.mark.parametrize("table", TABLES)
def test_on_every_row_of_the_specification(table: str) -> None:
    known = scope(json.loads((tables.SPEC / f"{table}.form.json").read_text(encoding="utf-8")))
    rules = parse((tables.SPEC / f"{table}.motcua").read_text(encoding="utf-8")).rules
    for row in tables.rows_of(table):
        facts = read_facts(known, tables.answers(row, known.facts))
        assert isinstance(facts, Facts)
        agree(rules, known, [facts], Reference(calendar(), tables.parameters(row)))


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_on_every_example_of_a_ready_made_procedure(procedure: str) -> None:
    definition = read_package(CATALOGUE / procedure)
    assert isinstance(definition, Definition)
    known = scope(definition.form, [kind.key for kind in definition.case_types])
    read = [read_facts(known, example.facts) for example in definition.examples]
    every = [facts for facts in read if isinstance(facts, Facts)]
    assert len(every) == len(definition.examples) > 0
    agree(parse(definition.rules).rules, known, every, Reference(calendar()))
